/** Results of operations on checked operands: their run-time form, and their number where the operands have one. */
import { ARITHMETIC, callFunction, COMPARISON } from '../../devices/evaluate.js';
import type { BinaryOperator, CompareOperator, FunctionName } from '../../devices/expression.js';
import {
  addRationals,
  divideRationals,
  multiplyRationals,
  negateRational,
  raiseRational,
  subtractRationals,
  type Rational,
} from '../../units/rational.js';
import { CONDITION, type TypedExpression, type ValueType } from './value-type.js';

/** The two sides of an operator after checking. */
export interface Sides {
  readonly left: TypedExpression;
  readonly right: TypedExpression;
}

/** `left operator right`, of the given type. */
export function arithmetic(operator: BinaryOperator, { left, right }: Sides, type: ValueType): TypedExpression {
  const isConstant = left.constant !== undefined && right.constant !== undefined;
  return {
    type,
    expression: { kind: 'binary', operator, left: left.expression, right: right.expression },
    constant: isConstant ? ARITHMETIC[operator](left.constant, right.constant) : undefined,
    exact: left.exact && right.exact && EXACT[operator](left.exact, right.exact, right.constant ?? NaN),
  };
}

type ExactOperation = (left: Rational, right: Rational, rightNumber: number) => Rational | undefined;

const EXACT: Readonly<Record<BinaryOperator, ExactOperation>> = {
  '+': addRationals,
  '-': subtractRationals,
  '*': multiplyRationals,
  '/': divideRationals,
  '%': () => undefined,
  '^': (base, _exponent, exponent) => raiseRational(base, exponent),
};

/** `-operand`. */
export function negation(operand: TypedExpression): TypedExpression {
  return {
    type: operand.type,
    expression: { kind: 'negate', operand: operand.expression },
    constant: operand.constant === undefined ? undefined : -operand.constant,
    exact: operand.exact && negateRational(operand.exact),
  };
}

/** `left operator right`, a condition; exact where both sides are. */
export function comparison(operator: CompareOperator, { left, right }: Sides): TypedExpression {
  const isConstant = left.constant !== undefined && right.constant !== undefined;
  const difference = left.exact && right.exact && subtractRationals(left.exact, right.exact);
  const compare = COMPARISON[operator];
  const decided = difference ? compare(signOf(difference), 0) : isConstant && compare(left.constant, right.constant);
  return {
    type: CONDITION,
    expression: { kind: 'compare', operator, left: left.expression, right: right.expression },
    constant: isConstant ? Number(decided) : undefined,
  };
}

function signOf({ numerator }: Rational): number {
  return numerator === 0n ? 0 : numerator < 0n ? -1 : 1;
}

/** `condition ? whenTrue : whenFalse`, of the given type. */
export function choice(condition: TypedExpression, { left, right }: Sides, type: ValueType): TypedExpression {
  const chosen = condition.constant === undefined ? undefined : condition.constant === 0 ? right : left;
  return {
    type,
    expression: {
      kind: 'conditional',
      condition: condition.expression,
      whenTrue: left.expression,
      whenFalse: right.expression,
    },
    constant: chosen?.constant,
    exact: chosen?.exact,
  };
}

/** A call of a built-in function with as many operands as it takes. */
export function functionCall(
  name: FunctionName,
  operands: readonly TypedExpression[],
  type: ValueType,
): TypedExpression {
  const constants = constantsOf(operands);
  return {
    type,
    expression: { kind: 'call', name, operands: operands.map(({ expression }) => expression) },
    constant: constants && callFunction(name, constants),
  };
}

/** The numbers of all operands; undefined where one has none. */
export function constantsOf(operands: readonly TypedExpression[]): number[] | undefined {
  const constants = operands.flatMap(({ constant }) => (constant === undefined ? [] : [constant]));
  return constants.length === operands.length ? constants : undefined;
}
