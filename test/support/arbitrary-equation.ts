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
    equation: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      leaf,
      tie('binary'),
      functions(tie('equation')),
      steps(leaf),
    ),
    binary: fc
      .tuple(fc.constantFrom('+', '-', '*', '/', '^'), tie('equation'), tie('equation'))
      .map(([operator, left, right]) => {
        if (operator === '/') return binary(left, '/', moderate(right));
        return operator === '^' ? binary(moderate(left), '^', call('tanh', right)) : binary(left, operator, right);
      }),
  }));
  return equation;
}

/** What jumps sees single values only, which compilation computes as written. */
function steps(leaf: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  return fc.oneof(
    fc.tuple(fc.constantFrom('sign', 'floor', 'ceil', 'round'), leaf).map(([name, u]) => call(name, u)),
    fc.tuple(leaf, fc.constantFrom(3, -0.75, 1)).map(([u, divisor]) => binary(u, '%', numeral(divisor))),
    leaf.map((u) => ({
      kind: 'element' as const,
      values: Array.from({ length: 16 }, (_, index) => (index * 7) % 5),
      index: call('floor', call('abs', u)),
    })),
  );
}

function conditions(equation: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  const compare = fc
    .tuple(fc.constantFrom('<', '<=', '>', '>=', '==', '!='), equation, equation)
    .map(([operator, left, right]) => ({ kind: 'compare' as const, operator, left, right }));
  const logical = fc
    .tuple(fc.constantFrom('and', 'or'), compare, compare)
    .map(([operator, left, right]) => ({ kind: 'logical' as const, operator, left, right }));
  return fc.oneof(
    compare,
    logical,
    logical.map((operand) => ({ kind: 'not' as const, operand })),
  );
}

function functions(equation: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> {
  return fc.oneof(
    equation.map(negate),
    fc.tuple(fc.constantFrom('abs', 'tanh', 'asinh', 'sin', 'cos', 'atan'), equation).map(([name, u]) => call(name, u)),
    fc.tuple(fc.constantFrom('exp', 'sinh', 'cosh'), equation).map(([name, u]) => call(name, call('tanh', u))),
    equation.map((u) => call('atanh', binary(numeral(0.5), '*', call('tanh', u)))),
    fc.tuple(fc.constantFrom('sqrt', 'ln', 'log10', 'acosh'), equation).map(([name, u]) => call(name, moderate(u))),
    fc.tuple(fc.constantFrom('min', 'max'), equation, equation).map(([name, u, w]) => call(name, u, w)),
    equation.map((at) => ({ kind: 'interpolate' as const, at, xs: [-1, 0.5, 2, 10], ys: [2, -0.5, 1, 1.5] })),
    fc
      .tuple(conditions(equation), equation, equation)
      .map(([condition, whenTrue, whenFalse]) => ({ kind: 'conditional' as const, condition, whenTrue, whenFalse })),
  );
}
