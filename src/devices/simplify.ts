/**
 * Simplification of equations. A parameter that is exactly 0 or 1 is replaced by its value, because that
 * can change the form of an equation (a power of 0, a term switched off); every other parameter stays
 * by name, so that generated code remains readable and can be edited.
 */
import { unreachable } from '../core/invariant.js';
import { interpolate } from '../numerics/interpolate.js';
import { interpolateGrid } from '../numerics/interpolate-grid.js';
import { ARITHMETIC, callFunction, COMPARISON, LOGIC } from './evaluate.js';
import type { BinaryOperator, Expression } from './expression.js';
import { negate, numeral } from './symbolic.js';

/** An equal expression without neutral and dead parts; `known` gives values of names. */
export function simplify(expression: Expression, known: ReadonlyMap<string, number>): Expression {
  const simplified = (operand: Expression): Expression => simplify(operand, known);
  switch (expression.kind) {
    case 'number':
      return expression;
    case 'reference':
      return simplifyReference(expression, known);
    case 'negate':
      return simplifyNegate(simplified(expression.operand));
    case 'not':
      return simplifyNot(simplified(expression.operand));
    case 'binary':
      return simplifyBinary({
        ...expression,
        left: simplified(expression.left),
        right: simplified(expression.right),
      });
    case 'compare':
      return simplifyCompare({ ...expression, left: simplified(expression.left), right: simplified(expression.right) });
    case 'logical':
      return simplifyLogical({ ...expression, left: simplified(expression.left), right: simplified(expression.right) });
    case 'conditional':
      return simplifyConditional({
        ...expression,
        condition: simplified(expression.condition),
        whenTrue: simplified(expression.whenTrue),
        whenFalse: simplified(expression.whenFalse),
      });
    case 'call':
      return simplifyCall({ ...expression, operands: expression.operands.map(simplified) });
    case 'interpolate':
      return simplifyInterpolation({ ...expression, at: simplified(expression.at) });
    case 'interpolate-grid':
      return simplifyGrid({ ...expression, x: simplified(expression.x), y: simplified(expression.y) });
    case 'element':
      return simplifyElement({ ...expression, index: simplified(expression.index) });
    default:
      return unreachable(expression);
  }
}

type Kind<Name extends Expression['kind']> = Expression & { readonly kind: Name };

function simplifyReference(expression: Kind<'reference'>, known: ReadonlyMap<string, number>): Expression {
  const value = known.get(expression.name);
  return value === 0 || value === 1 ? numeral(value) : expression;
}

function simplifyNegate(operand: Expression): Expression {
  if (operand.kind === 'number') return numeral(-operand.value);
  return operand.kind === 'negate' ? operand.operand : negate(operand);
}

function simplifyBinary(expression: Kind<'binary'>): Expression {
  const { operator, left, right } = expression;
  if (left.kind === 'number' && right.kind === 'number') {
    return finiteNumeral(ARITHMETIC[operator](left.value, right.value)) ?? expression;
  }
  return WITHOUT_NEUTRAL[operator](left, right) ?? expression;
}

/** What is not a number when it is computed stays an operation, so that whoever computes it finds out. */
function finiteNumeral(value: number): Expression | undefined {
  return Number.isFinite(value) ? numeral(value) : undefined;
}

const is = (expression: Expression, value: number): boolean =>
  expression.kind === 'number' && expression.value === value;

type Rule = (left: Expression, right: Expression) => Expression | undefined;

/** What is left of an operation that an operand of 0 or 1 makes trivial; other operands count as finite and not 0. */
const WITHOUT_NEUTRAL: Readonly<Record<BinaryOperator, Rule>> = {
  '+': (left, right) => (is(left, 0) ? right : is(right, 0) ? left : undefined),
  '-': (left, right) => (is(right, 0) ? left : is(left, 0) ? simplifyNegate(right) : undefined),
  '*': (left, right) => {
    if (is(left, 0) || is(right, 0)) return numeral(0);
    return is(left, 1) ? right : is(right, 1) ? left : undefined;
  },
  '/': (left, right) => (is(left, 0) ? left : is(right, 1) ? left : undefined),
  '%': (left) => (is(left, 0) ? left : undefined),
  '^': (left, right) => {
    if (is(right, 0) || is(left, 1)) return numeral(1);
    return is(right, 1) ? left : undefined;
  },
};

function simplifyCompare(expression: Kind<'compare'>): Expression {
  const { operator, left, right } = expression;
  if (left.kind !== 'number' || right.kind !== 'number') return expression;
  return numeral(Number(COMPARISON[operator](left.value, right.value)));
}

function simplifyConditional(expression: Kind<'conditional'>): Expression {
  const { condition, whenTrue, whenFalse } = expression;
  const truth = truthOf(condition);
  if (truth !== undefined) return truth ? whenTrue : whenFalse;
  const isEither = whenTrue.kind === 'number' && is(whenFalse, whenTrue.value);
  return isEither ? whenTrue : expression;
}

/** Whether a simplified condition holds; undefined where that depends on a name. */
function truthOf(condition: Expression): boolean | undefined {
  return condition.kind === 'number' ? condition.value !== 0 : undefined;
}

function simplifyNot(operand: Expression): Expression {
  if (operand.kind === 'not') return operand.operand;
  const truth = truthOf(operand);
  return truth === undefined ? { kind: 'not', operand } : numeral(Number(!truth));
}

/** A side that is known decides, or leaves the other. */
function simplifyLogical(expression: Kind<'logical'>): Expression {
  const { operator, left, right } = expression;
  const [leftTruth, rightTruth] = [truthOf(left), truthOf(right)];
  if (leftTruth !== undefined && rightTruth !== undefined)
    return numeral(Number(LOGIC[operator](leftTruth, rightTruth)));
  const known = leftTruth ?? rightTruth;
  if (known === undefined) return expression;
  const isDecided = known === (operator === 'or');
  return isDecided ? numeral(Number(known)) : leftTruth === undefined ? left : right;
}

function simplifyInterpolation(expression: Kind<'interpolate'>): Expression {
  const { at, xs, ys } = expression;
  return (at.kind === 'number' && finiteNumeral(interpolate(at.value, xs, ys))) || expression;
}

function simplifyGrid(expression: Kind<'interpolate-grid'>): Expression {
  const { x, y, grid, order } = expression;
  if (x.kind !== 'number' || y.kind !== 'number') return expression;
  return finiteNumeral(interpolateGrid(x.value, y.value, grid, order)) ?? expression;
}

function simplifyElement(expression: Kind<'element'>): Expression {
  const { index, values } = expression;
  return (index.kind === 'number' && finiteNumeral(values[index.value] ?? NaN)) || expression;
}

function simplifyCall(expression: Kind<'call'>): Expression {
  const values = expression.operands.flatMap((operand) => (operand.kind === 'number' ? [operand.value] : []));
  if (values.length !== expression.operands.length) return expression;
  return finiteNumeral(callFunction(expression.name, values)) ?? expression;
}
