/** Rounding of real numbers to codes, clocks and ticks; the only place where the product rounds. */

/** Nearest integer; a half goes away from zero, so that rounding is symmetric in sign. */
export function roundHalfAwayFromZero(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}

/** Nearest multiple of `step` (> 0); a half goes away from zero. */
export function quantize(value: number, step: number): number {
  return roundHalfAwayFromZero(value / step) * step;
}
