/**
 * The array that the interpreter drives. As long as the RTL does what the program says, in every event, it would go
 * through what the array of the RTL goes through, call by call, and kernels are functions of their calls: so it is made
 * when the RTL first departs, and brought to where it would be. `isSeparate` makes it from the start.
 */
import { invariant } from '../core/invariant.js';
import type { TileKernel } from '../devices/kernel.js';
import type { AnalogArray } from '../ir/analog-array.js';
import type { SampleEvent, SegmentEvent } from '../ir/events.js';
import { interpretProgram } from '../ir/interpret.js';
import { surroundingsOf } from '../ir/spike-environment.js';
import { createArray, setModulators } from './create-array.js';
import type { SeedJob } from './job.js';

export class ReferenceArray {
  readonly #run: SeedJob;
  #array: AnalogArray | undefined;
  #dataSet = -1;
  /** Events of the data set that it has been given. */
  #events = 0;
  /** What it is in the middle of: converters see it before its time has passed, as they do in the RTL. */
  #running: SegmentEvent | undefined;

  constructor(run: SeedJob, isSeparate: boolean) {
    this.#run = run;
    if (isSeparate) this.#array = createArray(run);
  }

  /** Its cells; undefined as long as they are as those of the array that the RTL drives. */
  get kernel(): TileKernel | undefined {
    return this.#array?.kernel;
  }

  beginDataSet(): void {
    this.#dataSet += 1;
    this.#begin();
  }

  /** The RTL has departed from the program, behind the events so far or in the next one. */
  part(): void {
    if (this.#array) return;
    const [dataSet, events] = [this.#dataSet, this.#events];
    this.#array = createArray(this.#run);
    for (this.#dataSet = 0; this.#dataSet <= dataSet; this.#dataSet++) {
      this.#repeat(this.#dataSet === dataSet ? events : Infinity);
      // Who looks at the end of a data set settles the rest of all cells, which rounds
      if (this.#dataSet < dataSet) invariant(this.kernel?.conductance, 'the array has been made');
    }
    this.#dataSet = dataSet;
  }

  commit(expected: SegmentEvent): void {
    this.#events += 1;
    if (this.#running) this.#array?.end(this.#running.clocks);
    this.#array?.begin(expected);
    this.#running = expected;
  }

  /** Codes of the converters; undefined as long as they are those of the array that the RTL drives. */
  sample({ share }: SampleEvent): readonly number[] | undefined {
    this.#events += 1;
    return this.#array?.sample(share);
  }

  #begin(): void {
    const dataSet = this.#run.scheduled.program.dataSets[this.#dataSet];
    this.#events = 0;
    this.#running = undefined;
    if (this.#array && dataSet) setModulators(this.#array, dataSet);
  }

  /** The first `count` events of the data set. */
  #repeat(count: number): void {
    const { program } = this.#run.scheduled;
    this.#begin();
    const dataSet = program.dataSets[this.#dataSet];
    if (!dataSet || count === 0) return;
    for (const event of interpretProgram(program, dataSet, surroundingsOf(program, dataSet.spikes))) {
      if (event.kind === 'segment') this.commit(event);
      else this.sample(event);
      if (this.#events >= count) return;
    }
  }
}
