/**
 * A tile that runs a pulse program step by step: every data set is interpreted on the device kernel at once, because the
 * next one depends on its codes, and kept, so that all of them together are a co-simulation job.
 */
import { invariant } from '../../core/invariant.js';
import { compileKernel } from '../../devices/compile-kernel.js';
import type { TileKernel } from '../../devices/kernel.js';
import { AnalogArray } from '../../ir/analog-array.js';
import { prepareTile, type TileStart } from '../../ir/calibrate.js';
import { interpretProgram } from '../../ir/interpret.js';
import type { MappedArray } from '../../ir/mapped.js';
import type { DataSet, PulseProgram, ScheduledArray } from '../../ir/scheduled.js';

/** A run of one tile: what the RTL has to do, on which cells. */
export interface TileRecording {
  readonly scheduled: ScheduledArray;
  readonly start: TileStart;
  readonly seed: number;
}

/** A program without data sets, and the cells that it begins with. */
export interface RecordedTileSetup extends TileRecording {
  /** Planes that are read in every step. */
  readonly readPlanes: number;
}

export class RecordedTile {
  readonly kernel: TileKernel;
  readonly program: PulseProgram;
  readonly array: MappedArray;
  readonly #setup: RecordedTileSetup;
  readonly #analog: AnalogArray;
  readonly #dataSets: DataSet[] = [];
  /** Clocks of all data sets, from the first commit to the last. */
  clocks = 0;

  constructor(setup: RecordedTileSetup) {
    const { scheduled, start, seed } = setup;
    this.#setup = setup;
    this.array = scheduled.mapped;
    this.program = scheduled.program;
    const { kernel } = prepareTile(this.array, start, seed, (tile) => compileKernel(this.array.device, tile));
    this.kernel = kernel;
    this.#analog = new AnalogArray(kernel, this.program);
  }

  /** Data sets so far. */
  get steps(): number {
    return this.#dataSets.length;
  }

  /** Runs one data set; codes of every plane that is read, each (columns). */
  run(dataSet: DataSet): readonly Int32Array[] {
    this.#dataSets.push(dataSet);
    for (const { modulator, value } of dataSet.modulators ?? []) this.kernel.modulate(modulator, value);
    const { columns, scan } = this.program;
    const codes = Array.from({ length: this.#setup.readPlanes }, () => new Int32Array(columns));
    let strobes = 0;
    let clocks = 0;
    for (const event of interpretProgram(this.program, dataSet)) {
      if (event.kind === 'segment') {
        this.#analog.apply(event);
        clocks = event.clock;
        continue;
      }
      const plane = codes[Math.floor(strobes++ / scan.shares)];
      this.#analog.sample(event.share).forEach((code, converter) => {
        const column = converter * scan.shares + event.share;
        if (plane && column < columns) plane[column] = code;
      });
    }
    this.clocks += clocks;
    return codes;
  }

  /** What is recorded on, without steps. */
  get empty(): TileRecording {
    const { scheduled, start, seed } = this.#setup;
    return { scheduled, start, seed };
  }

  /** All steps so far. */
  recording(): TileRecording {
    const { scheduled, start, seed } = this.#setup;
    invariant(this.#dataSets.length > 0, 'something has been recorded');
    const program = { ...this.program, dataSets: [...this.#dataSets] };
    return { scheduled: { ...scheduled, program }, start, seed };
  }
}
