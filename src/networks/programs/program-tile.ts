/**
 * A tile that a pulse program trains: every step becomes a data set, which is interpreted on the device kernel at once,
 * because the next step depends on its codes, and kept, so that all of them together are a co-simulation job.
 */
import { invariant } from '../../core/invariant.js';
import { compileKernel } from '../../devices/compile-kernel.js';
import type { TileKernel } from '../../devices/kernel.js';
import { AnalogArray } from '../../ir/analog-array.js';
import { prepareTile, type TileStart } from '../../ir/calibrate.js';
import { interpretProgram } from '../../ir/interpret.js';
import type { MappedArray } from '../../ir/mapped.js';
import { dataSetOf } from '../../ir/modes/mode-program.js';
import { trainStep } from '../../ir/modes/train-step.js';
import { RAIL_SET } from '../../ir/passes/bias.js';
import { arrayProgram } from '../../ir/realize/network-array.js';
import type { DataSet, PulseProgram, ScheduledArray, WorkEntry } from '../../ir/scheduled.js';

export interface ProgramTileSetup {
  readonly array: MappedArray;
  /** Name of the program, which is that of the controller. */
  readonly name: string;
  readonly start: TileStart;
  readonly seed: number;
  /** Planes that are read in every step. */
  readonly readPlanes: number;
  readonly pulses: 'cells' | 'planes';
  /** log2 of the clocks of a tick of pulse widths. */
  readonly tickExponent: number;
}

/** Pulses and planes of a step. */
export interface TileStep {
  readonly entries: readonly WorkEntry[];
  /** Planes of rows and of columns that entries name; those of rows are counted behind the planes that are read. */
  readonly rowPlanes?: readonly (readonly number[])[];
  readonly columnPlanes?: readonly (readonly number[])[];
  /** At most as many as a step reads; missing ones have no lines. */
  readonly reads: readonly (readonly number[])[];
}

/** A run of one tile: what the RTL has to do, on which cells. */
export interface TileRecording {
  readonly scheduled: ScheduledArray;
  readonly start: TileStart;
  readonly seed: number;
}

export class ProgramTile {
  readonly kernel: TileKernel;
  readonly program: PulseProgram;
  readonly #setup: ProgramTileSetup;
  readonly #analog: AnalogArray;
  readonly #dataSets: DataSet[] = [];
  /** Clocks of all data sets, from the first commit to the last. */
  clocks = 0;

  constructor(setup: ProgramTileSetup) {
    const { array, start, seed, name, readPlanes, pulses, tickExponent } = setup;
    const shell = arrayProgram(array, name);
    const { operations } = trainStep({
      ...{ rows: array.rows, columns: array.columns, origin: array.tileOrigin },
      ...{ writeRailSet: RAIL_SET.write, readRailSet: RAIL_SET.read },
      ...{ readPlanes, pulses, integrateClocks: shell.restClocks },
    });
    this.#setup = setup;
    this.program = { ...shell, tickExponent, operations };
    const { kernel } = prepareTile(array, start, seed, (tile) => compileKernel(array.device, tile));
    this.kernel = kernel;
    this.#analog = new AnalogArray(kernel, this.program);
  }

  /** Runs one step; codes of every plane, each (columns). */
  run(step: TileStep): readonly Int32Array[] {
    const dataSet = this.#dataSetOf(step);
    this.#dataSets.push(dataSet);
    const { readPlanes } = this.#setup;
    const { columns, scan } = this.program;
    const codes = Array.from({ length: readPlanes }, () => new Int32Array(columns));
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
    return codes.slice(0, step.reads.length);
  }

  /** All steps so far. */
  recording(): TileRecording {
    const { array, start, seed } = this.#setup;
    invariant(this.#dataSets.length > 0, 'something has been recorded');
    const program = { ...this.program, dataSets: [...this.#dataSets] };
    return { scheduled: { phase: 'scheduled', mapped: array, program }, start, seed };
  }

  #dataSetOf({ entries, rowPlanes = [], columnPlanes = [], reads }: TileStep): DataSet {
    const { array, readPlanes, pulses } = this.#setup;
    invariant(reads.length <= readPlanes, 'a step reads as many planes as its program');
    const padding = Array.from({ length: readPlanes - reads.length }, (): readonly number[] => []);
    return dataSetOf(array.tileOrigin, `step ${String(this.#dataSets.length)}`, {
      entries,
      rowPlanes: [...reads, ...padding, ...rowPlanes],
      // A memory that entries name has a plane at least
      ...(pulses === 'planes' && { columnPlanes: columnPlanes.length > 0 ? columnPlanes : [[]] }),
    });
  }
}
