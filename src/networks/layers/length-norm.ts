/** Inputs of a population scaled to one length, sample by sample. */
import type { Extent } from './activation.js';

/** Scales each of `values` (count x width) to `length`, in place; keeps the lengths before. Zeros stay zeros. */
export function normalizeLengths(
  values: Float32Array,
  lengths: Float64Array,
  { count, width }: Extent,
  length: number,
): void {
  for (let sample = 0; sample < count; sample++) {
    let square = 0;
    for (let at = sample * width; at < (sample + 1) * width; at++) square += (values[at] ?? NaN) ** 2;
    const before = Math.sqrt(square);
    lengths[sample] = before;
    const factor = before === 0 ? 0 : length / before;
    for (let at = sample * width; at < (sample + 1) * width; at++) values[at] = (values[at] ?? NaN) * factor;
  }
}

interface Scaled {
  /** What {@link normalizeLengths} made, times `gain`. */
  readonly values: Float32Array;
  readonly lengths: Float64Array;
  readonly errors: Float32Array;
}

/** Errors by the values before, in place of those by the scaled ones. */
export function normalizeLengthsBack(
  { values, lengths, errors }: Scaled,
  { count, width }: Extent,
  length: number,
  gain: number,
): void {
  for (let sample = 0; sample < count; sample++) {
    const before = lengths[sample] ?? NaN;
    const factor = before === 0 ? 0 : length / before;
    const unit = 1 / (length * gain);
    let along = 0;
    for (let at = sample * width; at < (sample + 1) * width; at++)
      along += (errors[at] ?? NaN) * (values[at] ?? NaN) * unit;
    for (let at = sample * width; at < (sample + 1) * width; at++) {
      errors[at] = factor * ((errors[at] ?? NaN) - along * (values[at] ?? NaN) * unit);
    }
  }
}
