/** Makes a run that ends in a mismatch as small as it can be, by running parts of it on the same model. */
import { DiagnosticBag } from '../../core/diagnostic.js';
import { invariant } from '../../core/invariant.js';
import type { PreparedModel } from '../engine.js';
import type { CosimJob, Divergence, SeedJob } from '../job.js';
import { cutRun, wholeParts, type DataSetPart } from './cut-run.js';
import { minimize } from './minimize.js';
import type { JobStop } from './observation.js';

/** The smallest part of a job that shows its first mismatch. */
export interface Reproduction {
  readonly run: SeedJob;
  /** Where that part ends. */
  readonly stop: JobStop;
  /** Data sets, entries and spikes before and after. */
  readonly before: PartSize;
  readonly after: PartSize;
  /** Runs that it took. */
  readonly trials: number;
}

export interface PartSize {
  readonly dataSets: number;
  readonly entries: number;
  readonly spikes: number;
}

/** Runs behind which no part is tried any more; what has been found till then still fails. */
const MAX_TRIALS = 400;

/** Cuts the run of `job` that ended with `stop`: data sets first, then the entries and spikes of those that are left. */
export async function shrinkRun(model: PreparedModel, job: CosimJob, stop: JobStop): Promise<Reproduction> {
  const run = job.runs[stop.run];
  invariant(run, 'the run that stopped exists');
  const trials = new Trials(model, run, stop);
  let parts = wholeParts(run, Math.max(0, stop.dataSet));
  const whole = sizeOf(parts);
  const fails = (candidate: readonly DataSetPart[]): Promise<boolean> => trials.fails(candidate);
  parts = await minimize(parts, fails);
  for (const field of ['entries', 'spikes'] as const) {
    for (const index of parts.keys()) {
      const replaced = (kept: readonly number[]): readonly DataSetPart[] =>
        parts.map((part, at) => (at === index ? { ...part, [field]: kept } : part));
      parts = replaced(await minimize(parts[index]?.[field] ?? [], (kept) => fails(replaced(kept))));
    }
  }
  return {
    run: cutRun(run, parts),
    stop: trials.last,
    before: whole,
    after: sizeOf(parts),
    trials: trials.count,
  };
}

/** Runs parts and remembers the last one that failed. */
class Trials {
  readonly #model: PreparedModel;
  readonly #run: SeedJob;
  readonly #stop: JobStop;
  last: JobStop;
  count = 0;

  constructor(model: PreparedModel, run: SeedJob, stop: JobStop) {
    this.#model = model;
    this.#run = run;
    this.#stop = stop;
    this.last = stop;
  }

  /** Whether the same signal is the first to differ, in the same word of the program. A part that breaks the model shows something else. */
  async fails(parts: readonly DataSetPart[]): Promise<boolean> {
    if (this.count >= MAX_TRIALS) return false;
    this.count += 1;
    const job: CosimJob = {
      runs: [cutRun(this.#run, parts)],
      observe: { stopAtMismatch: { keptEvents: Math.max(1, this.#stop.events.length) } },
    };
    const outcome = await this.#model.run(job, new DiagnosticBag());
    const stop = outcome?.observations?.stop;
    if (!stop || !isAlike(stop.divergence, this.#stop.divergence)) return false;
    this.last = stop;
    return true;
  }
}

/** Values may differ: they often follow from what has been cut away. */
function isAlike(one: Divergence, other: Divergence): boolean {
  return one.signal === other.signal && one.word?.address === other.word?.address;
}

function sizeOf(parts: readonly DataSetPart[]): PartSize {
  const sum = (count: (part: DataSetPart) => number): number => parts.reduce((total, part) => total + count(part), 0);
  return {
    dataSets: parts.length,
    entries: sum(({ entries }) => entries.length),
    spikes: sum(({ spikes }) => spikes.length),
  };
}
