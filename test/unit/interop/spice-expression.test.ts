/** Equations as ngspice reads them against the same equations evaluated as written. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { spiceText } from '../../../src/backends/interop/spice-expression.js';
import { countTerms } from '../../../src/backends/interop/count-terms.js';
import type { Expression } from '../../../src/devices/expression.js';
import { curvatureOfLabel } from '../../../src/numerics/nonlinearity-label.js';
import { labelCurve } from '../../../src/backends/interop/label-curve.js';
import { evaluate } from '../../../src/devices/evaluate.js';
import { binary, call, numeral, reference } from '../../../src/devices/symbolic.js';
import { arbitraryEquation } from '../../support/arbitrary-equation.js';
import { equation } from '../../support/equation.js';
import { evaluateEquation } from '../../support/evaluate-equation.js';
import { hasNgspice, runNgspice } from '../../support/ngspice.js';

const VALUES = { a: 0.7, b: -2.5, c: 3 };
const valueByName = new Map(Object.entries(VALUES));
const parameters = new Map(Object.keys(VALUES).map((name) => [name, `p_${name}`]));
const nodes = new Map(Object.keys(VALUES).map((name) => [name, `v(${name})`]));

/** Values of `expressions` in ngspice, each as a parameter and as a source whose names are nodes. */
async function inNgspice(expressions: readonly Expression[]): Promise<readonly (readonly [number, number])[]> {
  const lines = expressions.flatMap((expression, index) => {
    const parameter = spiceText(expression, { textByName: parameters, valueByName, place: 'parameter' });
    const source = spiceText(expression, { textByName: nodes, valueByName: new Map(), place: 'source' });
    const id = String(index);
    return [`.param e${id}={${parameter}}`, `Vp${id} p${id} 0 {e${id}}`, `Bs${id} s${id} 0 V = ${source}`];
  });
  const inputs = Object.entries(VALUES).flatMap(([name, value]) => [
    `.param p_${name}=${String(value)}`,
    `V${name} ${name} 0 ${String(value)}`,
    `.nodeset v(${name})=${String(value)}`,
  ]);
  const vectors = await runNgspice(['* equations', ...inputs, ...lines, '.op', '.end', ''].join('\n'));
  return expressions.map((_, index) => {
    const [parameter = NaN] = vectors.get(`v(p${String(index)})`) ?? [];
    const [source = NaN] = vectors.get(`v(s${String(index)})`) ?? [];
    return [parameter, source];
  });
}

const table = (at: Expression): Expression => ({ kind: 'interpolate', at, xs: [-1, 0, 2], ys: [5, 1, 3] });
const list = (index: number): Expression => ({ kind: 'element', values: [4, 8, 15], index: numeral(index) });
const grid = (x: Expression, y: Expression): Expression => ({
  kind: 'interpolate-grid',
  x,
  y,
  grid: { xs: [0, 1, 3], ys: [-3, 0], values: [1, 2, 5, 4, 7, 0] },
  order: 0,
});

const CASES: readonly (readonly [string, Expression, number])[] = [
  ['an odd power of a negative base', equation('b ^ 3'), -15.625],
  ['an even power of a negative base', equation('b ^ 2'), 6.25],
  ['a power with an exponent that changes', equation('b ^ c'), -15.625],
  ['a root', equation('c ^ 0.5'), Math.sqrt(3)],
  ['a remainder with the sign of the divisor', binary(reference('b'), '%', reference('c')), 0.5],
  ['halves away from zero', call('round', reference('b')), -3],
  ['a table', table(reference('a')), 1.7],
  ['a table before its first point', table(reference('b')), 5],
  ['a table behind its last point', table(reference('c')), 3],
  ['a table of one point', { kind: 'interpolate', at: reference('a'), xs: [2], ys: [7] }, 7],
  ['a surface', grid(reference('a'), reference('b')), (5 / 6) * 3.8 + (1 / 6) * 3.4],
  ['a surface beyond its edges', grid(reference('c'), numeral(9)), 0],
  ['the elements of a list', binary(list(0), '+', binary(list(2), '-', list(1))), 11],
  ['conditions as numbers', equation('(a < c) + (b >= a) * 4 + (a == a) - (a != c) * 10'), -8],
  ['a choice of choices', equation('a > 1 ? b > 1 ? 1 : 2 : c > 1 ? 3 : 4'), 3],
  ['a label of nonlinearity', call('nlCurvature', reference('a')), curvatureOfLabel(0.7)],
  ['a negative label', call('nlCurvature', reference('b')), curvatureOfLabel(-2.5)],
  ['a label beyond the largest', call('nlCurvature', numeral(12)), curvatureOfLabel(10)],
  ['minus before a product', equation('a - -b * c'), 0.7 - 7.5],
  ['what divides first', equation('a / b / c - a / (b / c)'), 0.7 / -2.5 / 3 + 0.7 / (2.5 / 3)],
];

describe.skipIf(!hasNgspice)('ngspice understands', () => {
  test('what it calls otherwise or computes otherwise', async () => {
    const found = await inNgspice(CASES.map(([, expression]) => expression));
    CASES.forEach(([what, , value], index) => {
      for (const each of found[index]!)
        expect(Math.abs(each - value), what).toBeLessThanOrEqual(
          what.includes('label') ? 3e-4 * Math.abs(value) : 1e-9,
        );
    });
  });

  test('random equations', async () => {
    const expressions = fc.sample(arbitraryEquation(['a', 'b', 'c']), { numRuns: 120, seed: 7 });
    const short = expressions.filter((expression) => countTerms(expression, 'source') < 2000);
    expect(short.length).toBeGreaterThan(80);
    const found = await inNgspice(short);
    short.forEach((expression, index) => {
      const value = evaluateEquation(expression, VALUES);
      const text = spiceText(expression, { textByName: parameters, valueByName, place: 'source' });
      for (const each of found[index]!)
        expect(Math.abs(each - value), text).toBeLessThanOrEqual(1e-7 * (1 + Math.abs(value)));
    });
  });
});

test('the table of labels is good to 3e-4', () => {
  const curve = labelCurve(reference('label'));
  for (let label = -9.99; label < 10; label += 0.0371) {
    expect(Math.abs(evaluate(curve, () => label) / curvatureOfLabel(label) - 1)).toBeLessThan(3e-4);
  }
});

describe('terms', () => {
  it('count what the text repeats', () => {
    expect(countTerms(equation('a + b * c'), 'source')).toBe(5);
    expect(countTerms(binary(equation('a + b'), '%', numeral(2)), 'source')).toBe(9);
    expect(countTerms(table(equation('a + b')), 'parameter')).toBe(19);
    expect(countTerms(table(equation('a + b')), 'source')).toBe(10);
  });

  it('count shared parts every time, without looking at them twice', () => {
    let shared: Expression = reference('a');
    for (let depth = 0; depth < 200; depth++) shared = binary(shared, '+', shared);
    expect(countTerms(shared, 'source')).toBeGreaterThan(2 ** 200);
  });
});
