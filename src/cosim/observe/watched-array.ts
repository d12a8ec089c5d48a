/**
 * A third array of the same seed, driven by the RTL's commits, for those who look at cells while a run goes on. To look
 * at a cell settles its rest so far, which rounds otherwise than one long rest: the arrays that are compared are not
 * touched.
 */
import type { AnalogArray } from '../../ir/analog-array.js';
import type { ObservedCommit } from '../comparison.js';
import { createArray, setModulators } from '../create-array.js';
import type { SeedJob } from '../job.js';
import { CellReading } from '../cell-reading.js';

export class WatchedArray {
  readonly #run: SeedJob;
  readonly #array: AnalogArray;
  #running: ObservedCommit | undefined;
  readonly #reading: CellReading;

  constructor(run: SeedJob) {
    this.#run = run;
    this.#array = createArray(run);
    this.#reading = new CellReading(this.#array.kernel, run.scheduled.mapped.device);
  }

  /** Conductances as of the last commit (rows x columns) [S]; lines of several levels show a stretch at its end. A view. */
  get conductance(): Float64Array {
    return this.#reading.siemens;
  }

  /** Data set `index` of the run begins. */
  beginDataSet(index: number): void {
    const dataSet = this.#run.scheduled.program.dataSets[index];
    this.#reading.forget();
    if (dataSet) setModulators(this.#array, dataSet);
  }

  commit(found: ObservedCommit): void {
    if (this.#running) this.#array.end(found.clock - this.#running.clock);
    this.#array.begin(found);
    this.#reading.forget();
    this.#running = found;
  }

  /** Reads count in the array that the RTL drives, and so they do here. */
  sample(share: number): void {
    this.#array.sample(share);
    this.#reading.forget();
  }

  /** The last commit has left the lines idle; what comes next has a clock of its own. */
  endDataSet(): void {
    this.#running = undefined;
  }
}
