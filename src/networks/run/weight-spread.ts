/** How weights lie at the end of a training. */
import type { WeightSpread } from '../../ir/study-result.js';
import type { SynapseArray } from '../arrays/synapse-array.js';

const BINS = 24;

/** A histogram for each array, in the order of their projections. */
export function weightSpreads(arrays: ReadonlyMap<string, SynapseArray>): readonly WeightSpread[] {
  return [...arrays].map(([projection, array]) => ({ projection, ...spreadOf(array.weights()) }));
}

function spreadOf(weights: Float32Array): Omit<WeightSpread, 'projection'> {
  let [low, high, sum] = [Infinity, -Infinity, 0];
  for (const weight of weights) {
    low = Math.min(low, weight);
    high = Math.max(high, weight);
    sum += weight;
  }
  const mean = sum / weights.length;
  let squares = 0;
  const counts = Array.from({ length: BINS }, () => 0);
  // Weights that are all equal lie in the first bin
  const perBin = (high - low) / BINS || 1;
  for (const weight of weights) {
    squares += (weight - mean) ** 2;
    const bin = Math.min(BINS - 1, Math.floor((weight - low) / perBin));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { mean, deviation: Math.sqrt(squares / weights.length), low, high, counts };
}
