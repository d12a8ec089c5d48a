/**
 * NeuroSim's label of nonlinearity as a curvature. Conductance after p of P pulses goes as 1 - exp(-t p / P); the label
 * is the largest distance of this curve from the straight line, at right angles to it, in units of 0.07.
 */

/**
 * The largest label: at 10.1, where the curve is one step, the formula ends. Labels beyond it count as this one, so
 * that the draw of a device is never beyond what can be computed.
 */
export const MAX_NONLINEARITY_LABEL = 10;

/** The largest vertical deviation from the line per unit of label. */
export const DEVIATION_PER_LABEL = 0.07 * Math.SQRT2;

/** Half the curvature below which the deviation is computed by its series: the closed form cancels. */
const SERIES_END = 0.25;

/** Coefficients of u, u^3, u^5 … in coth(u) - 1/u. */
const LANGEVIN = [1 / 3, -1 / 45, 2 / 945, -1 / 4725, 2 / 93555, -1382 / 638512875, 4 / 18243225] as const;

/** Steps of Newton's method, at most; five are usual. */
const MAX_STEPS = 50;

/**
 * The curvature t = P / A of a label: of its sign, 0 for 0, and the inverse of the normalised parameter A of NeuroSim's
 * table, which ends at 9. It solves B - 1/t - ln(B t)/t = 0.07 sqrt(2) |label| with B = 1 / (1 - exp(-t)).
 *
 * @see Chen, Peng, Yu, IEDM 2017, 6.1.1, for the curve; the closed form is of this project
 */
export function curvatureOfLabel(label: number): number {
  if (Number.isNaN(label)) return NaN;
  const goal = DEVIATION_PER_LABEL * Math.min(Math.abs(label), MAX_NONLINEARITY_LABEL);
  // 1 / (1 - deviation) is nearly linear in u, and u / 4 + 1 for small u
  let u = (4 * goal) / (1 - goal);
  for (let step = 0; step < MAX_STEPS; step++) {
    const { value, slope } = deviationAt(u);
    const change = ((1 - value) * (value - goal)) / ((1 - goal) * slope);
    u -= change;
    if (Math.abs(change) <= 4 * Number.EPSILON * u) break;
  }
  return Math.sign(label) * 2 * u;
}

/** The label of a curvature, the inverse of {@link curvatureOfLabel}; labels of curves beyond NeuroSim's table included. */
export function labelOfCurvature(curvature: number): number {
  return (Math.sign(curvature) * deviationAt(Math.abs(curvature) / 2).value) / DEVIATION_PER_LABEL;
}

/** The largest vertical deviation of the curve of curvature 2u from the line, and its derivative by u. */
function deviationAt(u: number): { readonly value: number; readonly slope: number } {
  if (u < SERIES_END) return deviationBySeries(u);
  const decay = Math.exp(-2 * u);
  const langevin = (1 + decay) / (1 - decay) - 1 / u;
  const langevinSlope = 1 / (u * u) - (4 * decay) / (1 - decay) ** 2;
  // ln(sinh(u) / u), whose derivative is coth(u) - 1/u
  const logarithm = u + Math.log1p(-decay) - Math.log(2 * u);
  return {
    value: langevin / 2 + logarithm / (2 * u),
    slope: langevinSlope / 2 + langevin / (2 * u) - logarithm / (2 * u * u),
  };
}

function deviationBySeries(u: number): { readonly value: number; readonly slope: number } {
  let value = 0;
  let slope = 0;
  LANGEVIN.forEach((coefficient, index) => {
    const power = 2 * index + 1;
    const factor = coefficient * (1 / 2 + 1 / (2 * (power + 1)));
    value += factor * u ** power;
    slope += power * factor * u ** (power - 1);
  });
  return { value, slope };
}
