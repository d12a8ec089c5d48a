/**
 * One co-simulation run: the RTL drives one array, the interpreter drives another of the same seed,
 * and everything that can be seen of both is compared. Runs beside the model, in whatever process that is.
 */
import { invariant } from '../core/invariant.js';
import type { AnalogArray } from '../ir/analog-array.js';
import { interpretProgram } from '../ir/interpret.js';
import { errorText } from '../ir/error-codes.js';
import type { DataSet } from '../ir/scheduled.js';
import { programWords } from '../ir/source-map.js';
import { surroundingsOf } from '../ir/spike-environment.js';
import { CellReading } from './cell-reading.js';
import { compareCells } from './compare-cells.js';
import { Comparison, type ObservedCommit, type ObservedSample } from './comparison.js';
import { ControllerFault } from './controller-fault.js';
import { ControllerHost, type RunHandlers } from './controller-host.js';
import { createArray, setModulators } from './create-array.js';
import { RunDigest } from './digest.js';
import type { ModelSession, WatchJob } from './engine.js';
import { KEPT_DATA_SETS, type CosimJob, type CosimOutcome, type SeedJob } from './job.js';
import { JobObservers } from './observe/job-observers.js';
import type { JobObserver } from './observe/observer.js';
import { ReferenceArray } from './reference-array.js';

/**
 * Executes all runs of `job` on `session`, or as many as its observers want; a disagreement is counted and described,
 * never thrown. `watch` is called behind every data set.
 */
export function executeJob(session: ModelSession, job: CosimJob, watch?: WatchJob): CosimOutcome {
  const begin = performance.now();
  const [first] = job.runs;
  invariant(first, 'a job has at least one run');
  const observers = job.observe && new JobObservers(job.observe);
  const comparison = new Comparison(first.scheduled.program.origin, (found) => observers?.mismatch(found));
  const tally = new Tally(comparison);
  const total = job.runs.reduce((sum, { scheduled }) => sum + scheduled.program.dataSets.length, 0);
  let done = 0;
  const endDataSet = (): void => watch?.(++done, total);
  for (const run of job.runs) {
    invariant(run.legal.specHash === first.legal.specHash, 'all runs of a job are of one hardware');
    new SeedRun(session, run, {
      tally,
      observer: observers,
      separateArrays: job.separateArrays === true,
      endDataSet,
    }).execute();
    if (observers?.wantsEnd) break;
  }
  const outcome = tally.outcome((performance.now() - begin) / 1000);
  return observers ? { ...outcome, observations: observers.finish() } : outcome;
}

/** An observer has seen enough; never leaves this file. */
class JobEnded extends Error {}

/** What the runs of a job share. */
interface JobSurroundings {
  readonly tally: Tally;
  readonly observer: JobObserver | undefined;
  readonly separateArrays: boolean;
  readonly endDataSet: () => void;
}

/** What the runs of a job add up to. */
class Tally {
  readonly comparison: Comparison;
  readonly digest = new RunDigest();
  readonly states: (readonly number[])[] = [];
  conductances: readonly number[] = [];
  clocks = 0;
  evaluatedClocks = 0;
  busClocks = 0;
  events = 0;
  samples = 0;
  pulses = 0;
  maxConductanceError = 0;

  constructor(comparison: Comparison) {
    this.comparison = comparison;
  }

  /** Keeps what the cells hold behind a data set, and lets go of the oldest. */
  keep(states: ArrayLike<number>): void {
    if (this.states.length === KEPT_DATA_SETS) this.states.shift();
    this.states.push(Array.from(states));
  }

  outcome(seconds: number): CosimOutcome {
    const { clocks, evaluatedClocks, busClocks, events, samples, pulses } = this;
    const { maxConductanceError, conductances, states } = this;
    const { firstDivergence, mismatches } = this.comparison;
    return {
      clocks,
      evaluatedClocks,
      busClocks,
      events,
      samples,
      pulses,
      mismatches,
      ...(firstDivergence && { firstDivergence }),
      maxConductanceError,
      conductances,
      states,
      digest: this.digest.finish(),
      seconds,
    };
  }
}

/** One run: two arrays of the same seed and the controller. */
class SeedRun {
  readonly #job: SeedJob;
  readonly #host: ControllerHost;
  readonly #tally: Tally;
  /** Driven by the RTL, and by the interpreter. */
  readonly #driven: AnalogArray;
  readonly #reference: ReferenceArray;
  #running: ObservedCommit | undefined;
  #codes: (readonly number[])[] = [];
  /** Firing segments that the program says the data set has. */
  #pulses = 0;
  readonly #observer: JobObserver | undefined;
  readonly #endDataSet: () => void;

  constructor(session: ModelSession, job: SeedJob, { tally, observer, separateArrays, endDataSet }: JobSurroundings) {
    this.#job = job;
    this.#host = new ControllerHost(session, job.legal);
    this.#tally = tally;
    this.#observer = observer;
    this.#endDataSet = endDataSet;
    this.#driven = createArray(job);
    // Behind a mismatch of an earlier run nothing tells whether this one agrees
    this.#reference = new ReferenceArray(job, separateArrays || tally.comparison.mismatches > 0);
  }

