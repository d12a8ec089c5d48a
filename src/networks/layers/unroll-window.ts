/** The matrix of a convolution whose window has cells at every place: from all elements before to all behind. */
import { invariant } from '../../core/invariant.js';
import type { MappedPopulation, MappedProjection } from '../../ir/mapped-network.js';
import { gridOf, windowPlaces } from './grid-window.js';

/**
 * Weights of a window (elements of it x channels behind) at all of its places: (neurons before x neurons behind), zero
 * where the window does not reach.
 */
export function unrollWindow(
  weights: Float32Array,
  { connectivity, from, to }: Pick<MappedProjection, 'connectivity' | 'from' | 'to'>,
  populations: readonly MappedPopulation[],
): Float32Array {
  const [before, behind] = [populations[from.population], populations[to.population]];
  invariant(connectivity.kind === 'convolution' && before && behind, 'a convolution has two grids');
  const [grid, target] = [gridOf(before), gridOf(behind)];
  const places = windowPlaces(grid, target, connectivity);
  const area = grid.rows * grid.columns;
  const windows = target.rows * target.columns;
  const elements = connectivity.rows * connectivity.columns;
  const out = new Float32Array(from.count * to.count);
  for (let window = 0; window < windows; window++) {
    for (let element = 0; element < elements * grid.channels; element++) {
      const place = places[window * elements + (element % elements)] ?? -1;
      if (place < 0) continue;
      const row = Math.floor(element / elements) * area + place;
      for (let channel = 0; channel < target.channels; channel++) {
        out[row * to.count + channel * windows + window] = weights[element * target.channels + channel] ?? 0;
      }
    }
  }
  return out;
}
