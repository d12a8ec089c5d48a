/** The curvature that a label of nonlinearity stands for, in functions that ngspice has. */
import type { Expression } from '../../devices/expression.js';
import { binary, call, numeral } from '../../devices/symbolic.js';
import { curvatureOfLabel, DEVIATION_PER_LABEL, MAX_NONLINEARITY_LABEL } from '../../numerics/nonlinearity-label.js';

/** Points of the table in {@link labelCurve}: with them its error is below 3e-4. */
export const LABEL_POINTS = 81;

/** Labels of the table, denser towards the largest, where the curvature rises steeply. */
const LABELS = Array.from({ length: LABEL_POINTS }, (_, index) => {
  const left = 1 - index / (LABEL_POINTS - 1);
  return Number((MAX_NONLINEARITY_LABEL * (1 - left ** 3)).toPrecision(8));
});

/**
 * The curvature of a label: 8 d / (1 - d) with the deviation d of the label, which is nearly it, times a correction
 * from a table. The equation that defines it has no closed form.
 */
export function labelCurve(label: Expression): Expression {
  const size = call('min', call('abs', label), numeral(MAX_NONLINEARITY_LABEL));
  const deviation = binary(numeral(DEVIATION_PER_LABEL), '*', size);
  const nearly = binary(binary(numeral(8), '*', deviation), '/', binary(numeral(1), '-', deviation));
  const correction: Expression = { kind: 'interpolate', at: size, xs: LABELS, ys: LABELS.map(correctionAt) };
  return binary(call('sign', label), '*', binary(nearly, '*', correction));
}

/** Eight digits: the table is no better. */
function correctionAt(label: number): number {
  const deviation = DEVIATION_PER_LABEL * label;
  const nearly = (8 * deviation) / (1 - deviation);
  return label === 0 ? 1 : Number((curvatureOfLabel(label) / nearly).toPrecision(8));
}
