/** What is left after a fit, and whether it looks like chance. */
import type { Innovations } from './innovations.js';

export interface ResidualStatistics {
  /** Root mean square and largest size of reading minus prediction. */
  readonly rms: number;
  readonly max: number;
  /** Correlation of neighbours; within 2 / sqrt(count) of 0 for chance. */
  readonly lag1: number;
  /** Standard score of the number of runs of one sign; within 2 of 0 for chance, far below 0 for a wrong law. */
  readonly runsScore: number;
}

/** Statistics of prediction errors; correlation and runs are those of the scaled ones. */
export function describeResiduals({ errors, scaled }: Innovations): ResidualStatistics {
  const meanSquare = errors.reduce((sum, error) => sum + error * error, 0) / errors.length;
  return {
    rms: Math.sqrt(meanSquare),
    max: errors.reduce((most, error) => Math.max(most, Math.abs(error)), 0),
    lag1: neighbourCorrelation(scaled),
    runsScore: runsScore(scaled),
  };
}

function neighbourCorrelation(values: Float64Array): number {
  let products = 0;
  let squares = 0;
  values.forEach((value, index) => {
    squares += value * value;
    if (index > 0) products += value * (values[index - 1] ?? NaN);
  });
  return squares === 0 ? 0 : products / squares;
}

/**
 * Of residuals without a sign or with one sign only, 0 and minus infinity would be wrong; those have the score 0.
 * @see Wald, Wolfowitz, Ann. Math. Stat. 11 (1940) 147-162
 */
function runsScore(values: Float64Array): number {
  const signs = Array.from(values, Math.sign).filter((sign) => sign !== 0);
  const above = signs.filter((sign) => sign > 0).length;
  const below = signs.length - above;
  const runs = signs.reduce((count, sign, index) => count + (sign === signs[index - 1] ? 0 : 1), 0);
  const mean = (2 * above * below) / signs.length + 1;
  const variance = ((mean - 1) * (mean - 2)) / (signs.length - 1);
  return variance > 0 ? (runs - mean) / Math.sqrt(variance) : 0;
}
