/** Reference meaning of device equations: evaluated node by node as written, nothing simplified or reordered. */
import type { Expression } from '../../src/devices/expression.js';

const FUNCTIONS = {
  abs: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  ceil: Math.ceil,
  round: (x: number) => (x < 0 ? -Math.round(-x) : Math.round(x)),
  sqrt: Math.sqrt,
  exp: Math.exp,
  ln: Math.log,
  log10: Math.log10,
  sin: Math.sin,
  cos: Math.cos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  min: Math.min,
  max: Math.max,
  nlCurvature,
};

/** Value of `expression`, conditions as 0 and 1; throws for a name without value. */
export function evaluateEquation(expression: Expression, values: Readonly<Record<string, number>>): number {
  const valueOf = (operand: Expression): number => evaluateEquation(operand, values);
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'reference': {
      const value = values[expression.name];
      if (value === undefined) throw new Error(`no value for ${expression.name}`);
      return value;
    }
    case 'negate':
      return -valueOf(expression.operand);
    case 'not':
      return valueOf(expression.operand) === 1 ? 0 : 1;
    case 'binary':
      return evaluateBinary(expression.operator, valueOf(expression.left), valueOf(expression.right));
    case 'compare': {
      const difference = valueOf(expression.left) - valueOf(expression.right);
      if (expression.operator.startsWith('<') && difference < 0) return 1;
      if (expression.operator.startsWith('>') && difference > 0) return 1;
      if (expression.operator === '!=') return difference === 0 ? 0 : 1;
      return expression.operator.endsWith('=') && difference === 0 ? 1 : 0;
    }
    case 'logical': {
      const count = valueOf(expression.left) + valueOf(expression.right);
      return count >= (expression.operator === 'and' ? 2 : 1) ? 1 : 0;
    }
    case 'conditional':
      return valueOf(expression.condition) === 1 ? valueOf(expression.whenTrue) : valueOf(expression.whenFalse);
    case 'call': {
      const evaluate: (...operands: readonly number[]) => number = FUNCTIONS[expression.name];
      return evaluate(...expression.operands.map(valueOf));
    }
    case 'interpolate':
      return onPolyline(valueOf(expression.at), expression);
    case 'interpolate-grid':
      return onSurface(valueOf(expression.x), valueOf(expression.y), expression);
    case 'element':
      return expression.values[valueOf(expression.index)] ?? NaN;
  }
}

function evaluateBinary(operator: string, left: number, right: number): number {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  if (operator === '/') return left / right;
  if (operator === '%') return (left % right) * right < 0 ? (left % right) + right : left % right;
  return left ** right;
}

/** The first piece that reaches `x` decides: no search by halves here. */
function onPolyline(x: number, { xs, ys }: { readonly xs: readonly number[]; readonly ys: readonly number[] }): number {
  const right = xs.findIndex((position) => position >= x);
  if (right < 0) return ys.at(-1) ?? NaN;
  if (right === 0) return ys[0] ?? NaN;
  const [x0, x1, y0, y1] = [xs[right - 1], xs[right], ys[right - 1], ys[right]].map(Number);
  return y0! + ((y1! - y0!) * (x - x0!)) / (x1! - x0!);
}

/** Along y between the rows, which are taken at x: two polylines of two points each. Slopes are not evaluated. */
function onSurface(x: number, y: number, { grid, order }: Expression & { readonly kind: 'interpolate-grid' }): number {
  if (order !== 0) throw new Error('slopes of a surface have no reference');
  const { xs, ys, values } = grid;
  const alongY = xs.map((_, row) =>
    onPolyline(y, { xs: ys, ys: values.slice(row * ys.length, (row + 1) * ys.length) }),
  );
  return onPolyline(x, { xs, ys: alongY });
}

/** By halving the bracket: the deviation of the curve from its line grows with the curvature. */
function nlCurvature(label: number): number {
  const deviation = (t: number): number => {
    const scale = -1 / Math.expm1(-t);
    return scale - 1 / t - Math.log(scale * t) / t;
  };
  let [low, high] = [0, 1000];
  for (let halving = 0; halving < 100; halving++) {
    const middle = (low + high) / 2;
    if (deviation(middle) < 0.07 * Math.SQRT2 * Math.min(10, Math.abs(label))) low = middle;
    else high = middle;
  }
  return Math.sign(label) * low;
}
