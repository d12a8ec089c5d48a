/**
 * One co-simulation run: the RTL drives one array, the interpreter drives another of the same seed,
 * and everything that can be seen of both is compared. Runs beside the model, in whatever process that is.
 */
import { invariant } from '../core/invariant.js';
import { compileKernel } from '../devices/compile-kernel.js';
import { AnalogArray } from '../ir/analog-array.js';
import { prepareTile, type TileFactory } from '../ir/calibrate.js';
import { interpretProgram } from '../ir/interpret.js';
import type { DataSet } from '../ir/scheduled.js';
import { Comparison, type ObservedCommit, type ObservedSample } from './comparison.js';
import { ControllerHost } from './controller-host.js';
import { RunDigest } from './digest.js';
import type { ModelSession } from './engine.js';
import type { CosimJob, CosimOutcome } from './job.js';

/** Executes `job` on `session`; a disagreement is counted and described, never thrown. */
export function executeJob(session: ModelSession, job: CosimJob): CosimOutcome {
  return new JobRun(session, job).run();
}

/** The two arrays of a run and what has been seen so far. */
class JobRun {
  readonly #job: CosimJob;
  readonly #host: ControllerHost;
  readonly #comparison: Comparison;
  readonly #digest = new RunDigest();
  /** Driven by the RTL, and by the interpreter. */
  readonly #driven: AnalogArray;
  readonly #reference: AnalogArray;
  readonly #conductances: (readonly number[])[] = [];
  #running: ObservedCommit | undefined;
  #events = 0;
  #samples = 0;
  #pulses = 0;
  #maxConductanceError = 0;

  constructor(session: ModelSession, job: CosimJob) {
    const { mapped, program } = job.scheduled;
    const createTile: TileFactory = (setup) => compileKernel(mapped.device, setup);
    const newArray = (): AnalogArray => new AnalogArray(prepareTile(mapped, job.seed, createTile).kernel, program);
    this.#job = job;
    this.#host = new ControllerHost(session, job.legal);
    this.#comparison = new Comparison(program.clockHz, mapped.experiment.program.origin);
    this.#driven = newArray();
    this.#reference = newArray();
  }

  run(): CosimOutcome {
    const begin = performance.now();
    this.#host.start();
    this.#job.scheduled.program.dataSets.forEach((dataSet, index) => this.#runDataSet(dataSet, index));
    const { firstDivergence, mismatches } = this.#comparison;
    return {
      clocks: this.#host.clocks,
      evaluatedClocks: this.#host.evaluatedClocks,
      events: this.#events,
      samples: this.#samples,
      pulses: this.#pulses,
      mismatches,
      ...(firstDivergence && { firstDivergence }),
      maxConductanceError: this.#maxConductanceError,
      conductances: this.#conductances,
      digest: this.#digest.finish(),
      seconds: (performance.now() - begin) / 1000,
    };
  }

  #runDataSet(dataSet: DataSet, index: number): void {
    const { program } = this.#job.scheduled;
    this.#comparison.begin(dataSet.name, interpretProgram(program, dataSet));
    this.#host.loadDataSet(index);
    const summary = this.#host.run({
      commit: (found) => this.#commit(found),
      sample: (found) => this.#sample(found),
    });
    this.#comparison.end();
    this.#comparison.same('controller.error', 0, summary.errorCode);
    this.#comparison.same('controller.underruns', 0, summary.underruns);
    this.#comparison.same('controller.pulses', dataSet.entries.length, summary.pulses);
    this.#compareConductances();
  }

  #commit(found: ObservedCommit): void {
    this.#events += 1;
    this.#addToDigest(found);
    if (found.fires) this.#pulses += 1;
    if (this.#running) this.#driven.end(found.clock - this.#running.clock);
    this.#driven.begin(found);
    this.#running = found;
    const expected = this.#comparison.commit(found);
    if (expected) this.#reference.apply(expected);
  }

  /** Answers with what the driven array gives, so that a wrong line shows in the codes, too. */
  #sample(found: ObservedSample): readonly number[] {
    const codes = this.#driven.sample(found.share);
    this.#samples += codes.length;
    this.#digest.add(found.clock);
    this.#digest.addAll(codes);
    const expected = this.#comparison.sample(found);
    if (expected) {
      this.#reference.sample(expected.share).forEach((code, converter) => {
        this.#comparison.same(`sample.code of converter ${String(converter)}`, code, codes[converter] ?? NaN);
      });
    }
    return codes;
  }

  #addToDigest({ clock, rows, columns, railSet, negative, fires }: ObservedCommit): void {
    this.#digest.add(clock);
    this.#digest.addAll(rows);
    this.#digest.addAll(columns);
    this.#digest.add(railSet);
    this.#digest.add((negative ? 2 : 0) + (fires ? 1 : 0));
  }

  /** At the end of a data set both arrays must hold bit-equal conductances. */
  #compareConductances(): void {
    // The last commit is idle: nothing fires, nothing is left to integrate.
    this.#running = undefined;
    const [driven, reference] = [this.#driven.kernel.conductance, this.#reference.kernel.conductance];
    const { columns } = this.#job.scheduled.program;
    driven.forEach((siemens, cell) => {
      const expected = reference[cell];
      invariant(expected !== undefined, 'both arrays have the same cells');
      const place = `${String(Math.floor(cell / columns))}, ${String(cell % columns)}`;
      this.#comparison.same(`conductance[${place}]`, expected, siemens);
      this.#maxConductanceError = Math.max(this.#maxConductanceError, Math.abs(siemens - expected));
    });
    this.#digest.addAll(driven);
    this.#conductances.push([...driven]);
  }
}
