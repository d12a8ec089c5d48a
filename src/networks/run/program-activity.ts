/**
 * What the controllers of a network's projections do in a run, counted from the pulse programs that co-simulation replays:
 * all of it where programs say all of the run, else a sample, scaled to the run.
 */
import { invariant } from '../../core/invariant.js';
import type { ActivityCounter } from '../../ir/activity.js';
import { cellWear, type CellWear } from '../../ir/cell-wear.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { isInference, isSpiking } from '../../ir/study-kind.js';
import type { LineSteps } from '../../ir/results.js';
import type { ProgramActivity, ProgramCounts, StudyResult } from '../../ir/study-result.js';
import { formatCount } from '../../units/format-quantity.js';
import { stepsOfInference } from '../programs/inference-jobs.js';
import { isTrainedThroughTime } from '../recurrent/sequence-plan.js';
import { createStudyJobs, DEFAULT_BATCHES, DEFAULT_STEPS, type StudyJob } from './create-study-jobs.js';
import { countDataSets, type WeightedCounts } from './data-set-counts.js';
import { refusalOf } from './refusal.js';
import { planStudy } from './study-plan.js';
import type { SampleSource, StudyCheckpoint } from './study-run.js';

/** Counts by projection, and which projections have none for what reason. */
export interface StudyPrograms {
  readonly programs: readonly ProgramActivity[];
  /** In words. */
  readonly without: readonly string[];
}

/** A run that has ended. */
export interface EndedRun {
  readonly result: Pick<StudyResult, 'curve'>;
  readonly end: StudyCheckpoint;
}

/**
 * Counts of the first seed of `mapped`, of what is tested behind a training through time those of the last, whose weights
 * `end` has; an experiment that no program carries out has none, and says why.
 */
export function studyPrograms(mapped: MappedNetwork, samples: SampleSource, { result, end }: EndedRun): StudyPrograms {
  const one = isTrainedThroughTime(mapped) ? mapped : { ...mapped, study: { ...mapped.study, seedCount: 1 } };
  const without: string[] = [];
  try {
    const record = (steps?: number): readonly StudyJob[] => {
      const jobs = createStudyJobs(one, samples, steps, ({ name }, reason) => {
        if (steps === undefined) without.push(`${name}: ${reason}`);
      });
      return jobs.kind === 'ready' ? jobs.jobs : jobs.jobs(end);
    };
    const jobs = record();
    const share = shareOf(one, samples, result);
    const shorter = share.more > 0 ? record(share.batches / 2) : [];
    return { programs: jobs.map((job, index) => countedJob(job, shorter[index], share)), without };
  } catch (error) {
    const refusal = refusalOf(error, mapped.study.name);
    if (!refusal) throw error;
    return { programs: [], without: [refusal.reason] };
  }
}

/** What of the run the programs are. */
interface RunShare {
  /** In words. */
  readonly what: string;
  /** Batches that are recorded, of trainings. */
  readonly batches: number;
  /** Batches behind them. */
  readonly more: number;
}

function shareOf(mapped: MappedNetwork, samples: SampleSource, { curve }: Pick<StudyResult, 'curve'>): RunShare {
  const whole = { batches: 0, more: 0 };
  if (isSpiking(mapped)) return { ...whole, what: 'runs of the first seed' };
  if (isTrainedThroughTime(mapped)) return { ...whole, what: 'sequences of the test, the training being the host’s' };
  if (isInference(mapped)) {
    const all = stepsOfInference(mapped, samples);
    const batches = Math.min(all, DEFAULT_STEPS);
    return { batches, more: all - batches, what: `first ${formatCount(batches)} of ${formatCount(all)} steps` };
  }
  const shown = planStudy(mapped.study.schedule).flatMap((step) => ('batch' in step ? [step] : []));
  const all = shown.reduce((sum, step, at) => sum + Math.ceil((curve[at]?.count ?? 0) / step.batch), 0);
  const batches = Math.min(all, DEFAULT_BATCHES);
  return { batches, more: all - batches, what: `first ${formatCount(batches)} of ${formatCount(all)} batches` };
}

