/** Linear equations of a few unknowns. */

/**
 * Solves `matrix` x = `right` by elimination with row pivoting; x replaces `right`, `matrix` (n x n, row-major) is used
 * up. Not a number where the matrix is singular.
 */
export function solveDense(matrix: Float64Array, right: Float64Array): void {
  const size = right.length;
  for (let pivot = 0; pivot < size; pivot++) {
    swapRows(matrix, right, pivot, largestBelow(matrix, size, pivot));
    for (let row = pivot + 1; row < size; row++) eliminate(matrix, right, pivot, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row] ?? NaN;
    for (let j = row + 1; j < size; j++) sum -= (matrix[row * size + j] ?? NaN) * (right[j] ?? NaN);
    right[row] = sum / (matrix[row * size + row] ?? NaN);
  }
}

/** Takes the multiple of the row `pivot` from `row` that leaves nothing in its column. */
function eliminate(matrix: Float64Array, right: Float64Array, pivot: number, row: number): void {
  const size = right.length;
  const factor = (matrix[row * size + pivot] ?? NaN) / (matrix[pivot * size + pivot] ?? NaN);
  for (let j = pivot; j < size; j++) {
    matrix[row * size + j] = (matrix[row * size + j] ?? NaN) - factor * (matrix[pivot * size + j] ?? NaN);
  }
  right[row] = (right[row] ?? NaN) - factor * (right[pivot] ?? NaN);
}

function largestBelow(matrix: Float64Array, size: number, pivot: number): number {
  let best = pivot;
  for (let row = pivot + 1; row < size; row++) {
    const [candidate, known] = [matrix[row * size + pivot] ?? 0, matrix[best * size + pivot] ?? 0];
    if (Math.abs(candidate) > Math.abs(known)) best = row;
  }
  return best;
}

function swapRows(matrix: Float64Array, right: Float64Array, first: number, second: number): void {
  if (first === second) return;
  const size = right.length;
  for (let j = 0; j < size; j++) {
    const kept = matrix[first * size + j] ?? NaN;
    matrix[first * size + j] = matrix[second * size + j] ?? NaN;
    matrix[second * size + j] = kept;
  }
  const kept = right[first] ?? NaN;
  right[first] = right[second] ?? NaN;
  right[second] = kept;
}
