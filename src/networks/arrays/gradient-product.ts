/** Products with matrices that the host holds as numbers: sums of outer products, and errors on their way back. */
import type { Batch } from './synapse-array.js';

/** out (rows x columns) = sum over the batch of input (rows) times error (columns); inputs of 0 cost nothing. */
export function gradientProduct(inputs: Batch, errors: Batch, out: Float32Array): void {
  const columns = errors.width;
  const rows = inputs.width;
  const [from, by] = [inputs.values, errors.values];
  out.fill(0);
  for (let sample = 0; sample < inputs.count; sample++) {
    const start = sample * columns;
    for (let row = 0; row < rows; row++) {
      const input = from[sample * rows + row] ?? 0;
      if (input === 0) continue;
      const to = row * columns;
      for (let column = 0; column < columns; column++) {
        out[to + column] = (out[to + column] ?? 0) + input * (by[start + column] ?? 0);
      }
    }
  }
}

/** out (count x rows) = errors (count x columns) times the transpose of `weights` (rows x columns). */
export function transposedProduct(errors: Batch, weights: Float32Array, out: Batch): void {
  const columns = errors.width;
  const rows = out.width;
  const [from, to] = [errors.values, out.values];
  for (let sample = 0; sample < errors.count; sample++) {
    const start = sample * columns;
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let column = 0; column < columns; column++) {
        sum += (from[start + column] ?? 0) * (weights[row * columns + column] ?? 0);
      }
      to[sample * rows + row] = sum;
    }
  }
}
