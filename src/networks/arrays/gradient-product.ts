/** Products with matrices that the host holds as numbers: sums of outer products, and errors on their way back. */
import type { Batch } from './synapse-array.js';

/** out (rows x columns) = sum over the batch of input (rows) times error (columns); inputs of 0 cost nothing. */
export function gradientProduct(inputs: Batch, errors: Batch, out: Float32Array): void {
  const columns = errors.width;
  out.fill(0);
  for (let sample = 0; sample < inputs.count; sample++) {
    for (let row = 0; row < inputs.width; row++) {
      const input = inputs.values[sample * inputs.width + row] ?? 0;
      if (input === 0) continue;
      const [start, from] = [row * columns, sample * columns];
      for (let column = 0; column < columns; column++) {
        out[start + column] = (out[start + column] ?? 0) + input * (errors.values[from + column] ?? 0);
      }
    }
  }
}

/** out (count x rows) = errors (count x columns) times the transpose of `weights` (rows x columns). */
export function transposedProduct(errors: Batch, weights: Float32Array, out: Batch): void {
  const columns = errors.width;
  for (let sample = 0; sample < errors.count; sample++) {
    for (let row = 0; row < out.width; row++) {
      let sum = 0;
      for (let column = 0; column < columns; column++) {
        sum += (errors.values[sample * columns + column] ?? 0) * (weights[row * columns + column] ?? 0);
      }
      out.values[sample * out.width + row] = sum;
    }
  }
}
