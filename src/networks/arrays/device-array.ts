/**
 * Synapses on a device that follows the voltage: true conductances in the cells, read through the converters, and
 * pulsed as the method of their rule decides. Errors go back through what that method knows of the cells.
 */
import type { DeviceModel } from '../../devices/device-model.js';
import { windowOf } from '../../ir/encoding-window.js';
import type { Chip } from '../../ir/chip.js';
import { INPUT_BITS } from '../../ir/input-bits.js';
import type { WeightEncoding } from '../../ir/graph.js';
import type { MappedLearning } from '../../ir/mapped-network.js';
import type { StuckCell } from '../../ir/tile-lines.js';
import { addSerial, CellField, fieldObstacle, serialLines } from './cell-field.js';
import { ColumnReader, type ReadCells } from './column-reader.js';
import { createUpdate, type UpdateRefusal } from './create-update.js';
import { transposedProduct } from './gradient-product.js';
import type { InputRange } from './input-range.js';
import { LineField } from './line-field.js';
import { directPulses, readVoltsOn, tilePulses, type PulseVolts } from './pulse-volts.js';
import { compileReadLaw, hasReadNoise, type ReadLaw } from './read-law.js';
import type { Programming } from './programmed-cells.js';
import { settingOf } from './realization.js';
import { tickOf, type KnownSpread } from './step-inverse.js';
import { takeSnapshot, type ArrayCounts, type ArraySnapshot, type Batch, type SynapseArray } from './synapse-array.js';
import type { LinePulse, UpdateMethod, WrittenArray } from './update-method.js';
import type { FirstNeurons } from './sample-rule.js';
import { WeightCells } from './weight-cells.js';

export interface DeviceArraySetup {
  readonly rows: number;
  readonly columns: number;
  /** Indices of its first neurons among those of the projection; those of both sides, where it has all. */
  readonly first?: FirstNeurons;
  readonly device: DeviceModel;
  readonly encoding: WeightEncoding;
  readonly learning: readonly MappedLearning[];
  /** Rails, timer and converters; absent for pulses of any width and currents that are known exactly. */
  readonly chip?: Chip;
  /** Seed of devices, pulses and reads. */
  readonly seed: number;
  /** Spreads that stay at their mean. */
  readonly without: readonly string[];
  /** Where weights start (rows x columns). */
  readonly weights: Float32Array;
  /** Bits of an input that is read; 8 where absent. */
  readonly inputBits?: number;
  /** Per-device values that a calibration has found, which widths of pulses then follow. */
  readonly known?: KnownSpread;
  /** How cells that nothing teaches are programmed; they begin at their weights where absent. */
  readonly programming?: Programming;
  /** Cells that keep their conductance, by row and cell of it. */
  readonly stuck?: readonly StuckCell[];
}

/** How the weights of an array lie in its cells. */
export function cellsOf({
  rows,
  columns,
  first,
  encoding,
  device,
  learning,
  stuck,
  programming,
}: DeviceArraySetup): WeightCells {
  const levels = settingOf(learning, 'levels') ?? programming?.levels;
  const window = windowOf(encoding, device);
  const placed = { rows, columns, ...(first && { first }), ...(stuck && { stuck }) };
  return new WeightCells({ ...placed, encoding, window, ...(levels !== undefined && { levels }) });
}

/** An array, or why the device or the rule cannot be carried out. */
export function createDeviceArray(setup: DeviceArraySetup): DeviceArray | UpdateRefusal {
  const { device, learning, seed, weights, known, chip, programming } = setup;
  const obstacle = fieldObstacle(device);
  if (obstacle !== undefined) return { kind: 'refused', reason: obstacle };
  const cells = cellsOf(setup);
  const volts = chip ? tilePulses(device, chip.tile) : directPulses(device);
  const tickSeconds = chip ? tickOf(device, chip) : 0;
  const method = createUpdate({ cells, device, learning, volts, tickSeconds, seed, weights, known, programming });
  if ('kind' in method) return method;
  const cellRows = method.start.length / cells.cellColumns;
  if (chip && cellRows > setup.rows && cellRows > chip.tile.rows) {
    return {
      kind: 'refused',
      reason: `${String(cellRows)} rows of cells do not fit a tile of ${String(chip.tile.rows)}`,
    };
  }
  return new DeviceArray(setup, { cells, volts, method });
}

