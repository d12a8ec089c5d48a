/** What an experiment on a network has to measure, and whether what it expects holds over its seeds. */
import { invariant } from '../core/invariant.js';
import { COMPARISON, evaluate } from '../devices/evaluate.js';
import type { Expression } from '../devices/expression.js';
import type { MappedNetwork } from './mapped-network.js';
import type { ExpectationResult, MetricValue } from './results.js';
import { measureUnit } from './signal-unit.js';
import type { Baseline, Measure, Study, StudyExpectation } from './study.js';

/** A figure that every seed yields: a measure, for the neurons of a selection where there is one. */
export interface StudyFigure {
  /** As written: `correlation(synapses.dw, hebbian.dw) where post.index % 2 == 0`. */
  readonly key: string;
  /** Of one seed: no mean, least or largest over the seeds. */
  readonly measure: Measure;
  readonly selection?: Expression;
  /** SI. */
  readonly unit: string;
}

/** Figures of one seed by key [SI]. */
export type SeedFigures = ReadonlyMap<string, number>;

/** The figures that the expectations of an experiment compare, each once, in their order. */
export function studyFigures(mapped: MappedNetwork): readonly StudyFigure[] {
  const figures = new Map<string, StudyFigure>();
  for (const { measures, text, selection } of mapped.study.expectations) {
    for (const outer of measures) {
      const measure = innermost(outer);
      const key = keyOf(measure, text, selection);
      const unit = measureUnit(measure, mapped);
      figures.set(key, { key, measure, unit, ...(selection && { selection }) });
    }
  }
  return [...figures.values()];
}

/** Mean and extremes of every figure over the seeds. */
export function metricsOf(
  figures: readonly StudyFigure[],
  seeds: readonly SeedFigures[],
): Readonly<Record<string, MetricValue>> {
  return Object.fromEntries(
    figures.map(({ key, unit }) => {
      const values = seeds.map((seed) => figureOf(key, seed));
      const value: MetricValue = { mean: REDUCTIONS.mean(values), min: REDUCTIONS.min(values), max: REDUCTIONS.max(values), unit }; // prettier-ignore
      return [key, value];
    }),
  );
}

/** Decides every expectation: each holds for every seed; reports the seed that is nearest to failing. */
export function decideStudy(
  { expectations, baselines }: Pick<Study, 'expectations' | 'baselines'>,
  seeds: readonly SeedFigures[],
): readonly ExpectationResult[] {
  return expectations.map((expectation) => decideOne(expectation, baselines, seeds));
}

function decideOne(
  expectation: StudyExpectation,
  baselines: readonly Baseline[],
  seeds: readonly SeedFigures[],
): ExpectationResult {
  const { text, origin, condition, unit } = expectation;
  const sides = seeds.map((seed) => {
    const values = new Map(baselines.map(({ name, value }) => [name, value]));
    for (const measure of expectation.measures) {
      values.set(measure.name, valueOf(measure, { expectation, seed, seeds }));
    }
    return sidesOf(condition, (name) => values.get(name) ?? NaN);
  });
  const worst = sides.reduce((one, other) => (one.slack <= other.slack ? one : other));
  const decided = { text, origin, value: worst.value, limit: worst.limit, ok: sides.every(({ ok }) => ok) };
  return unit === undefined ? decided : { ...decided, unit };
}

interface Sides {
  readonly value: number;
  readonly limit: number;
  readonly ok: boolean;
  /** How far the condition is from failing; negative where it fails. */
  readonly slack: number;
}

/** The sides of a comparison; of joined conditions those of the part that decides. */
function sidesOf(condition: Expression, nameValue: (name: string) => number): Sides {
  switch (condition.kind) {
    case 'compare': {
      const value = evaluate(condition.left, nameValue);
      const limit = evaluate(condition.right, nameValue);
      const ok = COMPARISON[condition.operator](value, limit);
      return { value, limit, ok, slack: slackOf(ok, limit - value) };
    }
    case 'logical': {
      const [left, right] = [sidesOf(condition.left, nameValue), sidesOf(condition.right, nameValue)];
      const isLeft = left.slack <= right.slack === (condition.operator === 'and');
      return isLeft ? left : right;
    }
    default: {
      const value = evaluate(condition, nameValue);
      const ok = value !== 0 && !Number.isNaN(value);
      return { value, limit: 1, ok, slack: ok ? Infinity : -Infinity };
    }
  }
}

/** What is not a number fails worst. */
function slackOf(ok: boolean, distance: number): number {
  if (Number.isNaN(distance)) return -Infinity;
  return ok ? Math.abs(distance) : -Math.abs(distance);
}

/** A measure of one seed, or over all of them. */
function valueOf(
  measure: Measure,
  run: { readonly expectation: StudyExpectation; readonly seed: SeedFigures; readonly seeds: readonly SeedFigures[] },
): number {
  const inner = innerOf(measure);
  const { text, selection } = run.expectation;
  if (!inner) return figureOf(keyOf(measure, text, selection), run.seed);
  const { kind } = measure;
  invariant(kind === 'mean' || kind === 'min' || kind === 'max', 'only these take a measure');
  return REDUCTIONS[kind](run.seeds.map((seed) => valueOf(inner, { ...run, seed })));
}

const REDUCTIONS = {
  mean: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length,
  min: (values: readonly number[]) => values.reduce((least, value) => Math.min(least, value), Infinity),
  max: (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), -Infinity),
};

function innerOf({ operands: [operand] }: Measure): Measure | undefined {
  return operand?.kind === 'measure' ? operand.measure : undefined;
}

function innermost(measure: Measure): Measure {
  const inner = innerOf(measure);
  return inner ? innermost(inner) : measure;
}

function keyOf({ name }: Measure, text: string, selection: Expression | undefined): string {
  return selection ? name + text.slice(text.lastIndexOf(' where ')) : name;
}

function figureOf(key: string, seed: SeedFigures): number {
  const value = seed.get(key);
  invariant(value !== undefined, `the run measures ${key}`);
  return value;
}
