/** A tile that a pulse program trains: each step is pulses, then planes that are read. See {@link RecordedTile}. */
import { invariant } from '../../core/invariant.js';
import type { Span } from '../../core/span.js';
import type { TileKernel } from '../../devices/kernel.js';
import type { TileStart } from '../../ir/calibrate.js';
import type { MappedArray } from '../../ir/mapped.js';
import { dataSetOf } from '../../ir/modes/mode-program.js';
import { trainStep } from '../../ir/modes/train-step.js';
import type { Occasion } from '../../ir/occasion.js';
import { RAIL_SET } from '../../ir/passes/bias.js';
import { arrayProgram } from '../../ir/realize/network-array.js';
import type { DataSet, DeviceSetting, PulseProgram, Room, WorkEntry } from '../../ir/scheduled.js';
import { RecordedTile, type TileRecording } from './recorded-tile.js';

export interface ProgramTileSetup {
  readonly array: MappedArray;
  /** Name of the program, which is that of the controller. */
  readonly name: string;
  /** What asks for its steps. */
  readonly origin: Span;
  readonly start: TileStart;
  readonly seed: number;
  /** Planes that are read in every step. */
  readonly readPlanes: number;
  readonly pulses: 'cells' | 'planes';
  /** Entries of a step that the memories hold at least; with planes, each names a row and a column plane of its own. */
  readonly entries: number;
  /** log2 of the clocks of a tick of pulse widths. */
  readonly tickExponent: number;
  /** Where the experiment is; asked for steps that do not say it. */
  readonly occasion?: () => Occasion | undefined;
}

/** Pulses and planes of a step. */
export interface TileStep {
  readonly entries: readonly WorkEntry[];
  /** Planes of rows and of columns that entries name; those of rows are counted behind the planes that are read. */
  readonly rowPlanes?: readonly (readonly number[])[];
  readonly columnPlanes?: readonly (readonly number[])[];
  /** Modulators of the device that are set before the step. */
  readonly modulators?: readonly DeviceSetting[];
  /** Where the experiment was when its pulses were decided on. */
  readonly occasion?: Occasion;
  /** At most as many as a step reads; missing ones have no lines. */
  readonly reads: readonly (readonly number[])[];
}

export class ProgramTile {
  readonly #setup: ProgramTileSetup;
  readonly #tile: RecordedTile;

  constructor(setup: ProgramTileSetup) {
    const { array, start, seed, name, origin, readPlanes, pulses, tickExponent } = setup;
    const shell = arrayProgram(array, name);
    const { operations } = trainStep({
      ...{ rows: array.rows, columns: array.columns, origin },
      ...{ writeRailSet: RAIL_SET.write, readRailSet: RAIL_SET.read },
      ...{ readPlanes, pulses, integrateClocks: shell.restClocks },
    });
    const program = { ...shell, origin, tickExponent, operations, room: roomOf(setup) };
    this.#setup = setup;
    this.#tile = new RecordedTile({
      scheduled: { phase: 'scheduled', mapped: array, program },
      start,
      seed,
      readPlanes,
    });
  }

  get kernel(): TileKernel {
    return this.#tile.kernel;
  }

  get program(): PulseProgram {
    return this.#tile.program;
  }

  /** Clocks of all data sets, from the first commit to the last. */
  get clocks(): number {
    return this.#tile.clocks;
  }

  /** Runs one step; codes of every plane, each (columns). */
  run(step: TileStep): readonly Int32Array[] {
    return this.#tile.run(this.#dataSetOf(step)).slice(0, step.reads.length);
  }

  /** What is recorded on, without steps. */
  get empty(): TileRecording {
    return this.#tile.empty;
  }

  /** All steps so far. */
  recording(): TileRecording {
    return this.#tile.recording();
  }

  #dataSetOf(step: TileStep): DataSet {
    const { entries, rowPlanes = [], columnPlanes = [], modulators, reads } = step;
    const { origin, readPlanes, pulses } = this.#setup;
    const occasion = step.occasion ?? this.#setup.occasion?.();
    invariant(reads.length <= readPlanes, 'a step reads as many planes as its program');
    const padding = Array.from({ length: readPlanes - reads.length }, (): readonly number[] => []);
    return dataSetOf(origin, `step ${String(this.#tile.steps)}`, {
      entries,
      ...(modulators && { modulators }),
      ...(occasion && { occasion }),
      rowPlanes: [...reads, ...padding, ...rowPlanes],
      // A memory that entries name has a plane at least
      ...(pulses === 'planes' && { columnPlanes: columnPlanes.length > 0 ? columnPlanes : [[]] }),
    });
  }
}

/** Memories are made for any step, so that the controller is the same for every run. */
function roomOf({ readPlanes, pulses, entries }: ProgramTileSetup): Room {
  const planes = pulses === 'planes' ? entries : 0;
  return { entries, rowPlanes: readPlanes + planes, columnPlanes: planes };
}
