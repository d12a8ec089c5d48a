/** Physical dimensions as exponents of SI base quantities; the algebra that makes volts plus siemens an error. */

/** Exponents over kilogram, metre, second, ampere and kelvin; fractions occur under `sqrt`. */
export interface Dimension {
  readonly mass: number;
  readonly length: number;
  readonly time: number;
  readonly current: number;
  readonly temperature: number;
}

/** The dimension of plain numbers, ratios and percentages. */
export const DIMENSIONLESS: Dimension = { mass: 0, length: 0, time: 0, current: 0, temperature: 0 };

/** Exponents nearer than this are one exponent: thirds and tenths are not exact in binary. */
const EXPONENT_TOLERANCE = 1e-9;

/** The dimension of a product. */
export function multiplyDimensions(left: Dimension, right: Dimension): Dimension {
  return {
    mass: left.mass + right.mass,
    length: left.length + right.length,
    time: left.time + right.time,
    current: left.current + right.current,
    temperature: left.temperature + right.temperature,
  };
}

/** The dimension of a quantity raised to `exponent`. */
export function raiseDimension(base: Dimension, exponent: number): Dimension {
  return {
    mass: base.mass * exponent,
    length: base.length * exponent,
    time: base.time * exponent,
    current: base.current * exponent,
    temperature: base.temperature * exponent,
  };
}

/** The dimension of a quotient. */
export function divideDimensions(left: Dimension, right: Dimension): Dimension {
  return multiplyDimensions(left, raiseDimension(right, -1));
}

/** Whether quantities of the two dimensions may be added and compared. */
export function isSameDimension(left: Dimension, right: Dimension): boolean {
  return (
    isSameExponent(left.mass, right.mass) &&
    isSameExponent(left.length, right.length) &&
    isSameExponent(left.time, right.time) &&
    isSameExponent(left.current, right.current) &&
    isSameExponent(left.temperature, right.temperature)
  );
}

/** Whether a quantity of this dimension is a plain number. */
export function isDimensionless(dimension: Dimension): boolean {
  return isSameDimension(dimension, DIMENSIONLESS);
}

function isSameExponent(left: number, right: number): boolean {
  return Math.abs(left - right) < EXPONENT_TOLERANCE;
}
