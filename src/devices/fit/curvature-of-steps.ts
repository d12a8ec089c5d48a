/** The curvature by which NeuroSim would label a train whose steps change linearly. */

/**
 * Pulses per A of a train in which the step changes linearly from `first` to `last` while the conductance crosses its
 * range of 1, and so its curvature; undefined where no train crosses the range.
 */
export function curvatureOfSteps(first: number, last: number): number | undefined {
  if (!(first > 0 && last > 0)) return undefined;
  // Per pulse the distance to the asymptote shrinks by exp(-1/A); along the range it falls from `first` to `last`
  return Math.log(first / last);
}
