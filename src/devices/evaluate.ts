/** What operators and functions of equations mean in double precision. */
import { unreachable } from '../core/invariant.js';
import { interpolate } from '../numerics/interpolate.js';
import { interpolateGrid } from '../numerics/interpolate-grid.js';
import { curvatureOfLabel } from '../numerics/nonlinearity-label.js';
import { remainder } from '../numerics/remainder.js';
import { roundHalfAwayFromZero } from '../numerics/rounding.js';
import type { BinaryOperator, CompareOperator, Expression, FunctionName, LogicalOperator } from './expression.js';

type Arithmetic = (left: number, right: number) => number;

/** Values of the binary operators. */
export const ARITHMETIC: Readonly<Record<BinaryOperator, Arithmetic>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': remainder,
  '^': (left, right) => left ** right,
};

/** Truth of the comparisons. */
export const COMPARISON: Readonly<Record<CompareOperator, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
};

/** Truth of joined conditions. */
export const LOGIC: Readonly<Record<LogicalOperator, (left: boolean, right: boolean) => boolean>> = {
  and: (left, right) => left && right,
  or: (left, right) => left || right,
};

type MathName = keyof typeof Math & string;

/** Each function as generated code calls it: a member of JavaScript's `Math`, or a function of `src/numerics`. */
export const FUNCTION_TEXT = {
  abs: 'Math.abs',
  sign: 'Math.sign',
  floor: 'Math.floor',
  ceil: 'Math.ceil',
  round: 'roundHalfAwayFromZero',
  sqrt: 'Math.sqrt',
  exp: 'Math.exp',
  ln: 'Math.log',
  log10: 'Math.log10',
  sin: 'Math.sin',
  cos: 'Math.cos',
  atan: 'Math.atan',
  sinh: 'Math.sinh',
  cosh: 'Math.cosh',
  tanh: 'Math.tanh',
  asinh: 'Math.asinh',
  acosh: 'Math.acosh',
  atanh: 'Math.atanh',
  min: 'Math.min',
  max: 'Math.max',
  nlCurvature: 'curvatureOfLabel',
} as const satisfies Readonly<Record<FunctionName, `Math.${MathName}` | 'roundHalfAwayFromZero' | 'curvatureOfLabel'>>;

type Evaluate = (...operands: readonly number[]) => number;

/** The same functions, ready to be called. */
const FUNCTIONS: Readonly<Record<FunctionName, Evaluate>> = {
  abs: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  ceil: Math.ceil,
  round: roundHalfAwayFromZero,
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
  nlCurvature: curvatureOfLabel,
};

/** Value of a function call; the number of operands is that of FUNCTION_ARITY. */
export function callFunction(name: FunctionName, operands: readonly number[]): number {
  return FUNCTIONS[name](...operands);
}

/**
 * Value of an equation, conditions as 0 and 1.
 * @param valueOf  values of the names in it
 */
export function evaluate(expression: Expression, valueOf: (name: string) => number): number {
  const value = (operand: Expression): number => evaluate(operand, valueOf);
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'reference':
      return valueOf(expression.name);
    case 'negate':
      return -value(expression.operand);
    case 'not':
      return Number(value(expression.operand) === 0);
    case 'binary':
      return ARITHMETIC[expression.operator](value(expression.left), value(expression.right));
    case 'compare':
      return Number(COMPARISON[expression.operator](value(expression.left), value(expression.right)));
    case 'logical':
      return Number(LOGIC[expression.operator](value(expression.left) !== 0, value(expression.right) !== 0));
    case 'conditional':
      return value(expression.condition) === 0 ? value(expression.whenFalse) : value(expression.whenTrue);
    case 'call':
      return callFunction(expression.name, expression.operands.map(value));
    case 'interpolate':
      return interpolate(value(expression.at), expression.xs, expression.ys);
    case 'interpolate-grid':
      return interpolateGrid(value(expression.x), value(expression.y), expression.grid, expression.order);
    case 'element':
      return expression.values[value(expression.index)] ?? NaN;
    default:
      return unreachable(expression);
  }
}
