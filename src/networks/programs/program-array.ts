/**
 * Synapses on one tile that a pulse program reads and writes: the decisions of the methods of ../arrays, taken from the
 * codes of the converters alone, and every step a data set of one program. When the RTL runs these data sets on the same
 * devices, every code and every conductance is compared; and as the host decides by codes and by what it believes, the
 * steps that it would have taken on the RTL are the ones that were recorded.
 */
import { invariant } from '../../core/invariant.js';
import { amperesOf } from '../../ir/analog-array.js';
import type { Occasion } from '../../ir/occasion.js';
import { INPUT_BITS } from '../../ir/input-bits.js';
import { readVoltsOf } from '../../ir/passes/bias.js';
import { networkArray } from '../../ir/realize/network-array.js';
import type { MatrixSize } from '../../ir/synapse-matrix.js';
import { fieldObstacle } from '../arrays/cell-field.js';
import { linesOfBit, quantizeInputs } from '../arrays/column-reader.js';
import { createUpdate, type UpdateRefusal } from '../arrays/create-update.js';
import { cellsOf, type DeviceArraySetup } from '../arrays/device-array.js';
import type { InputRange } from '../arrays/input-range.js';
import { transposedProduct } from '../arrays/gradient-product.js';
import { tilePulses } from '../arrays/pulse-volts.js';
import { tickOf } from '../arrays/step-inverse.js';
import type { ArrayCounts, ArraySnapshot, Batch } from '../arrays/synapse-array.js';
import type { LinePulse, UpdateMethod, WrittenArray } from '../arrays/update-method.js';
import type { WeightCells } from '../arrays/weight-cells.js';
import { notRunnable } from '../study-fault.js';
import { misfit } from './misfit.js';
import { cellEntries, cellPulses, lineStep, stepsOf } from './line-steps.js';
import { ProgramTile, type TileStep } from './program-tile.js';
import type { RecordedArray } from './recorded-array.js';
import type { TileRecording } from './recorded-tile.js';

export interface ProgramArraySetup extends DeviceArraySetup {
  readonly chip: NonNullable<DeviceArraySetup['chip']>;
  /** File name as the user gave it. */
  readonly source: string;
  /** Name of the program, which becomes that of the controller. */
  readonly name: string;
  /** The largest matrix that the controller shall have room for; this one where absent. */
  readonly largest?: MatrixSize;
  /** Where the experiment is. */
  readonly occasion?: () => Occasion | undefined;
}

/** Pulses of single cells, and of planes, in one step; what is more goes with the next, so that memories fit windows. */
const CELL_PULSES = 2 ** 14;
const PLANE_PULSES = 128;

/** The array, or why a program cannot be it. */
export function createProgramArray(setup: ProgramArraySetup): ProgramArray | UpdateRefusal {
  const refused = (reason: string): UpdateRefusal => ({ kind: 'refused', reason });
  const { chip, device, learning, weights, seed, known, programming } = setup;
  const obstacle = fieldObstacle(device);
  if (obstacle !== undefined) return refused(obstacle);
  const cells = cellsOf(setup);
  const volts = tilePulses(device, chip.tile);
  const tickSeconds = tickOf(device, chip);
  const method = createUpdate({ cells, device, learning, volts, tickSeconds, seed, weights, known, programming });
  if ('kind' in method) return method;
  const cellRows = method.start.length / cells.cellColumns;
  if (cellRows > chip.tile.rows || cells.cellColumns > chip.tile.columns) {
    return refused(misfit(cellRows, cells.cellColumns, chip));
  }
  return new ProgramArray(setup, { cells, method, tickSeconds });
}

interface ProgramParts {
  readonly cells: WeightCells;
  readonly method: UpdateMethod;
  readonly tickSeconds: number;
}

export class ProgramArray implements RecordedArray, WrittenArray {
  readonly rows: number;
  readonly columns: number;
  readonly #setup: ProgramArraySetup;
  readonly #cells: WeightCells;
  readonly #method: UpdateMethod;
  readonly #tile: ProgramTile;
  readonly #inputBits: number;
  readonly #stepPulses: number;
  readonly #magnitudes: Int32Array;
  readonly #sums: Float64Array;
  readonly #weights: Float32Array;
  readonly #known: Float32Array;
  #isKnown = false;
  /** Pulses that come before the next read. */
  #pending: readonly Omit<TileStep, 'reads'>[] = [];
  #pulses = 0;
  #reads = 0;
  #planes = 0;

