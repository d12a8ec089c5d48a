/** How far a curve of pulses is from a straight line, as the label that circuit simulators of synapses use. */

/** Vertical distance from the diagonal of a curve of label 1: labels count perpendicular distances of 0.07. */
const DISTANCE_OF_ONE = 0.07 * Math.SQRT2;

/**
 * The label of a monotone curve: its largest distance from the line between its ends, both axes from 0 to 1, in
 * units of {@link DISTANCE_OF_ONE}; positive where the curve is ahead of the line.
 */
export function nonlinearityLabel(curve: readonly number[]): number {
  const [first = NaN] = curve;
  const last = curve.at(-1) ?? NaN;
  const distances = curve.map((value, index) => (value - first) / (last - first) - index / (curve.length - 1));
  const largest = distances.reduce((most, each) => (Math.abs(each) > Math.abs(most) ? each : most), 0);
  return largest / DISTANCE_OF_ONE;
}

/** Coefficient of determination of a straight line over equal steps. */
export function determination(curve: readonly number[]): number {
  const center = (curve.length - 1) / 2;
  const mean = curve.reduce((sum, y) => sum + y, 0) / curve.length;
  const sxy = curve.reduce((sum, y, x) => sum + (x - center) * (y - mean), 0);
  const sxx = curve.reduce((sum, _, x) => sum + (x - center) ** 2, 0);
  const syy = curve.reduce((sum, y) => sum + (y - mean) ** 2, 0);
  return sxy ** 2 / (sxx * syy);
}
