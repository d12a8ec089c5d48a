/** Random distributions of spreads, weights and starting values, each with two operands. */

/** What the two operands of each distribution are, as they are written. */
export const DISTRIBUTIONS = {
  normal: ['mean', 'deviation'],
  /** The absolute value of a normal variate. */
  foldedNormal: ['mean', 'deviation'],
  /** The deviation is relative: that of the variate divided by its mean. */
  logNormal: ['median', 'relative deviation'],
  uniform: ['low', 'high'],
} as const;
export type DistributionName = keyof typeof DISTRIBUTIONS;

/** A distribution with its operands in SI units. */
export interface Distribution {
  readonly name: DistributionName;
  readonly operands: readonly number[];
}

/**
 * A distribution around a value. `mean` is the mean of `normal` and of `foldedNormal` before folding, the median of
 * `logNormal` and the centre of `uniform`; `deviation` is the standard deviation of the first two, the relative one
 * of `logNormal` and half the width of `uniform`.
 */
export interface CentredDistribution {
  readonly distribution: DistributionName;
  readonly mean: number;
  readonly deviation: number;
}

/** The same distribution by its centre and how far it reaches. */
export function centred({ name, operands: [first = NaN, second = NaN] }: Distribution): CentredDistribution {
  return name === 'uniform'
    ? { distribution: name, mean: (first + second) / 2, deviation: (second - first) / 2 }
    : { distribution: name, mean: first, deviation: second };
}
