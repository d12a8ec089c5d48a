/** Results of experiments as rows of a sweep: figures only, and nothing that depends on when or where they were found. */
import type { ExperimentResult, MetricValue } from '../ir/results.js';
import type { StudyResult } from '../ir/study-result.js';
import { METRIC_NAMES } from '../report/format-metric.js';
import type { ResultRow } from '../sweep/point-result.js';

/** An experiment that writes a program: its metrics. */
export function programRow(result: ExperimentResult): ResultRow {
  const figures = METRIC_NAMES.map((name) => [name, result.metrics[name]] as const);
  return { ...seedsOf(result), inner: [], figures };
}

/** An experiment on a network: what it measures, and what the first seed did. */
export function studyRow(result: StudyResult): ResultRow {
  const figures = new Map<string, MetricValue>(Object.entries(result.measures));
  for (const [name, value, unit] of activityFigures(result)) {
    // What the experiment measures over all its seeds goes before
    if (!figures.has(name)) figures.set(name, { mean: value, min: value, max: value, unit });
  }
  const inner = result.point.map(({ name, value }) => [name, value] as const);
  return { ...seedsOf(result), inner, figures: [...figures] };
}

/** Figures of every experiment on a network, whatever it measures. */
export const ACTIVITY_FIGURES = [
  'deviceEnergy',
  'pulses',
  'reads',
  'conversions',
  'spikes',
  'time',
  'last accuracy',
  'last loss',
  'last score',
] as const;

type ActivityFigure = readonly [name: (typeof ACTIVITY_FIGURES)[number], value: number, unit: string];

function activityFigures({ activity, curve }: StudyResult): readonly ActivityFigure[] {
  const { energy, pulses, reads, conversions, spikes, seconds } = activity;
  const { accuracy, loss, score } = curve.at(-1) ?? {};
  return [
    ['deviceEnergy', Object.values(energy).reduce((sum, joules) => sum + joules, 0), 'J'],
    ['pulses', pulses, 'pulses'],
    ['reads', reads, '1'],
    ['conversions', conversions, '1'],
    ['spikes', spikes, 'spikes'],
    ['time', seconds, 's'],
    ...(accuracy === undefined ? [] : [['last accuracy', accuracy, '1'] as const]),
    ...(loss === undefined ? [] : [['last loss', loss, '1'] as const]),
    ...(score === undefined ? [] : [['last score', score, '1'] as const]),
  ];
}

function seedsOf({
  name,
  firstSeed,
  seedCount,
  expectations,
}: Pick<ExperimentResult, 'name' | 'firstSeed' | 'seedCount' | 'expectations'>) {
  return {
    experiment: name,
    firstSeed,
    seedCount,
    expectations: expectations.map(({ text, value, limit, ok }) => ({ text, value, limit, ok })),
  };
}
