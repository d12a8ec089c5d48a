/** Pareto fronts against their definition, tried on all pairs. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { paretoFront, type Objective } from '../../../src/sweep/pareto.js';
import type { TableGroup } from '../../../src/sweep/sweep-table.js';

const OBJECTIVES: readonly Objective[] = [
  { figure: 'a', wants: 'least' },
  { figure: 'b', wants: 'most' },
  { figure: 'c', wants: 'least' },
];

function group(values: readonly number[]): TableGroup {
  const figures = values.map((mean, index) => ['abc'[index] ?? '', { mean, min: mean, max: mean, unit: '1' }] as const);
  return { settings: [], experiment: 'E', inner: [], seeds: 1, figures: new Map(figures), passed: true };
}

/** By definition: nothing else is at least as good everywhere and better somewhere. */
function isOnFront(index: number, all: readonly (readonly number[])[]): boolean {
  const own = all[index]!;
  if (own.some(Number.isNaN)) return false;
  const worse = (left: number[], right: number[]): boolean =>
    left.every((each, at) => each >= right[at]!) && left.some((each, at) => each > right[at]!);
  const cost = ([a, b, c]: readonly number[]): number[] => [a!, -b!, c!];
  return !all.some((other) => !other.some(Number.isNaN) && worse(cost(own), cost(other)));
}

it('holds what nothing beats, and only that', () => {
  const few = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(NaN), fc.constant(Infinity));
  fc.assert(
    fc.property(fc.array(fc.tuple(few, few, few), { maxLength: 20 }), (all) => {
      const { members } = paretoFront(all.map(group), OBJECTIVES);
      expect(members).toEqual(all.flatMap((_, index) => (isOnFront(index, all) ? [index] : [])));
    }),
    { seed: 1, numRuns: 300 },
  );
});

it('leaves out what has no such figure, and holds all of equals', () => {
  expect(paretoFront([group([1]), group([1, 2, 3]), group([1, 2, 3])], OBJECTIVES).members).toEqual([1, 2]);
});
