/** What pulses cost, share by share: the energy terms of a device as one function of a cell. */
import type { DeviceModel } from '../../devices/device-model.js';
import type { TileStorage } from '../../devices/tile-physics.js';
import type { CellEquations } from './cell-equations.js';

/** Share of energy terms without a name. */
export const UNNAMED_SHARE = 'pulses';

/**
 * Adds `times` the energy of one pulse to `shares` [J], in the order of {@link shareNames}; `before` holds the states of
 * the cell before the pulse, the storage those after it. `n` is the place of the cell among the variates of the event.
 */
export type PulsePrice = (
  pulse: {
    readonly cell: number;
    readonly n: number;
    readonly volts: number;
    readonly seconds: number;
    readonly times: number;
  },
  before: Float64Array,
  shares: Float64Array,
) => void;

/** Names of the shares of a device, in the order of its terms. */
export function shareNames({ energyTerms }: DeviceModel): readonly string[] {
  return energyTerms.map(({ name }) => name ?? UNNAMED_SHARE);
}

/** The price of pulses of the cells that `storage` holds. */
export function compilePrice(device: DeviceModel, equations: CellEquations, storage: TileStorage): PulsePrice {
  const names = new Map([
    ['v', 'volts'],
    ['duration', 'seconds'],
    ...device.states.flatMap(({ name }, index) => {
      const before = `before[${String(index)}]`;
      return [
        [name, before],
        [`change.${name}`, `((s${String(index)}[cell] - ${before}) / times)`],
      ] as const;
    }),
    ...device.spreads.flatMap(({ name, per }, index) =>
      per === 'pulse' ? [[name, `u${String(index)}[n]`] as const] : [],
    ),
  ]);
  const terms = device.energyTerms.map(({ value }) => value);
  return equations.compile<PulsePrice>(
    { storage, parameters: ['{ cell, n, volts, seconds, times }', 'before', 'shares'] },
    terms,
    names,
    (texts) => texts.map((text, index) => `shares[${String(index)}] += times * (${text});`),
  );
}
