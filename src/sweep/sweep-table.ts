/** One table of a sweep, made of its plan and the results that are there: no queue, no order of events, no clock is in it. */
import type { MetricValue } from '../ir/results.js';
import type { PointNote, PointResult, ResultRow } from './point-result.js';
import { sweepPoints, type Assignment, type SweepPlan, type SweepPoint } from './sweep-plan.js';

/** `missing` where there is no result, `failed` where the result is an error. */
export type RowState = 'done' | 'failed' | 'missing';

/** An experiment at a point; a point without a result is a row without an experiment. */
export interface TableRow {
  readonly point: string;
  readonly settings: readonly Assignment[];
  readonly state: RowState;
  readonly result?: ResultRow;
  readonly notes: readonly PointNote[];
}

/** All seeds of an experiment at the same values. */
export interface TableGroup {
  readonly settings: readonly Assignment[];
  readonly experiment: string;
  readonly inner: ResultRow['inner'];
  readonly seeds: number;
  /** Over the seeds. */
  readonly figures: ReadonlyMap<string, MetricValue>;
  readonly passed: boolean;
}

export interface SweepTable {
  readonly plan: SweepPlan;
  readonly rows: readonly TableRow[];
  readonly groups: readonly TableGroup[];
  /** Names of figures with their units, in the order in which results have them. */
  readonly figures: ReadonlyMap<string, string>;
  readonly counts: Readonly<Record<RowState, number>> & { readonly points: number };
}

/** The table of `plan`; `resultOf` finds the result of a point where there is one. */
export function sweepTable(plan: SweepPlan, resultOf: (point: string) => PointResult | undefined): SweepTable {
  const counts = { done: 0, failed: 0, missing: 0, points: 0 };
  const rows = sweepPoints(plan).flatMap((point): readonly TableRow[] => {
    const found = rowsOf(point, resultOf(point.id));
    counts[found[0]?.state ?? 'missing'] += 1;
    counts.points += 1;
    return found;
  });
  const results = rows.flatMap(({ result }) => result ?? []);
  const figures = new Map(results.flatMap((row) => row.figures.map(([name, { unit }]) => [name, unit] as const)));
  return { plan, rows, groups: groupsOf(rows), figures, counts };
}

function rowsOf({ id, settings }: SweepPoint, result: PointResult | undefined): readonly TableRow[] {
  const own = { point: id, settings, notes: result?.notes ?? [] };
  if (!result) return [{ ...own, state: 'missing' }];
  if (result.rows.length === 0) return [{ ...own, state: 'failed' }];
  return result.rows.map((row) => ({ ...own, state: 'done', result: row }));
}

/** Groups in the order of their first rows. */
function groupsOf(rows: readonly TableRow[]): readonly TableGroup[] {
  const groups = new Map<string, { readonly settings: readonly Assignment[]; readonly results: ResultRow[] }>();
  for (const { settings, result } of rows) {
    if (!result) continue;
    const key = JSON.stringify([
      settings,
      result.experiment,
      result.inner.map(([name, value]) => [name, String(value)]),
    ]);
    const group = groups.get(key) ?? { settings, results: [] };
    group.results.push(result);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ settings, results }) => {
    const [first] = results;
    return first ? [groupOf(settings, first, results)] : [];
  });
}

function groupOf(settings: readonly Assignment[], first: ResultRow, results: readonly ResultRow[]): TableGroup {
  const seeds = results.reduce((sum, { seedCount }) => sum + seedCount, 0);
  const figures = first.figures.map(([name]): [string, MetricValue] => {
    const parts = results.flatMap((row) => {
      const value = row.figures.find(([each]) => each === name)?.[1];
      return value ? [{ value, weight: row.seedCount }] : [];
    });
    return [name, overSeeds(parts)];
  });
  const passed = results.every(({ expectations }) => expectations.every(({ ok }) => ok));
  return { settings, experiment: first.experiment, inner: first.inner, seeds, figures: new Map(figures), passed };
}

/** Sums run in the order of the seeds: the same bits wherever the parts come from. */
function overSeeds(parts: readonly { readonly value: MetricValue; readonly weight: number }[]): MetricValue {
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  const [first] = parts;
  const mean = parts.reduce((sum, part) => sum + part.value.mean * part.weight, 0) / weight;
  return {
    // One part is its own mean to the last bit
    mean: first && parts.length === 1 ? first.value.mean : mean,
    min: parts.reduce((least, { value }) => Math.min(least, value.min), Infinity),
    max: parts.reduce((most, { value }) => Math.max(most, value.max), -Infinity),
    unit: first?.value.unit ?? '1',
  };
}
