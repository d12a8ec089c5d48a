import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/devices/evaluate.js';
import { checkText as check } from '../../support/check-text.js';

describe('vectors', () => {
  it.each([
    ['[1 V, 2 V]', 'a vector of 2, each voltage (V)'],
    ['[[1, 2, 3], [4, 5, 6]]', 'a matrix of 2 x 3, each plain number'],
    ['[g > g, n > 1]', 'a vector of 2, each a condition'],
    ['[1 V, 2 V] * g', 'a vector of 2, each current (A)'],
    ['-[1 V, 2 V] + [v, v]', 'a vector of 2, each voltage (V)'],
    ['[1 V, 2 V] > v', 'a vector of 2, each a condition'],
    ['sqrt([1, 4]) * 1 V', 'a vector of 2, each voltage (V)'],
    ['transpose([[1, 2, 3], [4, 5, 6]])', 'a matrix of 3 x 2, each plain number'],
    ['[[1, 2, 3], [4, 5, 6]][0]', 'a vector of 3, each plain number'],
    ['[for i in 0 .. 9 : i * 1 mV]', 'a vector of 10, each voltage (V)'],
    [
      '[for i in 0 .. 4095 : [for j in 0 .. 4095 : i == j ? 1 uS : 0 S]]',
      'a matrix of 4096 x 4096, each conductance (S)',
    ],
  ])('%s is %s', (text, type) => {
    // An index stands behind a name
    const [, vector, index] = /^(\[\[.*\]\])(\[\d\])$/.exec(text) ?? [];
    const checked = vector ? check(`m${index}`, [`m = ${vector}`]) : check(text);
    expect(checked).toMatchObject({ codes: [], type });
  });

  it.each([
    ['sum([1 V, 2 V, 3 V])', 6],
    ['mean([1, 2, 6])', 3],
    ['dot([1, 2], [3, 4])', 11],
    ['norm([3 V, 4 V]) / 1 V', 5],
    ['length([1, 2, 3]) + length([[1, 2], [3, 4], [5, 6]])', 6],
    ['max([3, 9, 4]) - min([3, 9, 4])', 6],
    ['sum([for i in 1 .. 100 : i])', 5050],
    ['sum([for i in 0 .. 99 : [for j in 0 .. 99 : i == j ? 1 : 0]])', 100],
    ['sum([1, 2, 3] * [4, 5, 6] + 1)', 35],
    ['sum([for i in 0 .. 2 : xs[i] * i])', 80],
    ['m[1, 0] + transpose(m)[0]', undefined],
    ['m[1, 0]', 3],
    ['sum(m[1])', 7],
    ['sum(transpose(m))', 10],
    ['square[3]', 25],
    ['sum([for i in 0 .. 1 : sum([for i in 0 .. 2 : i])])', 6],
    ['interp(1.5, [1, 2], [10, 20])', 15],
    ['interp([[0, 0], [2, 8]], 1)', 4],
    ['sum(interp([0, 1, 2, 9], [0, 2], [0, 8]))', 20],
    ['interp2(0.5, 2, [0, 1], [1, 3], [[0, 2], [4, 10]])', 4],
    ['sum(interp2([0, 9], 1, [0, 1], [1, 3], [[0, 2], [4, 10]]))', 4],
    ['interp2(1 V, 9 S, [0 V, 2 V], [1 S, 3 S], [[0 s, 2 s], [4 s, 10 s]]) / 1 s', 6],
  ])('%s is %s', (text, value) => {
    if (value === undefined) return;
    const checked = check(text, ['xs = [10, 20, 30]', 'm = [[1, 2], [3, 4]]', 'square = [for k in 2 .. 9 : k ^ 2]']);
    expect(checked.codes).toEqual([]);
    expect(checked.value).toBe(value);
  });

  it.each([
    ['[1 V, 2 S]', 'dsl/vector-elements', '2 S'],
    ['[[1, 2], [3]]', 'dsl/vector-elements', '[3]'],
    ['[1, [2]]', 'dsl/vector-elements', '[2]'],
    ['[1, 2] + [1, 2, 3]', 'dsl/vector-shapes', '[1, 2] + [1, 2, 3]'],
    ['[1 V, 2 V] + g', 'dsl/dimension-mismatch', 'g'],
    ['xs[3]', 'dsl/index-range', '3'],
    ['xs[-1]', 'dsl/index-range', '-1'],
    ['xs[0.5]', 'dsl/index-range', '0.5'],
    ['xs[1 V]', 'dsl/unexpected-dimension', '1 V'],
    ['xs[0, 0]', 'dsl/index-count', 'xs[0, 0]'],
    ['v[0]', 'dsl/unexpected-type', 'v'],
    ['[for i in 0 .. 3 : xs[i]]', 'dsl/index-range', 'i'],
    ['[for i in 3 .. 0 : i]', 'dsl/empty-range', '3 .. 0'],
    ['[for i in 0 .. n : i]', 'dsl/constant-expected', 'n'],
    ['[for i in 0 .. 1.5 : i]', 'dsl/integer-range', '1.5'],
    ['[for i in 0 .. 99999999999 : i]', 'dsl/vector-too-long', '[for i in 0 .. 99999999999 : i]'],
    ['[for i in 0 .. 9 : i + 1 V]', 'dsl/dimension-mismatch', '1 V'],
    ['sum([for i in 0 .. 9 : (2 V) ^ i])', 'dsl/vector-elements', '[for i in 0 .. 9 : (2 V) ^ i]'],
    ['sum([for i in 0 .. 999999 : i])', 'dsl/vector-too-long', '[for i in 0 .. 999999 : i]'],
    ['sum([for i in 0 .. 999 : v])', 'dsl/vector-too-long', '[for i in 0 .. 999 : v]'],
    ['sum(3)', 'dsl/unexpected-type', '3'],
    ['exp([1 V])', 'dsl/unexpected-dimension', '[1 V]'],
    ['dot([1], [1, 2])', 'dsl/vector-shapes', 'dot([1], [1, 2])'],
    ['transpose([1, 2])', 'dsl/unexpected-type', '[1, 2]'],
    ['interp(n, [2, 1], [0, 1])', 'dsl/points-not-ascending', '[2, 1]'],
    ['interp(v, [0, 1], [0, 1])', 'dsl/unexpected-dimension', 'v'],
    ['interp(n, [0, 1], [0, 1, 2])', 'dsl/vector-shapes', 'interp(n, [0, 1], [0, 1, 2])'],
    ['interp(n, [0, n], [0, 1])', 'dsl/constant-expected', '[0, n]'],
    ['interp([[1, 2, 3]], n)', 'dsl/unexpected-type', '[[1, 2, 3]]'],
    ['interp(n, [0, 1], [0, 1 / 0])', 'dsl/not-finite', '[0, 1 / 0]'],
    ['interp2(n, n, [0, 1], [1, 0], [[0, 1], [2, 3]])', 'dsl/points-not-ascending', '[1, 0]'],
    ['interp2(n, n, [0, 1], [0, 1], [[0, 1], [2, 0 / 0]])', 'dsl/not-finite', '[[0, 1], [2, 0 / 0]]'],
    ['interp2(n, n, [0, 1], [0, 1], [[0, 1, 2], [2, 3, 4]])', 'dsl/grid-shape', '[[0, 1, 2], [2, 3, 4]]'],
    ['interp2(n, n, [0], [0, 1], [[0, 1]])', 'dsl/grid-shape', '[[0, 1]]'],
    ['interp2(n, v, [0, 1], [0, 1], [[0, 1], [2, 3]])', 'dsl/unexpected-dimension', 'v'],
    ['interp2(n, n, [0, 1], [0, 1], [0, 1])', 'dsl/unexpected-type', '[0, 1]'],
    ['interp2(n, n, [0, 1], [0, n], [[0, 1], [2, 3]])', 'dsl/constant-expected', '[0, n]'],
    ['interp2(n, n, [0, 1])', 'dsl/argument-count', 'interp2(n, n, [0, 1])'],
    ['vs[i]', 'dsl/index-not-constant', 'vs[i]'],
    ['["a", "b"]', 'dsl/number-expected', '["a", "b"]'],
    ['[1, 2] ? 1 : 2', 'dsl/truth-value', '[1, 2]'],
    ['[1, unknown] + [unknown]', 'dsl/unknown-name', 'unknown'],
  ])('%s is refused with %s', (text, code, marked) => {
    const checked = check(text, ['xs = [10, 20, 30]', 'vs = [v, v]']);
    expect(checked.codes[0]).toBe(code);
    expect(new Set(checked.codes).size).toBe(1);
    expect(checked.diagnostics[0]?.span?.file === 'input.ion' ? checked.marked : marked).toBe(marked);
  });

  it.each([
    ['xs[i]', 30],
    ['xs[i % 3] * 2', 60],
    ['m[i - 1, 0]', 3],
    ['square[i]', 16],
    ['[for k in 0 .. 2 : xs[k] * n][i]', 0],
    ['interp(n, [0, 1], [10, 30])', 20],
    ['interp2(n, 2 * n, [0, 1], [0, 2], [[10, 30], [50, 90]])', 45],
    ['sum([v, 2 * v, 3 * v]) / 1 V', 6],
    ['sum([for k in 0 .. 9 : k * n])', 22.5],
  ])('%s keeps its meaning at run time', (text, value) => {
    const lets = ['xs = [10, 20, 30]', 'm = [[1, 2], [3, 4]]', 'square = [for k in 2 .. 9 : k ^ 2]'];
    const direct = text.startsWith('[for')
      ? check('scaled[i]', [...lets, 'scaled = [for k in 0 .. 2 : xs[k] * n]'])
      : check(text, lets);
    expect(direct.codes).toEqual([]);
    const values: Readonly<Record<string, number>> = { i: 2, n: 0.5, v: 1 };
    const found = evaluate(direct.typed!.expression, (name) => values[name] ?? NaN);
    expect(found).toBe(text.startsWith('[for') ? 15 : value);
  });

  it('a comprehension of any size costs nothing until it is used', () => {
    const before = process.memoryUsage().heapUsed;
    const big = check('w[4095, 17] / 1 uS', ['w = [for i in 0 .. 4095 : [for j in 0 .. 4095 : (i + j) * 1 uS]]']);
    expect(big).toMatchObject({ codes: [] });
    expect(big.value).toBeCloseTo(4112, 9);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20e6);
  });
});

