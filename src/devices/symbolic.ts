/** Expressions as algebra: building, references and the derivative. Simplification is in simplify.ts. */
import { unreachable } from '../core/invariant.js';
import type { GridOrder } from '../numerics/interpolate-grid.js';
import { DEVIATION_PER_LABEL } from '../numerics/nonlinearity-label.js';
import type { BinaryOperator, Expression, FunctionName } from './expression.js';

/** A constant. */
export function numeral(value: number): Expression {
  return { kind: 'number', value };
}

/** A use of a name. */
export function reference(name: string): Expression {
  return { kind: 'reference', name };
}

/** An arithmetic operation. */
export function binary(left: Expression, operator: BinaryOperator, right: Expression): Expression {
  return { kind: 'binary', operator, left, right };
}

/** A function applied to as many operands as it takes. */
export function call(name: FunctionName, ...operands: readonly Expression[]): Expression {
  return { kind: 'call', name, operands };
}

/** `-operand`. */
export function negate(operand: Expression): Expression {
  return { kind: 'negate', operand };
}

const conditional = (condition: Expression, whenTrue: Expression, whenFalse: Expression): Expression => ({
  kind: 'conditional',
  condition,
  whenTrue,
  whenFalse,
});

/** Direct operands of an expression, in order of evaluation. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'reference':
      return [];
    case 'negate':
    case 'not':
      return [expression.operand];
    case 'binary':
    case 'compare':
    case 'logical':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case 'call':
      return expression.operands;
    case 'interpolate':
      return [expression.at];
    case 'interpolate-grid':
      return [expression.x, expression.y];
    case 'element':
      return [expression.index];
    default:
      return unreachable(expression);
  }
}

/** Every name that an expression refers to. */
export function referencesOf(expression: Expression): ReadonlySet<string> {
  if (expression.kind === 'reference') return new Set([expression.name]);
  return new Set(operandsOf(expression).flatMap((operand) => [...referencesOf(operand)]));
}

/** Whether `name` occurs in an expression. */
export function dependsOn(expression: Expression, name: string): boolean {
  return expression.kind === 'reference'
    ? expression.name === name
    : operandsOf(expression).some((operand) => dependsOn(operand, name));
}

const STEPS: readonly FunctionName[] = ['sign', 'floor', 'ceil', 'round'];

/** Whether an expression jumps where `name` changes smoothly, which its derivative (0 between jumps) does not show. */
export function jumpsWith(expression: Expression, name: string): boolean {
  const isStep =
    expression.kind === 'element' ||
    (expression.kind === 'call' && STEPS.includes(expression.name)) ||
    (expression.kind === 'binary' && expression.operator === '%');
  if (isStep && dependsOn(expression, name)) return true;
  return operandsOf(expression).some((operand) => jumpsWith(operand, name));
}

/** The partial derivative by `name`, not simplified; at the joints of piecewise functions, of one side. */
export function differentiate(expression: Expression, name: string): Expression {
  if (!dependsOn(expression, name)) return numeral(0);
  const by = (operand: Expression): Expression => differentiate(operand, name);
  switch (expression.kind) {
    case 'number':
    case 'compare':
    case 'logical':
    case 'not':
    case 'element':
      return numeral(0);
    case 'reference':
      return numeral(1);
    case 'negate':
      return negate(by(expression.operand));
    case 'binary':
      return derivativeOfBinary(expression, by);
    case 'conditional':
      return conditional(expression.condition, by(expression.whenTrue), by(expression.whenFalse));
    case 'call':
      return derivativeOfCall(expression, by);
    case 'interpolate':
      return binary(slopeOf(expression), '*', by(expression.at));
    case 'interpolate-grid':
      return derivativeOfGrid(expression, by);
    default:
      return unreachable(expression);
  }
}

type Derive = (operand: Expression) => Expression;

function derivativeOfBinary(
  { operator, left, right }: Expression & { readonly kind: 'binary' },
  by: Derive,
): Expression {
  switch (operator) {
    case '+':
    case '-':
      return binary(by(left), operator, by(right));
    case '*':
      return binary(binary(by(left), '*', right), '+', binary(left, '*', by(right)));
    case '/':
      return binary(
        binary(by(left), '/', right),
        '-',
        binary(binary(left, '*', by(right)), '/', binary(right, '*', right)),
      );
    case '%': {
      // u % w is u - w floor(u / w), and the floor is constant between its jumps
      const floor = binary(binary(left, '-', binary(left, '%', right)), '/', right);
      return binary(by(left), '-', binary(floor, '*', by(right)));
    }
    case '^':
      return derivativeOfPower(left, right, by);
    default:
      return unreachable(operator);
  }
}

/** (u ^ w)' = w u ^ (w - 1) u' + u ^ w ln(u) w', each part only where its variable part exists. */
function derivativeOfPower(base: Expression, exponent: Expression, by: Derive): Expression {
  const [baseSlope, exponentSlope] = [by(base), by(exponent)];
  const powerRule = binary(binary(exponent, '*', binary(base, '^', binary(exponent, '-', numeral(1)))), '*', baseSlope);
  if (isZero(exponentSlope)) return powerRule;
  const exponentRule = binary(binary(binary(base, '^', exponent), '*', call('ln', base)), '*', exponentSlope);
  return isZero(baseSlope) ? exponentRule : binary(powerRule, '+', exponentRule);
}

