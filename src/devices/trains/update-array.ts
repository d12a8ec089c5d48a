/**
 * An array of one device under pulse trains: every row and every column sends a train, a cell is pulsed where both
 * fire, and all pulses of a train are one step of arithmetic. Weights are single-precision numbers.
 */
import { invariant } from '../../core/invariant.js';
import { LaneBuilder } from '../../numerics/lanes/lane-program.js';
import { roundKeys } from '../../numerics/lanes/lane-normals-code.js';
import { TRAIN_BIT } from '../../numerics/lanes/lane-normals.js';
import { normalQuantiles } from '../../numerics/normal-quantiles.js';
import { keyOfSeed } from '../../numerics/normal.js';
import { createTeam } from '../../numerics/thread-team.js';
import { compileModule, createMemory, createSharedMemory, type WasmMemory } from '../../numerics/wasm-host.js';
import type { DeviceModel } from '../device-model.js';
import { cellLawOf, streamName, type CellLaw } from './cell-law.js';
import { cellValues } from './cell-streams.js';
import { chooseCollapse, MAX_SLOTS, NO_COLLAPSE } from './choose-order.js';
import { singlePulseProgram, trainProgram, type Collapse } from './collapse.js';
import { laneObstacle } from './lower-lanes.js';
import { initialWeight, stepLawOf, type StepLaw, type StepLawRefusal } from './step-law.js';
import { updateModule } from './update-code.js';
import { compileUpdate, type UpdateRows } from './update-javascript.js';
import { HEADER, layOut, type UpdateLayout } from './update-layout.js';

/** Size, randomness and execution of an array; the numbers do not depend on the execution. */
export interface UpdateSetup {
  readonly rows: number;
  readonly columns: number;
  readonly seed: number;
  /** Spreads that stay at their mean. */
  readonly without?: readonly string[];
  /** `webassembly` where nothing else is said. */
  readonly execution?: 'webassembly' | 'javascript';
  /** Threads that share the rows, this one included; only with WebAssembly. */
  readonly threads?: number;
  /** Every train as single pulses: slow, and what collapsed trains are compared with. */
  readonly pulseByPulse?: boolean;
}

/** Trains of one update: a word of slots for every line, and the sign of every line. */
export interface Trains {
  /** Bit s: the line fires in slot s; at most 31 slots. */
  readonly rowBits: Uint32Array;
  readonly columnBits: Uint32Array;
  /** -1 or 1; a cell is pulsed upwards where the product is 1. */
  readonly rowSigns: Int8Array;
  readonly columnSigns: Int8Array;
}

/** The array of a device that trains are fast for. */
export interface UpdateArray {
  readonly rows: number;
  readonly columns: number;
  /** Cell (r, c) is at r x `stride` + c of `weights`; `columns` filled up to a multiple of 32. */
  readonly stride: number;
  /** Live weights, in the unit of the state; to be read, see `write`. */
  readonly weights: Float32Array;
  /** How trains become one step. */
  readonly collapse: Collapse;
  /** One update; the number of pulses of a cell is the number of slots in which its lines both fire. */
  applyTrains(trains: Trains): void;
  /** Signed numbers of pulses, (rows x columns), each cell its own. */
  applyCounts(counts: Int16Array): void;
  /** Sets all weights, (rows x columns), kept within the bounds of each cell. */
  write(weights: Float32Array): void;
  /** Back to the initial weights; draws start again, devices stay. */
  reset(): void;
  /** Ends the threads of the array; it works on with one. */
  close(): void;
}

