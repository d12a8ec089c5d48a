/** Rounding of real numbers to codes, clocks and ticks; the only place where the product rounds. */

/** Nearest integer; a half goes away from zero, so that rounding is symmetric in sign. */
export function roundHalfAwayFromZero(value: number): number {
  const magnitude = Math.abs(value);
  // Math.round branches on the fraction, which nothing foretells; this branch is taken where adding a half rounds up only
  const near = Math.floor(magnitude + 0.5);
  return Math.sign(value) * (magnitude - (near - 1) < 0.5 ? near - 1 : near);
}
