/** Rounding of real numbers to codes, clocks and ticks; the only place where the product rounds. */

/** Nearest integer; a half goes away from zero, so that rounding is symmetric in sign. */
export function roundHalfAwayFromZero(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}
