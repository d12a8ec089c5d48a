/** Which of the settings of a sweep nothing else beats in every objective. */
import type { TableGroup } from './sweep-table.js';

/** A figure, and which end of it is wanted. */
export interface Objective {
  readonly figure: string;
  readonly wants: 'least' | 'most';
}

export interface ParetoFront {
  readonly objectives: readonly Objective[];
  /** Indices of the groups that are on the front, in the order of the table. */
  readonly members: readonly number[];
}

/**
 * The groups of which no other is at least as good in every objective and better in one; figures are means over the seeds.
 * Groups that lack an objective, or whose figure is not a number, take no part.
 */
export function paretoFront(groups: readonly TableGroup[], objectives: readonly Objective[]): ParetoFront {
  const entrants = groups.flatMap((group, index) => {
    const costs = objectives.map((objective) => costOf(group, objective));
    return costs.some(Number.isNaN) ? [] : [{ index, costs }];
  });
  // In this order, what beats an entrant stands before it, so that those found so far are all there is to look at
  const inOrder = entrants.toSorted((left, right) => compareCosts(left.costs, right.costs));
  const front: typeof entrants = [];
  for (const entrant of inOrder) if (!front.some(({ costs }) => isBeaten(entrant.costs, costs))) front.push(entrant);
  return { objectives, members: front.map(({ index }) => index).sort((left, right) => left - right) };
}

/** What is to be least; NaN where the group does not have it. */
function costOf({ figures }: TableGroup, { figure, wants }: Objective): number {
  const mean = figures.get(figure)?.mean ?? NaN;
  return wants === 'least' ? mean : -mean;
}

function compareCosts(left: readonly number[], right: readonly number[]): number {
  for (const [index, cost] of left.entries()) {
    const other = right[index] ?? NaN;
    if (cost !== other) return cost < other ? -1 : 1;
  }
  return 0;
}

function isBeaten(costs: readonly number[], by: readonly number[]): boolean {
  const isNowhereWorse = by.every((cost, index) => cost <= (costs[index] ?? NaN));
  return isNowhereWorse && by.some((cost, index) => cost < (costs[index] ?? NaN));
}
