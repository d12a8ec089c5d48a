/** The label NL by which NeuroSim names the curvature of a pulse train. */

/**
 * NL of G(p) = B (1 - exp(-p/A)) + Gmin over P pulses, given P/A; 0 for a straight line, negative where the train
 * steepens. NL is the distance of the curve from the diagonal of the unit square in units of 0.07:
 *
 *   0.07 sqrt(2) |NL| = B1 - a - a ln(B1 / a),  a = A/P,  B1 = 1 / (1 - exp(-1/a))
 */
export function nonlinearityLabel(curvature: number): number {
  const size = Math.abs(curvature);
  // The difference below loses its digits; its series begins with size / 8
  if (size < 1e-3) return curvature / 8 / LABEL_UNIT;
  const a = 1 / size;
  const end = -1 / Math.expm1(-size);
  return (Math.sign(curvature) * (end - a - a * Math.log(end / a))) / LABEL_UNIT;
}

const LABEL_UNIT = 0.07 * Math.SQRT2;

/**
 * Pulses per A of a train in which the step changes linearly from `first` to `last` while the conductance crosses its
 * range of 1, and so its curvature; undefined where no train crosses the range.
 */
export function curvatureOfSteps(first: number, last: number): number | undefined {
  if (!(first > 0 && last > 0)) return undefined;
  // Per pulse the distance to the asymptote shrinks by exp(-1/A); along the range it falls from `first` to `last`
  return Math.log(first / last);
}
