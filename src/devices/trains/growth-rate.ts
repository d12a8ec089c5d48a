/** Where a derivative is a multiple of its equation: behind an exponential of a straight line every one needs a single product. */
import type { Expression } from '../expression.js';
import { dependsOn, numeral } from '../symbolic.js';
import { slopeBy } from './step-law.js';

/**
 * What `equation` multiplied by is its derivative by `weight`, free of `weight`; undefined where it is no product with
 * an exponential.
 */
export function growthRate(equation: Expression, weight: string): Expression | undefined {
  const varies = (part: Expression): boolean => dependsOn(part, weight);
  switch (equation.kind) {
    case 'negate':
      return growthRate(equation.operand, weight);
    case 'binary': {
      const { operator, left, right } = equation;
      if ((operator === '*' || operator === '/') && !varies(right)) return growthRate(left, weight);
      return operator === '*' && !varies(left) ? growthRate(right, weight) : undefined;
    }
    case 'conditional':
      return isZero(equation.whenFalse) ? growthRate(equation.whenTrue, weight) : undefined;
    case 'call': {
      const [exponent = numeral(NaN)] = equation.operands;
      if (equation.name !== 'exp' || !varies(exponent)) return undefined;
      const slope = slopeBy(exponent, weight);
      return varies(slope) ? undefined : slope;
    }
    default:
      return undefined;
  }
}

function isZero(expression: Expression): boolean {
  return expression.kind === 'number' && expression.value === 0;
}
