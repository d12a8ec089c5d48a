/** What one seed of a training came to: its curve and its measures. */
import type { CurvePoint, StudyActivity } from '../../ir/study-result.js';
import type { Measure, MeasureOperand } from '../../ir/study.js';
import type { ArrayCounts, SynapseArray } from '../arrays/synapse-array.js';
import type { SeedFigures, StudyFigure } from '../../ir/study-expectations.js';
import { nameOfSamples } from './study-plan.js';

/** Counts of all arrays, and the time of the experiment [s]. */
export function activityOf(all: readonly ArrayCounts[], seconds: number): StudyActivity {
  const energy: Record<string, number> = {};
  let [pulses, refreshes, reads, conversions, programming] = [0, 0, 0, 0, 0];
  for (const counts of all) {
    pulses += counts.pulses;
    refreshes += counts.refreshes;
    reads += counts.reads;
    conversions += counts.conversions ?? 0;
    programming += counts.seconds ?? 0;
    for (const [share, joules] of Object.entries(counts.energy)) energy[share] = (energy[share] ?? 0) + joules;
  }
  return { seconds: seconds + programming, pulses, refreshes, reads, conversions, spikes: 0, energy };
}

/** What measures are taken from. */
export interface SeedRecord {
  readonly curve: readonly CurvePoint[];
  readonly activity: StudyActivity;
  readonly arrays: ReadonlyMap<string, SynapseArray>;
  /** Spikes by the name of their population, without the indices of instances; absent where nothing fires. */
  readonly spikes?: ReadonlyMap<string, SpikeCounts>;
}

/** Spikes of a population, in a run beside one with exact weights. */
export interface SpikeCounts {
  readonly neurons: number;
  readonly found: number;
  /** In both runs at the same neuron and step, and in either. */
  readonly both: number;
  readonly either: number;
  /** Time over which they were counted [s]. */
  readonly seconds: number;
}

/** All figures of a seed by key; NaN for what the schedule never showed. */
export function seedFigures(figures: readonly StudyFigure[], record: SeedRecord): SeedFigures {
  return new Map(figures.map(({ key, measure }) => [key, measured(measure, record)]));
}

function measured({ kind, operands }: Measure, record: SeedRecord): number {
  const [operand] = operands;
  if (operand?.kind === 'population') return ofSpikes(kind, record.spikes?.get(operand.name));
  if (isOfSamples(kind)) return lastPoint(operands, record.curve)?.[kind] ?? NaN;
  switch (kind) {
    case 'pulses':
      return record.activity.pulses;
    case 'time':
      return record.activity.seconds;
    case 'energy':
      return energyOf(operand, record.activity);
    case 'mean':
    case 'min':
    case 'max':
      return overWeights(kind, operand, record.arrays);
    default:
      return NaN;
  }
}

/** Measures that a presentation of samples yields. */
const OF_SAMPLES = ['accuracy', 'agreement', 'loss', 'score', 'wins'] as const;

function isOfSamples(kind: Measure['kind']): kind is (typeof OF_SAMPLES)[number] {
  return OF_SAMPLES.some((each) => each === kind);
}

function ofSpikes(kind: Measure['kind'], counts: SpikeCounts | undefined): number {
  if (!counts) return NaN;
  if (kind === 'spikes') return counts.found;
  if (kind === 'rate') return counts.found / counts.neurons / counts.seconds;
  // Where nothing fires, nothing differs
  return counts.either === 0 ? 1 : counts.both / counts.either;
}

/** The last test of the samples, in the phase where one is named; without a test the last training on them. */
function lastPoint(operands: readonly MeasureOperand[], curve: readonly CurvePoint[]): CurvePoint | undefined {
  const samples = operands.find((operand) => operand.kind === 'samples');
  const phase = operands.find((operand) => operand.kind === 'phase');
  const points = curve.filter(
    (point) =>
      samples &&
      point.samples === nameOfSamples(samples.samples) &&
      (!phase || point.phases.some(({ name }) => name === phase.name)),
  );
  return points.findLast(({ kind }) => kind === 'test') ?? points.at(-1);
}

function energyOf(operand: MeasureOperand | undefined, { energy }: StudyActivity): number {
  const term = operand?.kind === 'term' ? operand.name : 'total';
  if (term !== 'total') return energy[term] ?? 0;
  return Object.values(energy).reduce((sum, joules) => sum + joules, 0);
}

/** Over the weights of `projection.w`. */
function overWeights(
  kind: 'mean' | 'min' | 'max',
  operand: MeasureOperand | undefined,
  arrays: ReadonlyMap<string, SynapseArray>,
): number {
  if (operand?.kind !== 'signal' || !operand.name.endsWith('.w')) return NaN;
  const weights = arrays.get(operand.name.slice(0, -'.w'.length))?.weights();
  if (!weights) return NaN;
  if (kind === 'mean') return weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return weights.reduce((end, weight) => (kind === 'min' ? Math.min(end, weight) : Math.max(end, weight)), weights[0] ?? NaN); // prettier-ignore
}
