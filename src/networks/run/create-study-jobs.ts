/** The pulse programs of an experiment on a network, for co-simulation with the RTL in the loop and for builds. */
import type { TileStart } from '../../ir/calibrate.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import type { ProgramLearning } from '../../ir/occasion.js';
import { ruleMap } from '../../ir/realize/superposition/assign-banks.js';
import { isGame, isInference, isSpiking } from '../../ir/study-kind.js';
import type { PulseProgram, ScheduledArray } from '../../ir/scheduled.js';
import type { RealizationNote } from '../../ir/study-result.js';
import { inferenceJobs } from '../programs/inference-jobs.js';
import { sequenceJobs } from '../programs/sequence-jobs.js';
import { trainingControllers } from '../programs/training-controllers.js';
import { HOST_NUMBERS, trainingJobs } from '../programs/training-jobs.js';
import { isTrainedThroughTime } from '../recurrent/sequence-plan.js';
import { studyJobs } from '../spikes/study-jobs.js';
import { notRunnable, type TellRefused } from '../study-fault.js';
import type { SampleSource, StudyCheckpoint } from './study-run.js';

/** Programs of one controller: what it does, on which cells. */
export interface StudyJob {
  /** Projection that the controller carries out. */
  readonly projection: string;
  /** Part of it on this tile, from 0, where it takes several. */
  readonly part?: number;
  /** One at least; all of one hardware. */
  readonly setups: readonly {
    readonly scheduled: ScheduledArray;
    readonly start: TileStart;
    readonly seed: number;
  }[];
  /** What it came to beside what a run of the experiment says. */
  readonly figures?: RealizationNote['figures'];
}

/** Batches of a training, or sequences behind it, that are programs where nobody says how many. */
export const DEFAULT_BATCHES = 4;
const DEFAULT_SEQUENCES = 8;

/** Steps of neurons that are shown samples which are programs where nobody says how many. */
export const DEFAULT_STEPS = 8;

/** The jobs of an experiment, at once, or once it has been run: some of them take what it has trained. */
export type StudyJobs =
  | { readonly kind: 'ready'; readonly jobs: readonly StudyJob[] }
  | { readonly kind: 'afterRun'; readonly jobs: (end: StudyCheckpoint) => readonly StudyJob[] };

/**
 * One job for each tile of each projection that learns on a device: the first `steps` runs of spikes of every seed, all without a
 * number, the first batches of a training or steps of neurons with its first seed, or the first sequences that a trained layer with fast
 * weights is tested on. Throws what can `report` itself where no program can carry it out, before anything is run; where
 * some projections of a training have programs, `tell` gets to know why others on devices have none.
 */
export function createStudyJobs(
  mapped: MappedNetwork,
  samples: SampleSource,
  steps: number | undefined,
  tell: TellRefused = () => undefined,
): StudyJobs {
  if (isGame(mapped))
    return notRunnable(`\`${mapped.study.name}\``, 'games are not recorded as programs', mapped.study.origin);
  const ruled = (jobs: readonly StudyJob[]): readonly StudyJob[] => jobs.map((job) => withRules(job, mapped));
  if (isSpiking(mapped)) {
    return { kind: 'ready', jobs: ruled(studyJobs(mapped, steps)) };
  }
  if (isTrainedThroughTime(mapped)) {
    const record = sequenceJobs(mapped, samples, steps ?? DEFAULT_SEQUENCES);
    const jobs = (end: StudyCheckpoint): readonly StudyJob[] =>
      ruled(record(end).map(({ projection, recording, figures }) => ({ projection, setups: [recording], figures })));
    return { kind: 'afterRun', jobs };
  }
  return { kind: 'ready', jobs: ruled(recordedBatches(mapped, samples, steps, tell)) };
}

function recordedBatches(
  mapped: MappedNetwork,
  samples: SampleSource,
  steps: number | undefined,
  tell: TellRefused,
): readonly StudyJob[] {
  const left: Parameters<TellRefused>[] = [];
  const jobs = batchJobs(mapped, samples, steps, (...refused) => left.push(refused));
  if (jobs.length === 0) {
    const reasons = left.map(([{ name }, reason]) => `\`${name}\`: ${reason}`).join('; ');
    const { name, origin } = mapped.study;
    return notRunnable(`\`${name}\``, `none of its projections has a controller; ${reasons}`, origin);
  }
  for (const refused of left) if (refused[0].device) tell(...refused);
  return jobs;
}

/** `job` with the rules that its pulses are of. */
function withRules(job: StudyJob, mapped: MappedNetwork): StudyJob {
  const projection = mapped.projections.find(({ name }) => name === job.projection);
  if (!projection) return job;
  const rules = projection.learning.map(({ rule: { name, origin } }) => ({ name, origin }));
  const setups = job.setups.map((setup) => {
    const { program } = setup.scheduled;
    const ofCells = rules.length > 1 && isSpiking(mapped) ? rulesOfCells(projection, mapped, program) : undefined;
    const learning = { rules, ...(ofCells && { ofCells }) };
    return { ...setup, scheduled: { ...setup.scheduled, program: { ...program, learning } } };
  });
  return { ...job, setups };
}

/** Of synapses that are a cell each, on one tile. */
function rulesOfCells(
  projection: MappedProjection,
  mapped: MappedNetwork,
  { rows, columns }: PulseProgram,
): ProgramLearning['ofCells'] {
  const { from, to, parts } = projection;
  const ruleOf = ruleMap(projection, mapped);
  const { row: first = 0, column: left = 0 } = parts[0]?.at ?? {};
  return Array.from({ length: rows * columns }, (_, cell) => {
    const [pre, post] = [Math.floor(cell / columns) - first, (cell % columns) - left];
    const isSynapse = pre >= 0 && pre < from.count && post >= 0 && post < to.count;
    return isSynapse ? (ruleOf(pre, post) ?? null) : null;
  });
}

/**
 * The same before anything has been run, with the projections that get a controller then; `tell` gets to know why the
 * others do not.
 */
export function controllerJobs(mapped: MappedNetwork, samples: SampleSource, tell: TellRefused): readonly StudyJob[] {
  if (isSpiking(mapped)) return studyJobs(mapped, undefined, tell);
  if (isInference(mapped)) return batchJobs(mapped, samples, undefined, tell);
  if (!isTrainedThroughTime(mapped)) {
    const controllers = trainingControllers(mapped, samples, DEFAULT_BATCHES, tell);
    return controllers.map(({ projection, recording }) => ({ projection, setups: [recording] }));
  }
  for (const each of mapped.projections) {
    const reason = each.device
      ? 'its biases are those of the decays that a training finds; `ionloom cosim` trains it and runs its controller'
      : HOST_NUMBERS;
    tell(each, reason, each.origin);
  }
  return [];
}

function batchJobs(mapped: MappedNetwork, samples: SampleSource, steps: number | undefined, tell?: TellRefused) {
  const jobs = isInference(mapped)
    ? inferenceJobs(mapped, samples, steps ?? DEFAULT_STEPS, tell)
    : trainingJobs(mapped, samples, steps ?? DEFAULT_BATCHES, tell);
  return jobs.map(({ projection, part, recording }) => ({
    ...{ projection, setups: [recording] },
    ...(part !== undefined && { part }),
  }));
}
