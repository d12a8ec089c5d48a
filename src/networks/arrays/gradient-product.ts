/** Sums of outer products: what a batch says about every weight. */
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