  constructor(setup: ProgramArraySetup, { cells, method, tickSeconds }: ProgramParts) {
    const { rows, columns, device, chip, seed, without } = setup;
    const array = networkArray(setup.source, chip, device);
    this.rows = rows;
    this.columns = columns;
    this.#setup = setup;
    this.#cells = cells;
    this.#method = method;
    this.#inputBits = setup.inputBits ?? INPUT_BITS;
    const { largest = setup } = setup;
    const cellsOfWeight = method.start.length / (rows * columns);
    const most = cellsOfWeight * largest.rows * largest.columns;
    this.#stepPulses = method.pulses === 'planes' ? PLANE_PULSES : Math.min(CELL_PULSES, most);
    this.#magnitudes = new Int32Array(rows);
    this.#sums = new Float64Array(cells.cellColumns);
    this.#weights = new Float32Array(rows * columns);
    this.#known = new Float32Array(rows * columns);
    const initial = new Array<number>(array.rows * array.columns).fill(cells.window.low);
    method.start.forEach((siemens, cell) => {
      initial[this.#placeOf(cell, array.columns)] = siemens;
    });
    this.#tile = new ProgramTile({
      origin: setup.learning[0]?.rule.realization.origin ?? array.tileOrigin,
      ...{ array, seed, name: setup.name, readPlanes: this.#inputBits, entries: this.#stepPulses },
      ...{ start: { window: cells.window, without, initial }, pulses: method.pulses },
      tickExponent: Math.log2(tickSeconds * array.clockHz),
      ...(setup.occasion && { occasion: setup.occasion }),
    });
  }

