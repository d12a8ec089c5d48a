/** One law fitted to a measurement: parameters with standard errors, the two kinds of noise, and how likely it is. */
import { minimizeSquares } from '../../numerics/least-squares.js';
import { createInnovations, predictAll, stepWeights, transitionCount, type ScaledSeries } from './innovations.js';
import { describeResiduals, type ResidualStatistics } from './residual-statistics.js';
import type { DataFacts, StepLaw } from './step-law.js';

/** A law at its best. */
export interface LawFit {
  readonly law: StepLaw;
  readonly values: Float64Array;
  /** Standard errors. */
  readonly errors: readonly number[];
  /** Share of pulses in the noise; see NoiseShares. */
  readonly pulseShare: number;
  /** Standard deviation that a pulse adds: a fraction of the measured range, or of the step where noise is relative. */
  readonly pulseDeviation: number;
  /** Standard deviation of a reading as a fraction of the measured range. */
  readonly readDeviation: number;
  /** Akaike's criterion with the correction for small samples, and the Bayesian one; smaller is better. */
  readonly aicc: number;
  readonly bic: number;
  /** Of reading minus prediction, as fractions of the measured range. */
  readonly residuals: ResidualStatistics;
}

/** What laws are fitted to. */
export interface FitProblem {
  readonly series: readonly ScaledSeries[];
  readonly facts: DataFacts;
}

/**
 * Ratios of the variance of pulses to that of readings that are tried first. They reach far up: where noise is a fraction
 * of steps of very different sizes, the mean variance of pulses is that of the largest, and readings matter for the others.
 */
const RATIOS = [0, 1e-3, 1e-2, 0.1, 1, 10, 1e2, 1e3, 1e4, 1e5, Infinity];

/** Beyond these, one kind of noise is not seen beside the other. */
const [LEAST_RATIO, MOST_RATIO] = [1e-4, 1e6];

/** Steps of the search between two of them. */
const REFINEMENTS = 8;

/** Fits after which weights that depend on the step have settled. */
const WEIGHT_PASSES = 4;

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The most likely parameters of `law`; undefined where the data do not determine them. */
export function fitLaw(law: StepLaw, problem: FitProblem): LawFit | undefined {
  let start = law.start(problem.facts);
  const attempts: Attempt[] = [];
  const attempt = (ratio: number): Attempt => {
    const made = fitAt(law, problem, ratio, start);
    if (made.fit.hasConverged) start = [...made.fit.values];
    attempts.push(made);
    return made;
  };
  for (let pass = 0; pass < WEIGHT_PASSES && law.noise === 'relative'; pass++) attempt(Infinity);
  // What is said of weights that had not settled does not count
  attempts.length = 0;
  for (const ratio of RATIOS.toReversed()) attempt(ratio);
  for (const { around, low, high } of valleysOf(attempts)) {
    // From parameters of the same valley: those of the last attempt may belong to another one
    start = [...around.fit.values];
    refine({ low, high }, attempt);
  }
  return finish(law, problem, bestOf(attempts));
}

/** A fit with the ratio of the two kinds of noise held. */
interface Attempt {
  readonly ratio: number;
  readonly weights?: Float64Array;
  readonly fit: ReturnType<typeof minimizeSquares>;
  /** The sum of squares; infinite where nothing was found. */
  readonly score: number;
}

/** Fits with the weights of noise that is a fraction of the step; they are those of `start`, so that a fit has fixed ones. */
function fitAt(law: StepLaw, problem: FitProblem, ratio: number, start: readonly number[]): Attempt {
  if (law.noise === 'additive') return fitWeighted(law, problem, { ratio, start });
  const { series, facts } = problem;
  const { weights } = stepWeights(law.bind(Float64Array.from(start), facts), series);
  return fitWeighted(law, problem, { ratio, start, weights });
}

interface Setting {
  readonly ratio: number;
  readonly start: readonly number[];
  readonly weights?: Float64Array;
}

