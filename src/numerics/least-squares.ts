/**
 * Nonlinear least squares: Levenberg-Marquardt with Marquardt's scaling, and the covariance of what was found.
 * Parameters are numbers of the order of 1: derivatives are taken over steps of at least 6e-9.
 */
import { invariant } from '../core/invariant.js';
import { choleskyFactor, choleskyInverse, choleskySolve } from './cholesky.js';

/** A sum of squares to be made small. */
export interface LeastSquaresProblem {
  /** How many residuals there are. */
  readonly count: number;
  /** Writes the residuals at `values` (parameters) to `out` (count); what cannot be computed is NaN. */
  readonly residuals: (values: Float64Array, out: Float64Array) => void;
  readonly start: readonly number[];
}

/** Where the search ended. */
export interface LeastSquaresFit {
  readonly values: Float64Array;
  readonly sumOfSquares: number;
  /** Whether the last step was small; false where the start is out of reach or the steps ran out. */
  readonly hasConverged: boolean;
  /** Covariance of the parameters (parameters x parameters, row-major); absent where the data do not determine them. */
  readonly covariance?: Float64Array;
}

const MAX_STEPS = 200;
/** Relative decrease of the sum of squares below which a step counts as the last one. */
const TOLERANCE = 1e-12;
const MAX_DAMPING = 1e12;
/** Step of the central difference, as a fraction of the parameter: the cube root of the rounding error. */
const DIFFERENCE = 6e-6;

/**
 * The parameters with the smallest sum of squares near `start`. Covariances are the inverse of JᵀJ times the mean
 * square of the residuals, which counts as many degrees of freedom less as there are parameters.
 *
 * @see Marquardt, J. Soc. Indust. Appl. Math. 11 (1963) 431-441
 */
export function minimizeSquares(problem: LeastSquaresProblem): LeastSquaresFit {
  const { count, start } = problem;
  const size = start.length;
  invariant(size > 0 && count > size, 'there are more residuals than parameters');
  let values = Float64Array.from(start);
  let residuals = new Float64Array(count);
  problem.residuals(values, residuals);
  let sumOfSquares = squareSum(residuals);
  if (!Number.isFinite(sumOfSquares)) return { values, sumOfSquares, hasConverged: false };
  let damping = 1e-3;
  let hasConverged = false;
  let normal = normalEquations(problem, values, residuals);
  for (let step = 0; step < MAX_STEPS && !hasConverged && damping < MAX_DAMPING; step++) {
    const move = dampedStep(normal, damping);
    const tried = values.map((value, index) => value + (move?.[index] ?? NaN));
    const triedResiduals = new Float64Array(count);
    problem.residuals(tried, triedResiduals);
    const triedSum = squareSum(triedResiduals);
    if (triedSum <= sumOfSquares) {
      hasConverged = sumOfSquares - triedSum <= TOLERANCE * sumOfSquares;
      [values, residuals, sumOfSquares] = [tried, triedResiduals, triedSum];
      damping = Math.max(1e-12, damping / 10);
      normal = normalEquations(problem, values, residuals);
    } else damping *= 8;
  }
  // Where no direction leads down any more, the search has arrived as well
  hasConverged ||= damping >= MAX_DAMPING;
  const covariance = covarianceOf(normal.matrix, size, sumOfSquares / (count - size));
  return { values, sumOfSquares, hasConverged, ...(covariance && { covariance }) };
}

/** JᵀJ (parameters x parameters) and Jᵀr. */
interface NormalEquations {
  readonly matrix: Float64Array;
  readonly gradient: Float64Array;
}

function normalEquations(
  { count, residuals: evaluate }: LeastSquaresProblem,
  values: Float64Array,
  residuals: Float64Array,
): NormalEquations {
  const size = values.length;
  const columns = Array.from(values, (value, index) => {
    const half = DIFFERENCE * Math.max(Math.abs(value), 1e-3);
    const ends = [half, -half].map((offset) => {
      const out = new Float64Array(count);
      evaluate(
        values.map((each, other) => (other === index ? each + offset : each)),
        out,
      );
      return out;
    });
    return residuals.map((_, row) => ((ends[0]?.[row] ?? NaN) - (ends[1]?.[row] ?? NaN)) / (2 * half));
  });
  const matrix = new Float64Array(size * size);
  for (const [i, left] of columns.entries()) {
    for (const [j, right] of columns.entries()) matrix[i * size + j] = dot(left, right);
  }
  return { matrix, gradient: Float64Array.from(columns, (column) => dot(column, residuals)) };
}

/** Solves (JᵀJ + damping diag JᵀJ) step = -Jᵀr; undefined where a parameter has no influence. */
function dampedStep({ matrix, gradient }: NormalEquations, damping: number): Float64Array | undefined {
  const size = gradient.length;
  const damped = matrix.map((value, index) => (index % (size + 1) === 0 ? value * (1 + damping) : value));
  const factor = choleskyFactor(damped, size);
  return (
    factor &&
    choleskySolve(
      factor,
      gradient.map((value) => -value),
    )
  );
}

function covarianceOf(matrix: Float64Array, size: number, meanSquare: number): Float64Array | undefined {
  const factor = choleskyFactor(matrix, size);
  return factor && choleskyInverse(factor).map((value) => value * meanSquare);
}

function squareSum(residuals: Float64Array): number {
  return dot(residuals, residuals);
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += (left[index] ?? NaN) * (right[index] ?? NaN);
  return sum;
}
