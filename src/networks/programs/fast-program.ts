/**
 * A trained layer with fast weights on a tile, sequence by sequence: a step holds the biases, writes what the host has
 * decided from the codes of the step before, and reads the values before. What the layer computes comes from codes
 * alone, so that errors of devices and converters act back, and equal codes on the RTL mean that the same is written.
 */
import { amperesOf } from '../../ir/analog-array.js';
import { dataSetOf } from '../../ir/modes/mode-program.js';
import { fastWeightWork } from '../../ir/modes/fast-weight-step.js';
import type { Occasion } from '../../ir/occasion.js';
import { readVoltsOf } from '../../ir/passes/bias.js';
import { linesOfBit, quantizeInputs } from '../arrays/column-reader.js';
import type { FastLayer } from '../recurrent/fast-layer.js';
import { activate } from '../recurrent/sequence-activation.js';
import { FAST_INPUT_BITS, type FastTile } from './fast-tile.js';
import { RecordedTile, type TileRecording } from './recorded-tile.js';
import { SparseWriter } from './sparse-writer.js';

export interface FastProgramSetup {
  readonly tile: FastTile;
  readonly layer: FastLayer;
  readonly scheme: 'single' | 'differential';
  /** Conductance of a weight of one [S]. */
  readonly siemensPerUnit: number;
  readonly seed: number;
  readonly without: readonly string[];
}

/** Part of the fast weights that may be left over from one sequence to the next. */
const LEFT_OVER = 1e-3;

export class FastProgram {
  readonly writer: SparseWriter;
  readonly #setup: FastProgramSetup;
  readonly #tile: RecordedTile;
  readonly #perWeight: number;
  readonly #lines: number;
  readonly #before: Float32Array;
  readonly #magnitudes: Int32Array;
  readonly #outputs: Float64Array;
  /** Rounds of pulses that the next step begins with. */
  #due: readonly (readonly number[])[] = [];
  /** Where the experiment was when these were decided on. */
  #occasion: Occasion | undefined;
  /** Longest data set of a sequence [clocks]. */
  #longest = 0;

  constructor(setup: FastProgramSetup) {
    const { tile, layer, scheme, seed, without } = setup;
    const { units, inputs, isRecurrent } = layer.shape;
    this.#setup = setup;
    this.#perWeight = scheme === 'differential' ? 2 : 1;
    this.#lines = inputs + (isRecurrent ? units : 0);
    this.#before = new Float32Array(this.#lines);
    this.#magnitudes = new Int32Array(this.#lines);
    this.#outputs = new Float64Array(units);
    const { device, rows, columns } = tile.scheduled.mapped;
    const window = device.windows.find(({ name }) => name === device.defaultWindow);
    const start = { without, ...(window && { window }), initial: this.#lasting(rows, columns) };
    this.#tile = new RecordedTile({ scheduled: tile.scheduled, start, seed, readPlanes: tile.readPlanes });
    const { restClocks } = tile.scheduled.program;
    this.writer = new SparseWriter({ rows, columns, pulses: tile.pulses, clocks: tile.writeClocks, restClocks });
  }

  /** Longest step of a sequence so far [s]. */
  get longestSeconds(): number {
    return this.#longest / this.#tile.program.clockHz;
  }

  /** All steps so far as one job for the RTL. */
  recording(): TileRecording {
    return this.#tile.recording();
  }

  /** Outputs behind every step (steps x units) of `inputs` (steps x inputs), which are shown at `occasion`. */
  present(inputs: Float64Array, occasion: Occasion): Float64Array {
    const { inputs: count, units } = this.#setup.layer.shape;
    const steps = inputs.length / count;
    const all = new Float64Array(steps * units);
    this.#occasion = occasion;
    this.#forget();
    this.#outputs.fill(0);
    for (let step = 0; step < steps; step++) {
      this.#see(inputs.subarray(step * count, (step + 1) * count));
      this.#respond(this.#read(step === 0 ? this.#setup.tile.forgetting : this.#setup.tile.holding));
      this.#due = this.writer.plan((wanted) => {
        this.#change(wanted);
      });
      this.#occasion = { ...occasion, step: step + 1 };
      all.set(this.#outputs, step * units);
    }
    return all;
  }

