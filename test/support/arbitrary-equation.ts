/** Random device equations whose values stay moderate, for property tests. */
import fc from 'fast-check';
import type { Expression } from '../../src/devices/expression.js';
import { binary, call, negate, numeral, reference } from '../../src/devices/symbolic.js';

const one = numeral(1);
const moderate = (operand: Expression): Expression => binary(one, '+', call('abs', operand));

/** Equations over `names`; divisors, logarithms and powers see positive operands only. */
export function arbitraryEquation(names: readonly string[]): fc.Arbitrary<Expression> {
  const leaf = fc.oneof(
    fc.constantFrom(...names).map(reference),
    fc.constantFrom(0, 1, 2, 0.5, 3, 1e-3, 12.5).map(numeral),
  );
  const { equation } = fc.letrec<{ equation: Expression; binary: Expression }>((tie) => ({
    equation: fc.oneof({ maxDepth: 5, withCrossShrink: true }, leaf, tie('binary'), functions(tie('equation'))),
    binary: fc
      .tuple(fc.constantFrom('+', '-', '*', '/', '^'), tie('equation'), tie('equation'))
      .map(([operator, left, right]) => {
        if (operator === '/') return binary(left, '/', moderate(right));
        return operator === '^' ? binary(moderate(left), '^', call('tanh', right)) : binary(left, operator, right);
      }),
  }));
  return equation;
}

function functions(equation: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  return fc.oneof(
    equation.map(negate),
    fc.tuple(fc.constantFrom('abs', 'tanh', 'asinh'), equation).map(([name, u]) => call(name, u)),
    fc.tuple(fc.constantFrom('exp', 'sinh', 'cosh'), equation).map(([name, u]) => call(name, call('tanh', u))),
    fc.tuple(fc.constantFrom('sqrt', 'ln'), equation).map(([name, u]) => call(name, moderate(u))),
    fc.tuple(fc.constantFrom('min', 'max'), equation, equation).map(([name, u, w]) => call(name, u, w)),
    fc
      .tuple(fc.constantFrom('<', '<=', '>', '>=', '==', '!='), equation, equation, equation, equation)
      .map(([operator, left, right, whenTrue, whenFalse]) => ({
        kind: 'conditional' as const,
        condition: { kind: 'compare' as const, operator, left, right },
        whenTrue,
        whenFalse,
      })),
  );
}