interface ArrayParts {
  readonly cells: WeightCells;
  readonly volts: PulseVolts;
  readonly method: UpdateMethod;
}

export class DeviceArray implements SynapseArray, WrittenArray {
  readonly rows: number;
  readonly columns: number;
  readonly field: CellField;
  readonly reader: ColumnReader;
  readonly cells: WeightCells;
  readonly #method: UpdateMethod;
  /** Rests after a pulse [s]. */
  readonly #settleSeconds: number;
  readonly #readLaw: ReadLaw;
  readonly #seen: ReadCells;
  readonly #weights: Float32Array;
  /** What the host knows of the weights, and whether it has to look again. */
  readonly #known: Float32Array;
  readonly #serial: ReturnType<typeof serialLines>;
  readonly #lines: LineField;
  #isSeen = false;
  #isKnown = false;
  /** Pulses, seconds. */
  readonly #totals = new Float64Array(2);

  constructor(setup: DeviceArraySetup, { cells, volts, method }: ArrayParts) {
    const { rows, columns, device, chip, seed, without } = setup;
    const cellRows = method.start.length / cells.cellColumns;
    this.rows = rows;
    this.columns = columns;
    this.cells = cells;
    this.#method = method;
    this.#settleSeconds = chip?.tile.settleSeconds ?? 0;
    this.field = new CellField({
      ...{ device, rows: cellRows, columns: cells.cellColumns, window: cells.window, seed, without, volts },
    });
    const noiseStream = device.spreads.findIndex(({ per }) => per === 'read');
    this.reader = new ColumnReader({
      ...{ rows, columns: cells.cellColumns, seed, inputBits: setup.inputBits ?? INPUT_BITS },
      readVolts: readVoltsOn(device, chip?.tile),
      ...(chip && { converters: chip.tile.adc }),
      ...(hasReadNoise(device, without) && { noiseStream }),
    });
    this.#readLaw = compileReadLaw(device, this.field.equations, this.field.storage, without);
    const count = method.start.length;
    this.#seen = { siemens: new Float64Array(count), variance: new Float64Array(count) };
    this.#weights = new Float32Array(rows * columns);
    this.#known = new Float32Array(rows * columns);
    this.#serial = serialLines(cellRows, cells.cellColumns);
    this.#lines = new LineField(cellRows, cells.cellColumns);
    this.field.conductance.set(method.start);
    this.#keepStuck();
  }

  get counts(): ArrayCounts {
    const [pulses = 0, seconds = 0] = this.#totals;
    const energy: Record<string, number> = {};
    this.field.shares.forEach((share, index) => {
      energy[share] = (energy[share] ?? 0) + (this.field.energy[index] ?? 0);
    });
    const conversions = this.reader.planes * this.cells.cellColumns;
    return { pulses, refreshes: 0, reads: this.reader.reads, energy, conversions, seconds };
  }

