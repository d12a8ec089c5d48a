/** Runs experiments on networks: all points of their sweeps, with progress, checkpoints and diagnostics. */
import { constants } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { DiagnosticBag } from '../core/diagnostic.js';
import { writeWholeFile } from '../core/output-folder.js';
import type { MappedNetwork } from '../ir/mapped-network.js';
import type { StudyResult } from '../ir/study-result.js';
import { SampleLoader } from '../load-samples.js';
import { loadWeights } from '../load-weights.js';
import { decodeCheckpoint, encodeCheckpoint, type SavedState } from '../networks/run/checkpoint-file.js';
import { PointRuns, type RunPoint } from '../networks/run/run-points.js';
import type { CreateStudyRun } from '../networks/run/study-run.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext } from './command.js';
import { ProgressMeter } from './progress-meter.js';
import { HELD_SIGNALS } from './write-output.js';

/** Time between checkpoints [ms]. */
const CHECKPOINT_INTERVAL = 60_000;

/** Largest checkpoint that is read [bytes]. */
const MAX_CHECKPOINT_BYTES = 2 ** 31;

/** How runs are made and where their state is saved. */
export interface RunChoice {
  readonly create: CreateStudyRun;
  /** File of the checkpoint, where there is one. */
  readonly checkpoint?: string | undefined;
  /** Whether results of what has finished are wanted where something later cannot go on. */
  readonly keepsFinished?: boolean;
  /** Time [ms]. */
  readonly now?: () => number;
}

/** Results of all `studies` in order, or of those that have finished; undefined after reporting why there are none. */
export async function runStudies(
  studies: readonly MappedNetwork[],
  choice: RunChoice,
  context: CommandContext,
): Promise<readonly StudyResult[] | undefined> {
  const points = loadPoints(studies, context);
  if (!points) return undefined;
  const runs = new PointRuns(points, choice.create);
  const saver = new CheckpointSaver(runs, choice, context);
  const isReady = await reportingFaults(context, () => saver.restore());
  if (isReady !== true) return undefined;
  const meter = new ProgressMeter(context.terminal);
  const isDone = await reportingFaults(context, async () => {
    for (let progress = runs.step(); progress; progress = runs.step()) {
      meter.show(progress);
      await saver.afterStep();
    }
    saver.save();
    return true;
  });
  meter.end();
  saver.close();
  const isWanted = isDone === true || (choice.keepsFinished === true && runs.results.length > 0);
  return isWanted ? runs.results : undefined;
}

/** The points with their samples and weights; undefined after reporting. */
export function loadPoints(
  studies: readonly MappedNetwork[],
  { host, diagnostics }: CommandContext,
): readonly RunPoint[] | undefined {
  const loader = new SampleLoader(host);
  const networks = loadWeights(studies, host, diagnostics);
  if (!networks) return undefined;
  const points = networks.flatMap((mapped): RunPoint[] => {
    const samples = loader.load(mapped, diagnostics);
    return samples ? [{ mapped, samples }] : [];
  });
  return points.length === studies.length ? points : undefined;
}

/** What `work` returns; undefined after reporting that an experiment cannot go on. */
export async function reportingFaults<Value>(
  { diagnostics }: CommandContext,
  work: () => Value | Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!isRunFault(error)) throw error;
    error.report(diagnostics);
    return undefined;
  }
}

/** What runs throw where a network, a rule or the course of a training leaves nothing to go on with. */
function isRunFault(error: unknown): error is Error & { readonly report: (diagnostics: DiagnosticBag) => void } {
  return error instanceof Error && 'report' in error;
}

/** Writes checkpoints at intervals and on a signal, and reads the one to begin with. */
class CheckpointSaver {
  readonly #runs: PointRuns;
  readonly #file: string | undefined;
  readonly #context: CommandContext;
  readonly #now: () => number;
  #saved: number;
  #signal: NodeJS.Signals | undefined;
  /** Whether the state could not be saved the last time. */
  #isRefused = false;
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    this.#signal ??= signal;
  };

  constructor(runs: PointRuns, { checkpoint, now = () => performance.now() }: RunChoice, context: CommandContext) {
    this.#runs = runs;
    this.#file = checkpoint;
    this.#context = context;
    this.#now = now;
    this.#saved = now();
    // Without a checkpoint nothing has to be saved, and a signal ends the process at once
    if (checkpoint !== undefined) for (const signal of HELD_SIGNALS) process.on(signal, this.#onSignal);
  }

  /** Goes on from the file where there is one; false after reporting that it cannot be. */
  restore(): boolean {
    if (this.#file === undefined) return true;
    const state = this.#read(this.#file);
    if (state === 'none') return true;
    if (state) this.#runs.restore(state);
    else this.close();
    return state !== undefined;
  }

  #read(file: string): SavedState | 'none' | undefined {
    const { host, diagnostics } = this.#context;
    const bytes = host.readBytes(file, MAX_CHECKPOINT_BYTES);
    if (!(bytes instanceof Uint8Array)) {
      if (bytes.reason === 'missing') return 'none';
      diagnostics.report(CLI_CATALOGUE, 'unreadable-file', { file, reason: bytes.text });
      return undefined;
    }
    const state = decodeCheckpoint(bytes);
    if ('kind' in state) diagnostics.report(CLI_CATALOGUE, 'checkpoint-unusable', { file, reason: state.reason });
    else if (state.spec !== this.#runs.spec) diagnostics.report(CLI_CATALOGUE, 'checkpoint-other', { file });
    else return state;
    return undefined;
  }

  /** Lets signals be seen, which end the process, and saves the state from time to time. */
  async afterStep(): Promise<void> {
    if (this.#file === undefined) return;
    await setImmediate();
    const isDue = this.#now() >= this.#saved + CHECKPOINT_INTERVAL;
    if (isDue || this.#signal) this.save();
    if (!this.#signal) return;
    const ending = this.#isRefused ? 'and the state is lost' : `the same command goes on from \`${this.#file}\``;
    this.#context.terminal.tell(`interrupted; ${ending}`);
    process.exit(128 + constants.signals[this.#signal]);
  }

  /** Saves the state; where it cannot be, that is told, and the run goes on: what it comes to is worth more. */
  save(): void {
    if (this.#file === undefined) return;
    const fault = writeWholeFile(this.#file, encodeCheckpoint(this.#runs.checkpoint()));
    this.#saved = this.#now();
    if (fault) {
      const { path, text } = fault;
      this.#context.diagnostics.report(CLI_CATALOGUE, 'output-refused', { path, text });
      if (!this.#isRefused)
        this.#context.terminal.tell(`cannot save the state in \`${path}\`: ${text}; the run goes on`);
    }
    this.#isRefused = fault !== undefined;
  }

  close(): void {
    for (const signal of HELD_SIGNALS) process.off(signal, this.#onSignal);
  }
}
