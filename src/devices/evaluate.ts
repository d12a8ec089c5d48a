/** What operators and functions of equations mean in double precision. */
import type { BinaryOperator, CompareOperator, FunctionName } from './expression.js';

type Arithmetic = (left: number, right: number) => number;

/** Values of the binary operators. */
export const ARITHMETIC: Readonly<Record<BinaryOperator, Arithmetic>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left - right * Math.floor(left / right),
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

/** Name of each function as a member of JavaScript's `Math`. */
export const MATH_NAME = {
  abs: 'abs',
  sqrt: 'sqrt',
  exp: 'exp',
  ln: 'log',
  sinh: 'sinh',
  cosh: 'cosh',
  tanh: 'tanh',
  asinh: 'asinh',
  min: 'min',
  max: 'max',
} as const satisfies Readonly<Record<FunctionName, keyof typeof Math>>;

/** Value of a function call; the number of operands is that of FUNCTION_ARITY. */
export function callFunction(name: FunctionName, operands: readonly number[]): number {
  const evaluate: (...values: readonly number[]) => number = Math[MATH_NAME[name]];
  return evaluate(...operands);
}