function fitWeighted(law: StepLaw, { series, facts }: FitProblem, { ratio, start, weights }: Setting): Attempt {
  const count = transitionCount(series);
  const out = createInnovations(count);
  const shares = { pulseShare: shareOf(ratio), ...(weights && { weights }) };
  const fit = minimizeSquares({
    count,
    start,
    residuals: (values, residuals) => {
      predictAll(law.bind(values, facts), series, shares, out);
      residuals.set(out.scaled);
    },
  });
  return { ratio, ...(weights && { weights }), fit, score: fit.hasConverged ? fit.sumOfSquares : Infinity };
}

function shareOf(ratio: number): number {
  return ratio === Infinity ? 1 : ratio / (1 + ratio);
}

function bestOf(attempts: readonly Attempt[]): Attempt {
  return attempts.reduce((left, right) => (right.score < left.score ? right : left));
}

/** An attempt that is better than its neighbours, and the logarithms of their ratios. */
interface Valley {
  readonly around: Attempt;
  readonly low: number;
  readonly high: number;
}

/** Where the likelihood has peaks: it may have several, and the highest attempt need not lie below the highest peak. */
function valleysOf(attempts: readonly Attempt[]): readonly Valley[] {
  const sorted = [...attempts].sort((left, right) => left.ratio - right.ratio);
  return sorted.flatMap((around, index) => {
    const [below, above] = [sorted[index - 1], sorted[index + 1]];
    if (!below || !above || !(around.score < below.score && around.score <= above.score)) return [];
    const low = Math.log(Math.max(LEAST_RATIO, below.ratio));
    return [{ around, low, high: Math.log(Math.min(MOST_RATIO, above.ratio)) }];
  });
}

/** Golden section on the logarithm of the ratio between `low` and `high`. */
function refine(range: Pick<Valley, 'low' | 'high'>, attempt: (ratio: number) => Attempt): void {
  let { low, high } = range;
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [leftScore, rightScore] = [attempt(Math.exp(left)).score, attempt(Math.exp(right)).score];
  for (let step = 0; step < REFINEMENTS; step++) {
    if (leftScore < rightScore) {
      [high, right, rightScore] = [right, left, leftScore];
      left = high - GOLDEN * (high - low);
      leftScore = attempt(Math.exp(left)).score;
    } else {
      [low, left, leftScore] = [left, right, rightScore];
      right = low + GOLDEN * (high - low);
      rightScore = attempt(Math.exp(right)).score;
    }
  }
}

function finish(
  law: StepLaw,
  { series, facts }: FitProblem,
  { ratio, weights, fit, score }: Attempt,
): LawFit | undefined {
  const { values, covariance } = fit;
  const size = values.length;
  if (!covariance || !Number.isFinite(score)) return undefined;
  const count = transitionCount(series);
  const out = createInnovations(count);
  const pulseShare = shareOf(ratio);
  const step = law.bind(values, facts);
  const spread = predictAll(step, series, { pulseShare, ...(weights && { weights }) }, out);
  const variance = score / spread / (count - size);
  const unit = law.noise === 'relative' ? stepWeights(step, series).meanSquare : 1;
  return {
    law,
    values,
    errors: Array.from(values, (_, index) => Math.sqrt(covariance[index * (size + 1)] ?? NaN)),
    pulseShare,
    pulseDeviation: Math.sqrt((pulseShare * variance) / unit),
    readDeviation: Math.sqrt((1 - pulseShare) * variance),
    ...criteria(score, count, size + 2),
    residuals: describeResiduals(out),
  };
}

/**
 * Information criteria of normal residuals; `size` counts every fitted number, noise included.
 * @see Burnham, Anderson, Model Selection and Multimodel Inference (2002), sections 2.2 to 2.4
 */
function criteria(sumOfSquares: number, count: number, size: number): Pick<LawFit, 'aicc' | 'bic'> {
  // Residuals of exactly nothing would be infinitely likely
  const deviance = count * Math.log(Math.max(sumOfSquares / count, 1e-30));
  const correction = (2 * size * (size + 1)) / Math.max(1, count - size - 1);
  return { aicc: deviance + 2 * size + correction, bic: deviance + size * Math.log(count) };
}