  weights(): Float32Array {
    this.cells.toWeights(this.#see().siemens, this.#weights);
    return this.#weights;
  }

  /** Weights that the host asks for, before they become conductances; none where it keeps none. */
  get wanted(): Float32Array | undefined {
    return this.#method.wanted;
  }

  forward(inputs: Batch, out: Batch, ranges?: readonly InputRange[]): void {
    const each = (sample: number, sums: Float64Array): void => {
      this.cells.toWeights(sums, out.values.subarray(sample * out.width, sample * out.width + this.columns));
    };
    this.reader.readBatch(inputs, this.#see(), { each, ranges });
  }

  backward(errors: Batch, out: Batch): void {
    if (!this.#isKnown) this.cells.toWeights(this.#method.look(this), this.#known);
    this.#isKnown = true;
    transposedProduct(errors, this.#known, out);
  }

  learn(inputs: Batch, errors: Batch): void {
    this.#method.learn(inputs, errors, this);
    this.#isKnown = false;
  }

  program(): void {
    this.#method.program?.(this);
    this.#isKnown = false;
  }

  setRate(rate: number): void {
    this.#method.rate = rate;
  }

  setReadNoise(forward: number, backward: number): void {
    this.reader.forwardNoise = forward;
    this.reader.rowNoise = backward;
  }

  modulate(name: string, value: number): void {
    this.field.modulate(name, value);
    this.#method.modulate(name, value);
    this.#isSeen = false;
  }

  rest(seconds: number): void {
    this.field.rest(seconds);
    this.#keepStuck();
    this.#isSeen = false;
  }

  writeCells(seconds: Float64Array): number {
    const pulses = addSerial(this.#serial, seconds);
    if (pulses > 0) this.field.pulse({ seconds, lines: this.#serial });
    this.#count(pulses, this.#serial.whole, pulses);
    return pulses;
  }

  writeLines(pulses: readonly LinePulse[]): void {
    if (pulses.length === 0) return;
    const collected = this.#lines.collect(pulses);
    this.field.pulse(collected);
    this.#count(collected.total, collected.lines.whole, pulses.filter(({ goesOn }) => goesOn !== true).length);
  }

  readRows(rows: readonly number[], out: Float64Array): void {
    const seen = this.#see();
    for (const row of rows) this.reader.readRow(row, seen, out);
  }

  snapshot(): ArraySnapshot {
    const { states, modulators: fields } = this.field.storage;
    const { reads, planes } = this.reader;
    return {
      ...this.#method.snapshot(),
      ...Object.fromEntries(states.map((state, index) => [`state${String(index)}`, state.slice()])),
      ...Object.fromEntries(fields.map((field, index) => [`field${String(index)}`, field.slice()])),
      known: this.#known.slice(),
      energy: this.field.energy.slice(),
      totals: Float64Array.of(...this.#totals, reads, planes, this.field.events, Number(this.#isKnown)),
    };
  }

  restore(snapshot: ArraySnapshot): void {
    this.#method.restore(snapshot);
    this.field.storage.states.forEach((state, index) => {
      takeSnapshot(snapshot, `state${String(index)}`, state);
    });
    this.field.storage.modulators.forEach((field, index) => {
      takeSnapshot(snapshot, `field${String(index)}`, field);
    });
    takeSnapshot(snapshot, 'known', this.#known);
    takeSnapshot(snapshot, 'energy', this.field.energy);
    const totals = new Float64Array(this.#totals.length + 4);
    takeSnapshot(snapshot, 'totals', totals);
    this.#totals.set(totals.subarray(0, 2));
    const [reads = 0, planes = 0, events = 0, isKnown = 0] = totals.subarray(2);
    this.reader.reads = reads;
    this.reader.planes = planes;
    this.field.events = events;
    this.#isSeen = false;
    this.#isKnown = isKnown === 1;
  }

  /** Cells as they read now. */
  #see(): ReadCells {
    if (!this.#isSeen) this.#readLaw(this.#seen.siemens, this.#seen.variance);
    this.#isSeen = true;
    return this.#seen;
  }

  /** Cells that were pulsed, time up and down [s], and rests. */
  #count(pulses: number, [up = 0, down = 0]: Float64Array, rests: number): void {
    this.#totals[0] = (this.#totals[0] ?? 0) + pulses;
    this.#totals[1] = (this.#totals[1] ?? 0) + up + down + rests * this.#settleSeconds;
    if (pulses === 0) return;
    this.#keepStuck();
    this.#isSeen = false;
  }

  /** Whatever pulses and time do, stuck cells are what they were. */
  #keepStuck(): void {
    for (const { row, column, siemens } of this.cells.stuck) {
      this.field.conductance[row * this.cells.cellColumns + column] = siemens;
    }
  }
}
