/** Saves the state of runs in a file, at intervals and on a signal, and goes on from it. */
import { constants } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { writeWholeFile } from '../core/output-folder.js';
import { encodeCheckpoint } from '../networks/run/checkpoint-file.js';
import type { PointRuns } from '../networks/run/run-points.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext } from './command.js';
import type { KeepRuns, RunKeeper } from './run-studies.js';
import { HELD_SIGNALS } from './write-output.js';

/** Time between checkpoints [ms]. */
const CHECKPOINT_INTERVAL = 60_000;

/** Largest checkpoint that is read [bytes]. */
const MAX_CHECKPOINT_BYTES = 2 ** 31;

interface CheckpointPlace {
  readonly file: string;
  /** Time [ms]. */
  readonly now: () => number;
}

/** Keeps runs in `file`; a signal saves their state before it ends the process. */
export function checkpointIn(file: string, now: () => number = () => performance.now()): KeepRuns {
  return (runs, context) => new CheckpointSaver(runs, { file, now }, context);
}

/** Writes checkpoints at intervals and on a signal, and reads the one to begin with. */
class CheckpointSaver implements RunKeeper {
  readonly #runs: PointRuns;
  readonly #file: string;
  readonly #context: CommandContext;
  readonly #now: () => number;
  #saved: number;
  #signal: NodeJS.Signals | undefined;
  /** Whether the state could not be saved the last time. */
  #isRefused = false;
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    this.#signal ??= signal;
  };

  constructor(runs: PointRuns, { file, now }: CheckpointPlace, context: CommandContext) {
    this.#runs = runs;
    this.#file = file;
    this.#context = context;
    this.#now = now;
    this.#saved = now();
    for (const signal of HELD_SIGNALS) process.on(signal, this.#onSignal);
  }

  /** Goes on from the file where there is one; false after reporting that it cannot be. */
  restore(): boolean {
    const isSound = this.#resume(this.#file);
    if (!isSound) this.close();
    return isSound;
  }

  #resume(file: string): boolean {
    const { host, diagnostics } = this.#context;
    const bytes = host.readBytes(file, MAX_CHECKPOINT_BYTES);
    if (!(bytes instanceof Uint8Array)) {
      if (bytes.reason === 'missing') return true;
      diagnostics.report(CLI_CATALOGUE, 'unreadable-file', { file, reason: bytes.text });
      return false;
    }
    const fault = this.#runs.resume(bytes);
    if (fault?.isOther) diagnostics.report(CLI_CATALOGUE, 'checkpoint-other', { file });
    else if (fault) diagnostics.report(CLI_CATALOGUE, 'checkpoint-unusable', { file, reason: fault.reason });
    return !fault;
  }

  /** Lets signals be seen, which end the process, and saves the state from time to time. */
  async afterStep(): Promise<void> {
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
