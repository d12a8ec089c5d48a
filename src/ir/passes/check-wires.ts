/** Refuses wires around devices whose network may have several solutions. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { compileKernel } from '../../devices/compile-kernel.js';
import type { DeviceModel } from '../../devices/device-model.js';
import { formatQuantity } from '../../units/format-quantity.js';
import type { MappedModule } from '../mapped.js';
import { reportWires } from '../solving-wires.js';

/** Voltages at which a device is tried, from one end of its range to the other. */
const TRIED_VOLTAGES = 65;

/** A voltage [V] at which the current falls with rising voltage, or where it or its slope is no finite number. */
interface UnsolvableVoltage {
  readonly kind: 'falls' | 'not-finite';
  readonly volts: number;
}

/**
 * Reports a device whose current falls with rising voltage: behind wires several sets of cell voltages may then satisfy
 * the same drive. Neither can a current be solved for that is no finite number within the reach of the drivers.
 */
export function checkWires(mapped: MappedModule, diagnostics: DiagnosticBag): void {
  if (!mapped.wires) return;
  const { device, experiment } = mapped;
  const found = findUnsolvable(device, experiment.program.window);
  if (!found) return;
  const what = found.kind === 'falls' ? 'falls with rising voltage' : 'has no finite value and slope';
  reportWires(mapped, `the current of \`${device.name}\` ${what} at ${formatQuantity(found.volts, 'V')}`, diagnostics);
}

/** The first such voltage within reach, at either end of the window; undefined where there is none. */
function findUnsolvable(
  device: DeviceModel,
  window: { readonly low: number; readonly high: number },
): UnsolvableVoltage | undefined {
  const without = device.spreads.map(({ name }) => name);
  const tile = compileKernel(device, { rows: 1, columns: 1, window, seed: 0, without });
  const reach = device.gated ? Math.abs(device.readVoltage.volts) : Math.abs(device.pulse.volts);
  const [current, slope] = [new Float64Array(1), new Float64Array(1)];
  for (const siemens of [window.low, window.high]) {
    tile.conductance[0] = siemens;
    for (let index = 0; index < TRIED_VOLTAGES; index++) {
      const volts = reach * ((2 * index) / (TRIED_VOLTAGES - 1) - 1);
      tile.currentsAt(Float64Array.of(volts), current, slope);
      if (![...current, ...slope].every(Number.isFinite)) return { kind: 'not-finite', volts };
      if ((slope[0] ?? NaN) < 0) return { kind: 'falls', volts };
    }
  }
  return undefined;
}