const isZero = (expression: Expression): boolean => expression.kind === 'number' && expression.value === 0;

function derivativeOfCall({ name, operands }: Expression & { readonly kind: 'call' }, by: Derive): Expression {
  const [u = numeral(NaN), w = numeral(NaN)] = operands;
  if (name === 'min' || name === 'max') {
    const takesFirst: Expression = { kind: 'compare', operator: name === 'min' ? '<=' : '>=', left: u, right: w };
    return conditional(takesFirst, by(u), by(w));
  }
  return binary(OUTER_DERIVATIVE[name](u), '*', by(u));
}

/** The slope of the line through points: a constant in each piece, and 0 beyond the ends. */
function slopeOf({ at, xs, ys }: Expression & { readonly kind: 'interpolate' }): Expression {
  const slopes = xs
    .slice(1)
    .map((x, index) => ((ys[index + 1] ?? NaN) - (ys[index] ?? NaN)) / (x - (xs[index] ?? NaN)));
  return piecewise(at, { ends: xs, values: [0, ...slopes, 0] });
}

/** The slopes along both axes, each times that of its place; a bilinear piece is linear along either axis. */
function derivativeOfGrid(expression: Expression & { readonly kind: 'interpolate-grid' }, by: Derive): Expression {
  const { x, y, order } = expression;
  const along = (next: GridOrder): Expression => ({ ...expression, order: next });
  const alongX = order === 0 ? along(1) : order === 2 ? along(3) : numeral(0);
  const alongY = order === 0 ? along(2) : order === 1 ? along(3) : numeral(0);
  return binary(binary(alongX, '*', by(x)), '+', binary(alongY, '*', by(y)));
}

interface Pieces {
  /** Where pieces begin, ascending; the first piece begins at minus infinity. */
  readonly ends: readonly number[];
  /** One for each piece, one more than there are ends. */
  readonly values: readonly number[];
}

/** A step function as a balanced tree of conditions, so that long tables do not nest deeply. */
function piecewise(at: Expression, { ends, values }: Pieces): Expression {
  const middle = Math.floor(ends.length / 2);
  const end = ends[middle];
  if (end === undefined) return numeral(values[0] ?? NaN);
  const below = piecewise(at, { ends: ends.slice(0, middle), values: values.slice(0, middle + 1) });
  const above = piecewise(at, { ends: ends.slice(middle + 1), values: values.slice(middle + 1) });
  return conditional({ kind: 'compare', operator: '<', left: at, right: numeral(end) }, below, above);
}

type UnaryFunction = Exclude<FunctionName, 'min' | 'max'>;

const one = numeral(1);
const constant = (): Expression => numeral(0);
const square = (u: Expression): Expression => binary(u, '*', u);

/** f'(u) of the functions of one argument. */
const OUTER_DERIVATIVE: Readonly<Record<UnaryFunction, (u: Expression) => Expression>> = {
  abs: (u) => conditional({ kind: 'compare', operator: '>=', left: u, right: numeral(0) }, one, numeral(-1)),
  sign: constant,
  floor: constant,
  ceil: constant,
  round: constant,
  sqrt: (u) => binary(numeral(0.5), '/', call('sqrt', u)),
  exp: (u) => call('exp', u),
  ln: (u) => binary(one, '/', u),
  log10: (u) => binary(numeral(Math.LOG10E), '/', u),
  sin: (u) => call('cos', u),
  cos: (u) => negate(call('sin', u)),
  atan: (u) => binary(one, '/', binary(one, '+', square(u))),
  sinh: (u) => call('cosh', u),
  cosh: (u) => call('sinh', u),
  tanh: (u) => binary(one, '-', binary(call('tanh', u), '^', numeral(2))),
  asinh: (u) => binary(one, '/', call('sqrt', binary(square(u), '+', one))),
  acosh: (u) => binary(one, '/', call('sqrt', binary(square(u), '-', one))),
  atanh: (u) => binary(one, '/', binary(one, '-', square(u))),
  nlCurvature: labelSlope,
};

/**
 * The derivative of the curvature t of a label, from the implicit equation of curvatureOfLabel: with u = t / 2 and
 * L = coth(u) - 1/u, the deviation grows with u by L'/2 + L/(2u) - ln(sinh(u)/u)/(2u^2), near 0 by 1/4 - u^2/24.
 */
function labelSlope(label: Expression): Expression {
  const u = binary(call('nlCurvature', label), '/', numeral(2));
  const perSquare = binary(one, '/', square(u));
  const sinh = call('sinh', u);
  const langevin = binary(binary(call('cosh', u), '/', sinh), '-', binary(one, '/', u));
  const langevinSlope = binary(perSquare, '-', binary(one, '/', square(sinh)));
  const logarithm = call('ln', binary(sinh, '/', u));
  const closed = binary(binary(langevinSlope, '+', binary(langevin, '/', u)), '-', binary(logarithm, '*', perSquare));
  const isSmall: Expression = { kind: 'compare', operator: '<', left: call('abs', u), right: numeral(0.01) };
  const series = binary(numeral(0.5), '-', binary(square(u), '/', numeral(12)));
  return binary(numeral(4 * DEVIATION_PER_LABEL), '/', conditional(isSmall, series, closed));
}