describe('functions of the text', () => {
  const area = 'disk(r) = pi * r ^ 2';

  it('are checked for the arguments of each call', () => {
    expect(check('disk(2 m)', [area])).toMatchObject({ codes: [], type: 'm^2' });
    expect(check('disk(3)', [area])).toMatchObject({ codes: [], type: 'a plain number' });
    expect(check('sum(disk([1, 2]))', [area]).value).toBeCloseTo(5 * Math.PI, 12);
    expect(check('twice(disk, 2)', [area]).codes).toEqual(['dsl/unexpected-type', 'dsl/unknown-name']);
  });

  it('tell mistakes where they are, and the call that makes them', () => {
    const { codes, marked, diagnostics } = check('shift(g)', ['shift(x) = x + 1 V']);
    expect([codes, marked]).toEqual([['dsl/dimension-mismatch'], '1 V']);
    expect(diagnostics[0]?.related?.map(({ message }) => message)).toEqual([
      'this side is conductance (S)',
      'in this call of `shift`',
    ]);
  });

  it('tell what is wrong for all arguments once, without any call', () => {
    expect(check('1', ['f(x) = x + nothing']).codes).toEqual(['dsl/unknown-name']);
    expect(check('f(1) + f(2)', ['f(x) = x + nothing']).codes).toEqual(['dsl/unknown-name']);
    expect(check('1', ['f(x) = x * (v + g)']).codes).toEqual(['dsl/dimension-mismatch']);
  });

  it('see the names of their declaration, not of their call', () => {
    expect(check('f(1)', ['a = 2', 'f(x) = a * x']).value).toBe(2);
    expect(check('sum([for a in 5 .. 6 : f(a)])', ['a = 2', 'f(x) = a * x']).value).toBe(22);
  });

  it('do not call themselves, nor what comes later', () => {
    expect(check('f(1)', ['f(x) = x > 0 ? f(x - 1) : 0']).codes).toEqual(['dsl/recursive-function']);
    expect(check('f(1)', ['f(x) = h(x)', 'h(x) = f(x)']).codes).toEqual(['dsl/used-before-declared']);
  });

  it('take as many arguments as they declare', () => {
    expect(check('disk(1, 2)', [area])).toMatchObject({ codes: ['dsl/argument-count'], marked: 'disk(1, 2)' });
    expect(check('disk + 1', [area]).codes).toEqual(['dsl/unexpected-type']);
  });

  it('cannot be nested without end', () => {
    const chain = Array.from(
      { length: 5000 },
      (_, index) => `f${index}(x) = ${index === 0 ? 'x' : `f${index - 1}(x)`}`,
    );
    expect(check('f10(1)', chain).codes).toEqual([]);
    expect(check('f4999(1)', chain).codes).toEqual(['dsl/call-depth']);
  });

  it('cannot grow without end', () => {
    const doubling = Array.from({ length: 40 }, (_, index) =>
      index === 0 ? 'f0(x) = x' : `f${index}(x) = f${index - 1}(x) + f${index - 1}(x)`,
    );
    const started = performance.now();
    expect(check('f39(v)', doubling).codes).toEqual(['dsl/expression-too-large']);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('cannot be hidden in chains of vectors', () => {
    const chain = (step: (index: number) => string) =>
      Array.from({ length: 3000 }, (_, index) => `v${index} = ${index === 0 ? '[1, 2]' : step(index - 1)}`);
    const added = chain((last) => `v${last} + 1`);
    const indexed = chain((last) => `[for i in 0 .. 1 : v${last}[i] + 1]`);
    expect(check('v20[1]', added).value).toBe(22);
    expect(check('v20[1]', indexed).value).toBe(22);
    expect(check('v2999[1]', added).codes).toEqual(['dsl/call-depth']);
    expect(check('v2999[1]', indexed).codes).toEqual(['dsl/call-depth']);
  });

  it('cannot be hidden in comprehensions of comprehensions', () => {
    const nested = Array.from({ length: 20 }).reduce<string>(
      (inner, _, level) => `[for i${level} in 0 .. 1 : ${inner}]`,
      '1',
    );
    const started = performance.now();
    expect(check(nested).codes).toEqual(['dsl/expansion-limit']);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('and vectors share a budget', () => {
    const rows = 'm = [for i in 0 .. 249 : [for j in 0 .. 249 : i * j]]';
    const sums = Array.from({ length: 20 }, () => 'sum(m)').join(' + ');
    const started = performance.now();
    expect(check(sums, [rows]).codes).toEqual(['dsl/expansion-limit']);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
