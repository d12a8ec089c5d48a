/** Reference meaning of device equations: evaluated node by node as written, nothing simplified or reordered. */
import type { Expression } from '../../src/devices/expression.js';

const FUNCTIONS = {
  abs: Math.abs,
  sqrt: Math.sqrt,
  exp: Math.exp,
  ln: Math.log,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  min: Math.min,
  max: Math.max,
};

/** Value of `expression`, comparisons as 0 and 1; throws for a name without value. */
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
    case 'binary': {
      const [left, right] = [valueOf(expression.left), valueOf(expression.right)];
      if (expression.operator === '+') return left + right;
      if (expression.operator === '-') return left - right;
      if (expression.operator === '*') return left * right;
      return expression.operator === '/' ? left / right : left ** right;
    }
    case 'compare': {
      const difference = valueOf(expression.left) - valueOf(expression.right);
      if (expression.operator.startsWith('<') && difference < 0) return 1;
      if (expression.operator.startsWith('>') && difference > 0) return 1;
      if (expression.operator === '!=') return difference === 0 ? 0 : 1;
      return expression.operator.endsWith('=') && difference === 0 ? 1 : 0;
    }
    case 'conditional':
      return valueOf(expression.condition) === 1 ? valueOf(expression.whenTrue) : valueOf(expression.whenFalse);
    case 'call': {
      const evaluate: (...operands: readonly number[]) => number = FUNCTIONS[expression.name];
      return evaluate(...expression.operands.map(valueOf));
    }
  }
}
