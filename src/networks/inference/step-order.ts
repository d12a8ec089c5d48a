/** In which order populations take a step: behind those that drive them. */
import { invariant } from '../../core/invariant.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';

/** Indices of populations; where projections close a circle, it begins with its population that is declared first. */
export function stepOrder({
  populations,
  projections,
}: Pick<MappedNetwork, 'populations' | 'projections'>): readonly number[] {
  const drives = (from: number, to: number): boolean =>
    projections.some((each) => each.from.population === from && each.to.population === to);
  const behind = populations.map((_, index) => reachedFrom(index, [...populations.keys()], drives));
  const left = new Set(populations.keys());
  const order: number[] = [];
  while (left.size > 0) {
    // Whatever drives the next one is behind it as well: they are in one circle
    const next = [...left].find((index) =>
      [...left].every((other) => behind[other]?.has(index) !== true || behind[index]?.has(other) === true),
    );
    invariant(next !== undefined, 'some circle is driven by no other');
    order.push(next);
    left.delete(next);
    // What the circle of `next` goes on with is freed by leaving `next` out
    for (const index of left) behind[index] = reachedFrom(index, [...left], drives);
  }
  return order;
}

/** What spikes of `start` reach over any number of projections, among `all`. */
function reachedFrom(
  start: number,
  all: readonly number[],
  drives: (from: number, to: number) => boolean,
): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [start];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const to of all) {
      if (found.has(to) || !drives(from, to)) continue;
      found.add(to);
      open.push(to);
    }
  }
  return found;
}
