/**
 * What the controllers of a network's projections do in a run, counted from the pulse programs that co-simulation replays:
 * all of it where programs say all of the run, else a sample, scaled to the run.
 */
import { invariant } from '../../core/invariant.js';
import { ActivityCounter } from '../../ir/activity.js';
import { cellWear, type CellWear } from '../../ir/cell-wear.js';
import { interpretProgram } from '../../ir/interpret.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { PlaneCounter, type PlaneReads } from '../../ir/plane-counter.js';
import type { ScheduledArray } from '../../ir/scheduled.js';
import { surroundingsOf } from '../../ir/spike-environment.js';
import { isInference, isSpiking } from '../../ir/study-kind.js';
import type { LineSteps } from '../../ir/results.js';
import type { ProgramActivity, ProgramCounts, StudyResult } from '../../ir/study-result.js';
import { formatCount } from '../../units/format-quantity.js';
import { stepsOfInference } from '../programs/inference-jobs.js';
import { isTrainedThroughTime } from '../recurrent/sequence-plan.js';
import { createStudyJobs, DEFAULT_BATCHES, DEFAULT_STEPS, type StudyJob } from './create-study-jobs.js';
import { refusalOf } from './refusal.js';
import { planStudy } from './study-plan.js';
import type { SampleSource, StudyCheckpoint } from './study-run.js';

/** Events of one projection that are looked at; data sets beyond are taken to be like those before. */
const MOST_EVENTS = 300_000;

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
  const { counter, memory, seen, all } = countDataSets(scheduled);
  const short = shorter?.setups[0] ? countDataSets(shorter.setups[0].scheduled) : undefined;
  const first = short?.counter;
  const extra = first ? more / (batches / 2) : 0;
  const scale = all / Math.max(1, seen);
  const isExact = scale === 1 && more === 0;
  const some = seen === all ? '' : `, ${formatCount(seen)} of ${formatCount(all)} data sets`;
  const from = { counter, first, weight: scale + extra, less: extra };
  const memoryFrom = { ...from, counter: memory, first: short?.memory };
  return {
    projection,
    array: scheduled.mapped,
    counts: { ...countsOf(from, program.clockHz), ...memoryCountsOf(memoryFrom) },
    basis: `pulse program of ${projection}: ${what}${some}${isExact ? '' : ', scaled to the run'}`,
    isExact,
    wear: wearOf(from, program.columns),
  };
}

/** `weight` times what `counter` has, less `less` times what `first` has. */
interface WeightedCounts<Counts = ActivityCounter> {
  readonly counter: Counts;
  readonly first: Counts | undefined;
  readonly weight: number;
  readonly less: number;
}

/** Data sets from first to last, all of them or as many as the limit of events allows, evenly apart. */
function countDataSets({ program }: ScheduledArray) {
  const { dataSets } = program;
  const counter = new ActivityCounter(program);
  const planeReads = { row: 0, column: 0 };
  let [spikes, events, seen] = [0, 0, 0];
  let stride = 1;
  for (let at = 0; at < dataSets.length; at += stride) {
    const dataSet = dataSets[at];
    if (!dataSet) break;
    const surroundings = new PlaneCounter(surroundingsOf(program, dataSet.spikes));
    for (const event of interpretProgram(program, dataSet, surroundings)) {
      counter.add(event);
      events += 1;
    }
    counter.endDataSet();
    spikes += dataSet.spikes?.length ?? 0;
    planeReads.row += surroundings.reads.row;
    planeReads.column += surroundings.reads.column;
    seen += 1;
    if (seen === 1) stride = Math.max(1, Math.ceil((events * dataSets.length) / MOST_EVENTS));
  }
  return { counter, memory: { spikes, planeReads }, seen, all: dataSets.length };
}

/** What goes through the controller's memories beside its program. */
interface MemoryCounts {
  readonly spikes: number;
  readonly planeReads: PlaneReads;
}

function memoryCountsOf(counts: WeightedCounts<MemoryCounts>): Pick<ProgramCounts, 'addressEvents' | 'planeReads'> {
  return {
    addressEvents: weighted(counts, ({ spikes }) => spikes),
    planeReads: {
      row: weighted(counts, ({ planeReads }) => planeReads.row),
      column: weighted(counts, ({ planeReads }) => planeReads.column),
    },
  };
}

function weighted<Counts>(
  { counter, first, weight, less }: WeightedCounts<Counts>,
  pick: (counts: Counts) => number,
): number {
  return Math.max(0, weight * pick(counter) - (first ? less * pick(first) : 0));
}

function countsOf(counts: WeightedCounts, clockHz: number): Omit<ProgramCounts, 'addressEvents' | 'planeReads'> {
  const { counter } = counts;
  const of = (pick: (counter: ActivityCounter) => number): number => weighted(counts, pick);
  const stepsOf = ({ side, volts }: LineSteps) =>
    of(({ lineSteps }) => lineSteps.find((step) => step.side === side && step.volts === volts)?.count ?? 0);
  const lineSteps = counter.lineSteps.map((step) => ({ ...step, count: stepsOf(step) }));
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

/** Pulses alone: what the others drift by is in the run's devices, not in these counts. */
function wearOf({ counter, first, weight, less }: WeightedCounts, columns: number): Pick<CellWear, 'mostPulsed'> {
  const pulses = counter.cellPulses.map((count, cell) => {
    return Math.max(0, weight * count - less * (first?.cellPulses[cell] ?? 0));
  });
  const still = new Float64Array(pulses.length);
  const { mostPulsed } = cellWear(pulses, { before: still, after: still, columns });
  return mostPulsed ? { mostPulsed } : {};
}
