/** What the cells of a tile differ in from the beginning: spreads that are drawn once per device. */
import type { CentredDistribution } from '../numerics/distribution.js';
import { keyOfSeed, type CellGroup } from '../numerics/normal.js';
import { fillVariates } from '../numerics/variates.js';
import type { DeviceModel, Spread } from './device-model.js';
import type { TileSetup } from './kernel.js';
import { LineSplit } from './line-split.js';

/** A spread and what each cell drew of it (rows x columns). */
export interface DrawnSpread {
  readonly spread: Spread;
  readonly values: Float64Array;
}

/** Draws the spread that is number `stream` of its device for the cells of `group`. */
export function fillDeviceSpread(
  values: Float64Array,
  law: CentredDistribution,
  { seed, stream }: { readonly seed: number; readonly stream: number },
  group: CellGroup,
): void {
  fillVariates(values, law, { key: keyOfSeed(seed), stream, event: 0, along: 'rows' }, group);
}

/** What the kernel of such a tile draws for its cells; spreads that stay at their mean are left out. */
export function drawnSpreads(
  { spreads }: Pick<DeviceModel, 'spreads'>,
  { rows, columns, seed, without }: Pick<TileSetup, 'rows' | 'columns' | 'seed' | 'without'>,
): readonly DrawnSpread[] {
  const { whole } = new LineSplit(rows, columns);
  return spreads.flatMap((spread, stream) => {
    if (spread.per !== 'device' || spread.deviation === 0 || without.includes(spread.name)) return [];
    const values = new Float64Array(rows * columns);
    fillDeviceSpread(values, spread, { seed, stream }, whole);
    return [{ spread, values }];
  });
}