/** The array, or why the device has no fast form. */
export function createUpdateArray(device: DeviceModel, setup: UpdateSetup): UpdateArray | StepLawRefusal {
  const found = stepLawOf(device, setup.without);
  if (found.kind === 'refused') return found;
  const law = cellLawOf(found.law);
  const equations = [law.mean, law.lower, law.upper, ...noiseEquations(law)];
  const obstacle = equations.map(laneObstacle).find((reason) => reason !== undefined);
  if (obstacle !== undefined) return { kind: 'refused', reasons: [obstacle] };
  const shape = { rows: setup.rows, columns: setup.columns, key: keyOfSeed(setup.seed), without: setup.without ?? [] };
  const values = cellValues(device, [...law.streams, initialWeight(found.law)], shape);
  const wrong = values.findIndex((stream) => !stream.every((value) => Number.isFinite(Math.fround(value))));
  if (wrong >= 0) return { kind: 'refused', reasons: ['an equation of the step is not a finite number in every cell'] };
  return new TrainArray({ law: found.law, cellLaw: law, values, setup });
}

function noiseEquations({ noise }: CellLaw): CellLaw['mean'][] {
  if (noise.kind === 'none') return [];
  return [noise.kind === 'relative' ? noise.ratio : noise.deviation];
}

interface Parts {
  readonly law: StepLaw;
  readonly cellLaw: CellLaw;
  /** Streams, then initial weights; (rows x columns). */
  readonly values: readonly Float64Array[];
  readonly setup: UpdateSetup;
}

class TrainArray implements UpdateArray {
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly weights: Float32Array;
  readonly collapse: Collapse;
  readonly #layout: UpdateLayout;
  readonly #memory: ArrayBufferLike;
  readonly #workers: RowWorkers;
  readonly #initial: Float32Array;
  readonly #clip: (weights: Float32Array) => void;
  readonly #tag: number;
  #events = 0;

