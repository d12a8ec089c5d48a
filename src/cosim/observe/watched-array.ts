/**
 * A third array of the same seed, driven by the RTL's commits, for those who look at cells while a run goes on. To look
 * at a cell settles its rest so far, which rounds otherwise than one long rest: the arrays that are compared are not
 * touched.
 */
import type { TileKernel } from '../../devices/kernel.js';
import type { AnalogArray } from '../../ir/analog-array.js';
import type { ObservedCommit } from '../comparison.js';
import type { SeedJob } from '../job.js';
import { createArray, setModulators } from '../create-array.js';

export class WatchedArray {
  readonly #run: SeedJob;
  readonly #array: AnalogArray;
  #running: ObservedCommit | undefined;
  readonly #reading: CellReading | undefined;

  constructor(run: SeedJob) {
    this.#run = run;
    this.#array = createArray(run);
    const { device } = run.scheduled.mapped;
    const isConductance = device.windows.length > 0 && device.states.length === 1;
    this.#reading = isConductance ? undefined : new CellReading(this.#array.kernel, device.readVoltage.volts);
  }

  /** Conductances as of the last commit (rows x columns) [S]; lines of several levels show a stretch at its end. A view. */
  get conductance(): Float64Array {
    return this.#reading?.siemens ?? this.#array.kernel.conductance;
  }

  /** Data set `index` of the run begins. */
  beginDataSet(index: number): void {
    const dataSet = this.#run.scheduled.program.dataSets[index];
    this.#reading?.forget();
    if (dataSet) setModulators(this.#array, dataSet);
  }

  commit(found: ObservedCommit): void {
    if (this.#running) this.#array.end(found.clock - this.#running.clock);
    this.#array.begin(found);
    this.#reading?.forget();
    this.#running = found;
  }

  /** Reads count in the array that the RTL drives, and so they do here. */
  sample(share: number): void {
    this.#array.sample(share);
    this.#reading?.forget();
  }

  /** The last commit has left the lines idle; what comes next has a clock of its own. */
  endDataSet(): void {
    this.#running = undefined;
  }
}

/** What cells show at the read voltage, without noise, where no state of theirs is that: resistances, several states. */
class CellReading {
  readonly #kernel: TileKernel;
  readonly #volts: Float64Array;
  readonly #slopes: Float64Array;
  readonly #siemens: Float64Array;
  #isKnown = false;

  constructor(kernel: TileKernel, volts: number) {
    this.#kernel = kernel;
    this.#volts = new Float64Array(kernel.rows * kernel.columns).fill(volts);
    this.#slopes = new Float64Array(this.#volts.length);
    this.#siemens = new Float64Array(this.#volts.length);
  }

  /** (rows x columns) [S]. */
  get siemens(): Float64Array {
    if (this.#isKnown) return this.#siemens;
    this.#kernel.currentsAt(this.#volts, this.#siemens, this.#slopes);
    this.#siemens.forEach((amperes, cell) => {
      this.#siemens[cell] = amperes / (this.#volts[cell] ?? NaN);
    });
    this.#isKnown = true;
    return this.#siemens;
  }

  /** Time has passed, or something around the cells has changed. */
  forget(): void {
    this.#isKnown = false;
  }
}
