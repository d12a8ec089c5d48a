/** How the cells of an array conduct at the read voltage, and how much their conductance varies from read to read. */
import type { DeviceModel } from '../../devices/device-model.js';
import type { Expression } from '../../devices/expression.js';
import { substitute } from '../../devices/substitute.js';
import { binary, differentiate, numeral } from '../../devices/symbolic.js';
import type { TileStorage } from '../../devices/tile-physics.js';
import type { CellEquations } from './cell-equations.js';

/**
 * Read current over read voltage of every cell [S], (rows x columns), and the variance of it from read to read [S^2]:
 * sum over spreads per read of (derivative x deviation)^2. The second is left alone where nothing varies.
 */
export type ReadLaw = (siemens: Float64Array, variance: Float64Array) => void;

/** Whether reads of `device` differ from each other; spreads in `without` stay at their mean. */
export function hasReadNoise(device: DeviceModel, without: readonly string[]): boolean {
  return readSpreads(device, without).length > 0;
}

function readSpreads({ spreads }: DeviceModel, without: readonly string[]): DeviceModel['spreads'] {
  return spreads.filter(({ name, per, deviation }) => per === 'read' && deviation !== 0 && !without.includes(name));
}

/** The law of the cells that `storage` holds. */
export function compileReadLaw(
  device: DeviceModel,
  equations: CellEquations,
  storage: TileStorage,
  without: readonly string[],
): ReadLaw {
  const { volts } = device.readVoltage;
  const centres = new Map<string, Expression>(
    device.spreads.filter(({ per }) => per === 'read').map(({ name, mean }) => [name, numeral(mean)]),
  );
  const atRead = new Map<string, Expression>([['v', numeral(volts)]]);
  const noise = readSpreads(device, without).map(({ name, deviation }) =>
    binary(substitute(differentiate(device.current, name), new Map([...atRead, ...centres])), '*', numeral(deviation)),
  );
  const mean = substitute(device.current, new Map([...atRead, ...centres]));
  const states = new Map(device.states.map(({ name }, index) => [name, `s${String(index)}[cell]`]));
  return equations.compile<ReadLaw>(
    { storage, parameters: ['siemens', 'variance'] },
    [mean, ...noise],
    states,
    ([current = '0', ...amplitudes]) => [
      'for (let cell = 0; cell < siemens.length; cell++) {',
      `siemens[cell] = (${current}) / ${String(volts)};`,
      ...amplitudes.map((text, index) => `const a${String(index)} = (${text}) / ${String(volts)};`),
      ...(amplitudes.length > 0
        ? [`variance[cell] = ${amplitudes.map((_, i) => `a${String(i)} * a${String(i)}`).join(' + ')};`]
        : []),
      '}',
    ],
  );
}