  constructor({ law, cellLaw, values, setup }: Parts) {
    const { rows, columns, execution = 'webassembly', threads = 1 } = setup;
    const layout = layOut({ rows, columns, streams: cellLaw.streams.length, threads });
    const isShared = threads > 1;
    const memory = memoryFor(layout.bytes, execution, isShared);
    this.rows = rows;
    this.columns = columns;
    this.stride = layout.stride;
    this.#layout = layout;
    this.#memory = memory.buffer;
    this.weights = this.#floats(layout.weights);
    layout.streams.forEach((address, index) => {
      this.#fill(this.#floats(address), values[index] ?? []);
    });
    const key = keyOfSeed(setup.seed);
    new Uint32Array(this.#memory, layout.keys, 20).set(roundKeys(key));
    const table = normalQuantiles();
    new Float32Array(this.#memory, layout.table, table.length).set(table);
    const streams = layout.streams.map((address) => this.#floats(address));
    this.collapse = setup.pulseByPulse ? NO_COLLAPSE : chooseCollapse(cellLaw, streams, rows * layout.stride);
    const programs = {
      train: trainProgram(new LaneBuilder(), cellLaw, this.collapse),
      single: singlePulseProgram(new LaneBuilder(), cellLaw),
    };
    this.#tag = (TRAIN_BIT | law.stream) >>> 0;
    this.#clip = boundsOf(cellLaw, streams);
    this.#initial = new Float32Array(rows * layout.stride);
    this.#fill(this.#initial, values.at(-1) ?? []);
    this.#workers =
      execution === 'javascript'
        ? { run: compileUpdate(programs, layout, { memory: this.#memory, key }), close: () => undefined }
        : createWorkers(updateModule(programs, layout, isShared), memory, layout);
    this.reset();
  }

  applyTrains({ rowBits, rowSigns, columnBits, columnSigns }: Trains): void {
    invariant(rowBits.length === this.rows && columnBits.length === this.columns, 'trains have a word for every line');
    const { layout, memory } = { layout: this.#layout, memory: this.#memory };
    new Uint32Array(memory, layout.rowBits, this.rows).set(rowBits);
    new Uint32Array(memory, layout.columnBits, this.columns).set(columnBits);
    writeSigns(rowSigns, new Int32Array(memory, layout.rowSigns, this.rows));
    writeSigns(columnSigns, new Int32Array(memory, layout.columnSigns, this.columns));
    this.#update(false);
  }

  applyCounts(counts: Int16Array): void {
    invariant(counts.length === this.rows * this.columns, 'there is a count for every cell');
    const own = new Int16Array(this.#memory, this.#layout.counts, this.rows * this.stride);
    const rest = Int16Array.from(counts);
    // No more at once than the series holds for; each part is an event of its own.
    for (let isLeft = true; isLeft;) {
      isLeft = false;
      for (let index = 0; index < rest.length; index++) {
        const count = rest[index] ?? 0;
        const part = Math.max(-MAX_SLOTS, Math.min(MAX_SLOTS, count));
        own[Math.floor(index / this.columns) * this.stride + (index % this.columns)] = part;
        rest[index] = count - part;
        isLeft ||= count !== part;
      }
      this.#update(true);
    }
  }

  write(weights: Float32Array): void {
    invariant(weights.length === this.rows * this.columns, 'there is a weight for every cell');
    this.#fill(this.weights, weights);
    this.#clip(this.weights);
  }

  reset(): void {
    this.weights.set(this.#initial);
    this.#clip(this.weights);
    this.#events = 0;
  }

  close(): void {
    this.#workers.close();
  }

  #update(fromCounts: boolean): void {
    const header = new Uint32Array(this.#memory, this.#layout.header, 2);
    header[HEADER.event / 4] = this.#events;
    header[HEADER.tag / 4] = this.#tag;
    this.#events++;
    this.#workers.run(0, this.rows, fromCounts);
  }

  #floats(address: number): Float32Array {
    return new Float32Array(this.#memory, address, this.rows * this.#layout.stride);
  }

  /** Values (rows x columns) to an array with rows of `stride`; no -0, which additions would make 0. */
  #fill(out: Float32Array, values: ArrayLike<number>): void {
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++) {
        out[row * this.stride + column] = (values[row * this.columns + column] ?? NaN) + 0;
      }
    }
  }
}

/** Runs updates on rows with as many threads as there is scratch memory for. */
interface RowWorkers {
  readonly run: UpdateRows;
  /** Ends the threads; `run` works on with one. */
  readonly close: () => void;
}

/** Rows that a thread takes at once. */
const ROWS_AT_ONCE = 8;

function createWorkers(binary: Uint8Array, memory: WasmMemory, layout: UpdateLayout): RowWorkers {
  const name = 'updateRows';
  const team = createTeam({ module: compileModule(binary), memory, functions: [name] }, layout.scratch);
  return {
    run: (_, rows, fromCounts) => {
      team.run({ name, count: rows, grain: ROWS_AT_ONCE, argument: Number(fromCounts) });
    },
    close: () => {
      team.close();
    },
  };
}

/** Words of all ones where a sign is negative; a plain loop, for other threads wait meanwhile. */
function writeSigns(signs: Int8Array, masks: Int32Array): void {
  for (let line = 0; line < masks.length; line++) masks[line] = (signs[line] ?? 0) < 0 ? -1 : 0;
}

/** Brings weights into the bounds of their cells; a bound is a number or a stream. */
function boundsOf({ lower, upper }: CellLaw, streams: readonly Float32Array[]): (weights: Float32Array) => void {
  const valueOf = (bound: CellLaw['lower'], cell: number): number => {
    switch (bound.kind) {
      case 'number':
        return Math.fround(bound.value);
      case 'reference':
        return streams.find((_, index) => streamName(index) === bound.name)?.[cell] ?? NaN;
      case 'conditional':
        return valueOf(bound.whenTrue, cell);
      default:
        return NaN;
    }
  };
  return (weights) => {
    for (let cell = 0; cell < weights.length; cell++) {
      const value = weights[cell] ?? NaN;
      weights[cell] = Math.min(valueOf(upper, cell), Math.max(valueOf(lower, cell), value));
    }
  };
}

/** Memory for `bytes`; JavaScript does without WebAssembly. */
function memoryFor(bytes: number, execution: 'webassembly' | 'javascript', isShared: boolean): WasmMemory {
  if (execution === 'javascript') return { buffer: new ArrayBuffer(bytes) };
  return isShared ? createSharedMemory(bytes) : createMemory(bytes);
}