/** Counts of `job`; batches behind it are taken to be like its second half, which `shorter` lacks. */
function countedJob(
  { projection: whole, part, setups }: StudyJob,
  shorter: StudyJob | undefined,
  { what, batches, more }: RunShare,
): ProgramActivity {
  const projection = part === undefined ? whole : `${whole}, part ${String(part)}`;
  const [setup] = setups;
  invariant(setup, 'a job has a program');
  const { scheduled } = setup;
  const { program } = scheduled;
  const { parts, seen, all } = countDataSets(program);
  const half = shorter?.setups[0] ? countDataSets(shorter.setups[0].scheduled.program).parts : undefined;
  const extra = half ? more / (batches / 2) : 0;
  const counts = [...weighed(parts, 1 + extra), ...weighed(half ?? [], -extra)];
  const isExact = seen === all && more === 0;
  const some = seen === all ? '' : `, ${formatCount(seen)} of ${formatCount(all)} data sets`;
  return {
    projection,
    array: scheduled.mapped,
    counts: { ...countsOf(counts, program.clockHz), ...memoryCountsOf(counts) },
    basis: `pulse program of ${projection}: ${what}${some}${isExact ? '' : ', scaled to the run'}`,
    isExact,
    wear: wearOf(counts, program.columns),
  };
}

function weighed(parts: readonly WeightedCounts[], factor: number): readonly WeightedCounts[] {
  return parts.map((part) => ({ ...part, weight: part.weight * factor }));
}

function memoryCountsOf(counts: readonly WeightedCounts[]): Pick<ProgramCounts, 'addressEvents' | 'planeReads'> {
  return {
    addressEvents: sumOf(counts, ({ memory }) => memory.spikes),
    planeReads: {
      row: sumOf(counts, ({ memory }) => memory.planeReads.row),
      column: sumOf(counts, ({ memory }) => memory.planeReads.column),
    },
  };
}

/** Never below 0, where what is taken off is a sample, too. */
function sumOf(counts: readonly WeightedCounts[], pick: (counts: WeightedCounts) => number): number {
  return Math.max(
    0,
    counts.reduce((sum, each) => sum + each.weight * pick(each), 0),
  );
}

function countsOf(
  counts: readonly WeightedCounts[],
  clockHz: number,
): Omit<ProgramCounts, 'addressEvents' | 'planeReads'> {
  const of = (pick: (counter: ActivityCounter) => number): number => sumOf(counts, ({ counter }) => pick(counter));
  const lineSteps = lineStepsOf(counts);
  return {
    seconds: of(({ clocks }) => clocks) / clockHz,
    clocks: of(({ clocks }) => clocks),
    segments: of(({ segments }) => segments),
    firingSegments: of(({ firingSegments }) => firingSegments),
    pulses: of(({ pulses }) => pulses),
    lineSteps,
    lineTransitions: lineSteps.reduce((sum, { count }) => sum + count, 0),
    railChanges: of(({ railChanges }) => railChanges),
    scanSteps: of(({ scanSteps }) => scanSteps),
    conversions: of(({ conversions }) => conversions),
  };
}

/** Steps of lines by side and volts, in the order in which data sets have shown them. */
function lineStepsOf(counts: readonly WeightedCounts[]): readonly LineSteps[] {
  const keyOf = ({ side, volts }: LineSteps): string => `${side} ${String(volts)}`;
  const seen = new Map(counts.flatMap(({ counter }) => counter.lineSteps.map((step) => [keyOf(step), step] as const)));
  return [...seen].map(([key, step]) => {
    const count = sumOf(counts, ({ counter }) => counter.lineSteps.find((each) => keyOf(each) === key)?.count ?? 0);
    return { ...step, count };
  });
}

/** Pulses alone: what the others drift by is in the run's devices, not in these counts. */
function wearOf(counts: readonly WeightedCounts[], columns: number): Pick<CellWear, 'mostPulsed'> {
  const cells = counts[0]?.counter.cellPulses.length ?? 0;
  const pulses = Array.from({ length: cells }, (_, cell) =>
    sumOf(counts, ({ counter }) => counter.cellPulses[cell] ?? 0),
  );
  const still = new Float64Array(cells);
  const { mostPulsed } = cellWear(pulses, { before: still, after: still, columns });
  return mostPulsed ? { mostPulsed } : {};
}
