/** Physical dimensions as exponents of base quantities; the algebra that makes volts plus siemens an error. */

/**
 * The base quantities of the SI, and four kinds of things that are counted: pulses, spikes, steps of a converter and
 * bits are no more interchangeable than volts and amperes.
 */
export const BASE_QUANTITIES = [
  'mass',
  'length',
  'time',
  'current',
  'temperature',
  'amount',
  'luminosity',
  'pulses',
  'spikes',
  'steps',
  'bits',
] as const;

export type BaseQuantity = (typeof BASE_QUANTITIES)[number];

/** Exponents of the base quantities in their coherent units; fractions occur under `sqrt`. */
export type Dimension = Readonly<Record<BaseQuantity, number>>;

/** Exponents nearer than this are one exponent: thirds and tenths are not exact in binary. */
const EXPONENT_TOLERANCE = 1e-9;

/** The dimension with the given exponents; quantities that are not named have 0. */
export function dimensionOf(exponents: Partial<Dimension>): Dimension {
  return mapExponents((base) => exponents[base] ?? 0);
}

/** The dimension of plain numbers, ratios and percentages. */
export const DIMENSIONLESS: Dimension = dimensionOf({});

/** The dimension of a product. */
export function multiplyDimensions(left: Dimension, right: Dimension): Dimension {
  return mapExponents((base) => left[base] + right[base]);
}

/** The dimension of a quantity raised to `exponent`. */
export function raiseDimension(dimension: Dimension, exponent: number): Dimension {
  return mapExponents((base) => dimension[base] * exponent);
}

/** The dimension of a quotient. */
export function divideDimensions(left: Dimension, right: Dimension): Dimension {
  return mapExponents((base) => left[base] - right[base]);
}

/** Whether quantities of the two dimensions may be added and compared. */
export function isSameDimension(left: Dimension, right: Dimension): boolean {
  return left === right || BASE_QUANTITIES.every((base) => Math.abs(left[base] - right[base]) < EXPONENT_TOLERANCE);
}

/** Whether a quantity of this dimension is a plain number. */
export function isDimensionless(dimension: Dimension): boolean {
  return isSameDimension(dimension, DIMENSIONLESS);
}

function mapExponents(exponentOf: (base: BaseQuantity) => number): Dimension {
  const exponents: Partial<Record<BaseQuantity, number>> = {};
  for (const base of BASE_QUANTITIES) exponents[base] = exponentOf(base);
  // The loop has filled in every base quantity.
  return exponents as Dimension;
}
