/** Small symmetric positive definite systems, scaled to a unit diagonal, so that units do not spoil them. */

/** The factor L of D A D = L Lᵀ with the scales D; both for a matrix (size x size, row-major). */
export interface CholeskyFactor {
  readonly lower: Float64Array;
  readonly scales: Float64Array;
}

/** Pivots of the scaled matrix below this belong to a matrix that is singular for a double. */
const LEAST_PIVOT = 1e-13;

/** Factors a symmetric `matrix` (size x size); undefined where it is not positive definite or not finite. */
export function choleskyFactor(matrix: Float64Array, size: number): CholeskyFactor | undefined {
  const scales = Float64Array.from({ length: size }, (_, i) => 1 / Math.sqrt(matrix[i * size + i] ?? NaN));
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = (matrix[i * size + j] ?? NaN) * (scales[i] ?? NaN) * (scales[j] ?? NaN);
      for (let k = 0; k < j; k++) sum -= (lower[i * size + k] ?? NaN) * (lower[j * size + k] ?? NaN);
      // Written so that NaN is refused, too
      if (i === j && !(sum > LEAST_PIVOT && sum < Infinity)) return undefined;
      lower[i * size + j] = i === j ? Math.sqrt(sum) : sum / (lower[j * size + j] ?? NaN);
    }
  }
  return { lower, scales };
}

/** x of A x = `right` (size). */
export function choleskySolve({ lower, scales }: CholeskyFactor, right: Float64Array): Float64Array {
  const size = right.length;
  const x = right.map((value, i) => value * (scales[i] ?? NaN));
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] ?? NaN) - (lower[i * size + k] ?? NaN) * (x[k] ?? NaN);
    x[i] = (x[i] ?? NaN) / (lower[i * size + i] ?? NaN);
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] = (x[i] ?? NaN) - (lower[k * size + i] ?? NaN) * (x[k] ?? NaN);
    x[i] = (x[i] ?? NaN) / (lower[i * size + i] ?? NaN);
  }
  return x.map((value, i) => value * (scales[i] ?? NaN));
}

/** The inverse of A (size x size, row-major). */
export function choleskyInverse(factor: CholeskyFactor): Float64Array {
  const size = factor.scales.length;
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const unit = new Float64Array(size);
    unit[column] = 1;
    choleskySolve(factor, unit).forEach((value, row) => (inverse[row * size + column] = value));
  }
  return inverse;
}