  /** What lasts, in cells that training has not found otherwise (rows x columns of the tile) [S]. */
  #lasting(rows: number, columns: number): readonly number[] {
    const { layer, siemensPerUnit, tile } = this.#setup;
    const { min = 0, max = Infinity } = tile.scheduled.mapped.device.states[0] ?? {};
    const cells = new Array<number>(rows * columns).fill(min);
    this.#eachSynapse(columns, (cell, synapse) => {
      const siemens = (layer.values.weight[synapse] ?? NaN) * siemensPerUnit;
      cells[cell] = Math.min(max, Math.max(min, siemens));
      if (this.#perWeight === 2) cells[cell + 1] = Math.min(max, Math.max(min, -siemens));
    });
    return cells;
  }

  #eachSynapse(columns: number, visit: (cell: number, synapse: number, line: number, unit: number) => void): void {
    const { units } = this.#setup.layer.shape;
    for (let line = 0; line < this.#lines; line++) {
      for (let unit = 0; unit < units; unit++) {
        visit(line * columns + unit * this.#perWeight, unit * this.#lines + line, line, unit);
      }
    }
  }

  /** Steps at the level of forgetting but for the one that the next sequence begins with. */
  #forget(): void {
    const { forgotten, forgetting } = this.#setup.tile;
    const steps = Math.max(1, Math.ceil(Math.log(LEFT_OVER) / Math.log(forgotten)));
    this.#due = [];
    for (let step = 1; step < steps; step++) this.#run(forgetting, []);
  }

  /** Values before a step as the layer uses them. */
  #see(inputs: Float64Array): void {
    const { norm } = this.#setup.layer.shape;
    const before = this.#before;
    before.set(inputs);
    if (before.length > inputs.length) before.set(this.#outputs, inputs.length);
    if (norm.of !== 'inputs') return;
    let square = 0;
    for (const value of before) square += value * value;
    const scale = square === 0 ? 0 : norm.length / Math.sqrt(square);
    before.forEach((value, line) => {
      before[line] = value * scale;
    });
  }

  /** Sums over rows of input times conductance beyond that of rest (columns) [S x unit of the inputs]. */
  #read(groups: FastTile['holding']): Float64Array {
    const { program } = this.#tile;
    const { bits, unit } = quantizeInputs(
      { inputs: this.#before, offset: 0, inputBits: FAST_INPUT_BITS },
      this.#magnitudes,
    );
    const planes = [1, -1].flatMap((sign) =>
      Array.from({ length: bits }, (_, bit) => ({
        factor: sign * 2 ** bit * unit,
        lines: linesOfBit(this.#magnitudes, sign, bit),
      })),
    );
    const codes = this.#run(
      groups,
      planes.map(({ lines }) => lines),
    );
    const volts = readVoltsOf(program.railSets);
    const sums = new Float64Array(program.columns);
    planes.forEach(({ factor, lines }, plane) => {
      const rest = lines.length * this.#setup.tile.restSiemens;
      for (let column = 0; column < sums.length; column++) {
        const siemens = amperesOf(codes[plane]?.[column] ?? 0, program.scan) / volts;
        sums[column] = (sums[column] ?? 0) + factor * (siemens - rest);
      }
    });
    return sums;
  }

  #respond(sums: Float64Array): void {
    const { layer, siemensPerUnit } = this.#setup;
    for (let unit = 0; unit < this.#outputs.length; unit++) {
      const minus = this.#perWeight === 2 ? (sums[2 * unit + 1] ?? NaN) : 0;
      const sum = ((sums[this.#perWeight * unit] ?? NaN) - minus) / siemensPerUnit;
      this.#outputs[unit] = activate(layer.shape.activation, sum + (layer.values.bias[unit] ?? NaN));
    }
  }

  /** What a step adds to the short-term part of every cell (rows x columns of the tile) [S]. */
  #change(wanted: Float64Array): void {
    const { layer, siemensPerUnit } = this.#setup;
    this.#eachSynapse(this.#tile.program.columns, (cell, synapse, line, unit) => {
      const product = (this.#outputs[unit] ?? NaN) * (this.#before[line] ?? NaN);
      const siemens = (layer.values.gain[synapse] ?? NaN) * product * siemensPerUnit;
      if (siemens > 0) wanted[cell] = siemens;
      else if (this.#perWeight === 2) wanted[cell + 1] = -siemens;
    });
  }

  /** One data set; codes of the planes that are read. */
  #run(groups: FastTile['holding'], reads: readonly (readonly number[])[]): readonly Int32Array[] {
    const { program, array, steps, clocks } = this.#tile;
    const padding = Array.from({ length: this.#setup.tile.readPlanes - reads.length }, (): readonly number[] => []);
    const size = { rows: program.rows, columns: program.columns, origin: array.tileOrigin };
    const work = fastWeightWork(size, { groups, rounds: this.#due, reads: [...reads, ...padding] });
    const occasion = this.#occasion;
    const data = { ...work, ...(occasion && { occasion }) };
    const codes = this.#tile.run(dataSetOf(array.tileOrigin, `step ${String(steps)}`, data));
    this.#longest = Math.max(this.#longest, this.#tile.clocks - clocks);
    return codes;
  }
}