  execute(): void {
    const { program } = this.#job.scheduled;
    const words = programWords(this.#job.legal);
    this.#tally.comparison.beginRun(this.#job.seed, program.clockHz, () => words[this.#host.address]);
    this.#observer?.beginRun?.(this.#job);
    const clocksBefore = this.#host.evaluatedClocks;
    const isFirst = this.#tally.conductances.length === 0;
    const runClocksBefore = this.#tally.evaluatedClocks;
    try {
      this.#runAll(isFirst);
    } catch (error) {
      if (error instanceof ControllerFault) this.#tally.comparison.differ(error.signal, error.expected, error.found);
      else if (!(error instanceof JobEnded)) throw error;
    }
    const { device } = this.#job.scheduled.mapped;
    if (isFirst) this.#tally.conductances = Array.from(new CellReading(this.#driven.kernel, device).siemens);
    const runClocks = this.#tally.evaluatedClocks - runClocksBefore;
    this.#tally.busClocks += this.#host.evaluatedClocks - clocksBefore - runClocks;
  }

  #runAll(isFirst: boolean): void {
    this.#host.start();
    this.#job.scheduled.program.dataSets.forEach((dataSet, index) => {
      this.#runDataSet(dataSet, index);
      if (isFirst) this.#tally.keep(this.#driven.kernel.conductance);
      this.#endDataSet();
    });
  }

  #runDataSet(dataSet: DataSet, index: number): void {
    const { program } = this.#job.scheduled;
    this.#tally.comparison.beginDataSet(
      dataSet.name,
      interpretProgram(program, dataSet, surroundingsOf(program, dataSet.spikes)),
    );
    setModulators(this.#driven, dataSet);
    this.#reference.beginDataSet();
    this.#observer?.beginDataSet?.(index);
    this.#host.loadDataSet(index);
    this.#codes = [];
    this.#pulses = 0;
    const handlers: RunHandlers = {
      commit: (found) => {
        this.#commit(found);
      },
      sample: (found) => this.#sample(found),
    };
    const summary = this.#host.run(handlers, dataSet.spikes);
    this.#tally.clocks += summary.clocks;
    this.#tally.evaluatedClocks += summary.evaluatedClocks;
    if (summary.isStalled) this.#tally.comparison.differ('controller', 'an end of the program', 'a stall');
    this.#tally.comparison.endDataSet();
    if (summary.errorCode !== 0)
      this.#tally.comparison.differ('controller.error', wordsFor(0), wordsFor(summary.errorCode));
    this.#tally.comparison.same('controller.underruns', 0, summary.underruns);
    this.#tally.comparison.same('controller.pulses', this.#pulses, summary.pulses);
    if (!summary.isStalled) this.#compareResults();
    this.#compareStates();
    this.#observer?.endDataSet?.();
    this.#endIfWanted();
  }

  /** Nothing is left to be done with the model behind the end of a job. */
  #endIfWanted(): void {
    if (this.#observer?.wantsEnd) throw new JobEnded();
  }

  /** What the host reads from the result memory must be what the converters gave. */
  #compareResults(): void {
    const found = this.#host.readResults();
    this.#tally.comparison.same('controller.results', this.#codes.length, found.length);
    this.#codes.forEach((codes, step) => {
      codes.forEach((code, converter) => {
        const signal = `result ${String(step)} of converter ${String(converter)}`;
        this.#tally.comparison.same(signal, code, found[step]?.[converter] ?? NaN);
      });
    });
  }

  #commit(found: ObservedCommit): void {
    this.#tally.events += 1;
    this.#addToDigest(found);
    if (found.fires) this.#tally.pulses += 1;
    if (this.#running) this.#driven.end(found.clock - this.#running.clock);
    this.#driven.begin(found);
    this.#running = found;
    const expected = this.#tally.comparison.commit(found);
    this.#partIfDifferent();
    if (expected) {
      if (expected.fires) this.#pulses += 1;
      this.#reference.commit(expected);
    }
    if (!this.#observer) return;
    this.#observer.commit?.({ found, expected, clock: this.#host.clocks, address: this.#host.address });
    this.#endIfWanted();
  }

  #partIfDifferent(): void {
    if (this.#tally.comparison.mismatches > 0) this.#reference.part();
  }

  /** Answers with what the driven array gives, so that a wrong line shows in the codes, too. */
  #sample(found: ObservedSample): readonly number[] {
    const codes = this.#driven.sample(found.share);
    this.#codes.push(codes);
    this.#tally.samples += codes.length;
    this.#tally.digest.add(found.clock);
    this.#tally.digest.addAll(codes);
    const expected = this.#tally.comparison.sample(found);
    this.#partIfDifferent();
    if (expected) {
      this.#reference.sample(expected)?.forEach((code, converter) => {
        this.#tally.comparison.same(`sample.code of converter ${String(converter)}`, code, codes[converter] ?? NaN);
      });
    }
    if (this.#observer) {
      this.#observer.sample?.({ found, expected, clock: this.#host.clocks, codes });
      this.#endIfWanted();
    }
    return codes;
  }

  #addToDigest({ clock, rows, columns, levels, railSet, negative, fires }: ObservedCommit): void {
    this.#tally.digest.add(clock);
    this.#tally.digest.addAll(rows);
    this.#tally.digest.addAll(columns);
    for (const codes of levels ? [levels.rows, levels.columns] : []) this.#tally.digest.addAll(codes);
    this.#tally.digest.add(railSet);
    this.#tally.digest.add((negative ? 2 : 0) + (fires ? 1 : 0));
  }

  /** At the end of a data set both arrays must hold bit-equal states. */
  #compareStates(): void {
    // The last commit is idle: nothing fires, nothing is left to integrate.
    this.#running = undefined;
    this.#partIfDifferent();
    const [found, expected] = [this.#driven.kernel, this.#reference.kernel];
    const tally = this.#tally;
    if (expected) {
      const error = compareCells(this.#job.scheduled.mapped.device, { found, expected }, tally.comparison);
      tally.maxConductanceError = Math.max(tally.maxConductanceError, error);
    }
    tally.digest.addAll(found.conductance);
  }
}

/** The controller's own words for a fault; a broken one may tell of a fault that there is not. */
function wordsFor(code: number): string {
  return errorText(code) ?? `unknown error ${String(code)}`;
}