  get counts(): ArrayCounts {
    const { selectedEnergy, halfSelectedEnergy } = this.#tile.kernel;
    return {
      ...{ pulses: this.#pulses, refreshes: 0, reads: this.#reads },
      energy: { selected: selectedEnergy, halfSelected: halfSelectedEnergy },
      conversions: this.#planes * this.#tile.program.columns,
      seconds: this.#tile.clocks / this.#tile.program.clockHz,
    };
  }

  /** Steps so far as one job for the RTL; what is still to be written has been. */
  recording(): TileRecording {
    this.#flush();
    return this.#tile.recording();
  }

  get controller(): TileRecording {
    return this.#tile.empty;
  }

  weights(): Float32Array {
    this.#flush();
    const { conductance } = this.#tile.kernel;
    const { columns } = this.#tile.program;
    const siemens = Float64Array.from(
      { length: this.rows * this.#cells.cellColumns },
      (_, cell) => conductance[this.#placeOf(cell, columns)] ?? NaN,
    );
    this.#cells.toWeights(siemens, this.#weights);
    return this.#weights;
  }

  forward(inputs: Batch, out: Batch, ranges?: readonly InputRange[]): void {
    for (let sample = 0; sample < inputs.count; sample++) {
      this.#product(inputs.values, sample * inputs.width, ranges?.[sample]);
      this.#cells.toWeights(this.#sums, out.values.subarray(sample * out.width, sample * out.width + this.columns));
    }
  }

  backward(errors: Batch, out: Batch): void {
    if (!this.#isKnown) this.#cells.toWeights(this.#method.look(this), this.#known);
    this.#isKnown = true;
    transposedProduct(errors, this.#known, out);
  }

  learn(inputs: Batch, errors: Batch): void {
    this.#isKnown = false;
    this.#method.learn(inputs, errors, this);
  }

  program(): void {
    this.#isKnown = false;
    this.#method.program?.(this);
  }

  setRate(rate: number): void {
    this.#method.rate = rate;
  }

  setReadNoise(forward: number, backward: number): void {
    if (forward !== 1 || backward !== 1) {
      notRunnable(`\`${this.#setup.name}\``, 'a program reads devices with the noise that they have');
    }
  }

  modulate(name: string, value: number): void {
    if (this.#method.modulate(name, value)) return;
    if (this.#setup.device.modulators.some((modulator) => modulator.name === name)) {
      notRunnable(`\`${this.#setup.name}\``, `no program sets the modulator \`${name}\` of its device`);
    }
  }

  rest(seconds: number): void {
    if (seconds > 0) notRunnable(`\`${this.#setup.name}\``, 'steps of a program do not wait for each other');
  }

  snapshot(): ArraySnapshot {
    invariant(false, 'a recorded run is short, and not taken up again');
  }

  restore(_snapshot: ArraySnapshot): void {
    invariant(false, 'a recorded run is short, and not taken up again');
  }

  writeCells(seconds: Float64Array): number {
    const { cellColumns } = this.#cells;
    if (this.#method.pulses === 'planes') {
      const pulses = cellPulses(seconds, cellColumns);
      this.writeLines(pulses);
      return pulses.length;
    }
    const entries = cellEntries(seconds, cellColumns, this.#tile.program);
    this.#pulses += entries.length;
    for (let first = 0; first < entries.length; first += this.#stepPulses) {
      this.#add({ entries: entries.slice(first, first + this.#stepPulses) });
    }
    return entries.length;
  }

  writeLines(pulses: readonly LinePulse[]): void {
    if (pulses.length === 0) return;
    pulses.forEach(({ rows, columns }, index) => {
      if (pulses[index - 1]?.goesOn !== true) this.#pulses += rows.length * columns.length;
    });
    for (const some of stepsOf(pulses, this.#stepPulses)) {
      this.#add(lineStep(some, this.#inputBits, this.#tile.program));
    }
  }

  readRows(rows: readonly number[], out: Float64Array): void {
    const { program } = this.#tile;
    const volts = readVoltsOf(program.railSets);
    const { cellColumns } = this.#cells;
    for (let first = 0; first < rows.length; first += this.#inputBits) {
      const some = rows.slice(first, first + this.#inputBits);
      this.#reads += some.length;
      this.#run(some.map((row) => [row])).forEach((codes, index) => {
        const start = (some[index] ?? 0) * cellColumns;
        for (let cell = 0; cell < cellColumns; cell++) {
          out[start + cell] = amperesOf(codes[cell] ?? 0, program.scan) / volts;
        }
      });
    }
  }

  /** Sums over rows of input times conductance, (cells of a row) [S x unit of the inputs]. */
  #product(inputs: Float32Array, offset: number, range: InputRange | undefined): void {
    const sums = this.#sums.fill(0);
    const { bits, unit } = quantizeInputs({ inputs, offset, inputBits: this.#inputBits }, this.#magnitudes, range);
    const { program } = this.#tile;
    const volts = readVoltsOf(program.railSets);
    this.#reads++;
    for (const sign of [1, -1]) {
      const reads = this.#planesOf(sign, bits);
      if (reads.every((lines) => lines.length === 0)) continue;
      this.#run(reads).forEach((codes, index) => {
        const factor = (sign * 2 ** (bits - 1 - index) * unit) / volts;
        for (let cell = 0; cell < sums.length; cell++) {
          sums[cell] = (sums[cell] ?? 0) + factor * amperesOf(codes[cell] ?? 0, program.scan);
        }
      });
    }
  }

  /** Rows whose input has the sign, by the bits of its magnitude, the most significant first. */
  #planesOf(sign: number, bits: number): readonly (readonly number[])[] {
    return Array.from({ length: bits }, (_, index) => linesOfBit(this.#magnitudes, sign, bits - 1 - index));
  }

  /** Pulses are of the batch that asked for them, whenever they go. */
  #add(step: Omit<TileStep, 'reads'>): void {
    const occasion = this.#setup.occasion?.();
    this.#pending = [...this.#pending, { ...step, ...(occasion && { occasion }) }];
  }

  /** Reads planes behind the pulses that are due. */
  #run(reads: TileStep['reads']): readonly Int32Array[] {
    const [last, ...before] = this.#pending.toReversed();
    for (const step of before.reverse()) this.#tile.run({ ...step, reads: [] });
    this.#pending = [];
    this.#planes += this.#inputBits;
    return this.#tile.run({ ...(last ?? { entries: [] }), reads });
  }

  #flush(): void {
    if (this.#pending.length > 0) this.#run([]);
  }

  #placeOf(cell: number, tileColumns: number): number {
    const { cellColumns } = this.#cells;
    return Math.floor(cell / cellColumns) * tileColumns + (cell % cellColumns);
  }
}
