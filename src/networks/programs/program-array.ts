/**
 * Synapses on one tile that a pulse program reads and writes: the decisions of device-array.ts, taken from the codes
 * of the converters alone, and every step a data set of one program. When the RTL runs these data sets on the same
 * devices, every code and every conductance is compared; and as the host decides by codes and by what it believes, the
 * steps that it would have taken on the RTL are the ones that were recorded.
 */
import { invariant } from '../../core/invariant.js';
import { amperesOf } from '../../ir/analog-array.js';
import { readVoltsOf } from '../../ir/passes/bias.js';
import { networkArray } from '../../ir/realize/network-array.js';
import type { WorkEntry } from '../../ir/scheduled.js';
import { CellProgrammer } from '../arrays/cell-programmer.js';
import { fieldObstacle } from '../arrays/cell-field.js';
import { quantizeInputs } from '../arrays/column-reader.js';
import { INPUT_BITS, type DeviceArraySetup } from '../arrays/device-array.js';
import { gradientProduct } from '../arrays/gradient-product.js';
import { changePerProduct, OuterProductUpdate, weightStepOf } from '../arrays/outer-product-update.js';
import { tilePulses } from '../arrays/pulse-volts.js';
import { realizationOf, settingOf } from '../arrays/realization.js';
import { compileSampleRule, stepAtRate, type SampleRule, type SampleState } from '../arrays/sample-rule.js';
import { stepInverse, tickOf } from '../arrays/step-inverse.js';
import type { ArrayCounts, ArraySnapshot, Batch, SynapseArray } from '../arrays/synapse-array.js';
import { WeightCells, windowOf } from '../arrays/weight-cells.js';
import { notRunnable } from '../study-fault.js';
import { ProgramTile, type TileRecording, type TileStep } from './program-tile.js';
import { trainSteps } from './train-planes.js';

export interface ProgramArraySetup extends DeviceArraySetup {
  readonly chip: NonNullable<DeviceArraySetup['chip']>;
  /** File name as the user gave it. */
  readonly source: string;
  /** Name of the program, which becomes that of the controller. */
  readonly name: string;
}

/** Why a projection cannot be trained by a pulse program. */
export interface ProgramRefusal {
  readonly kind: 'refused';
  readonly reason: string;
}

/** The array, or why a program cannot be it. */
export function createProgramArray(setup: ProgramArraySetup): ProgramArray | ProgramRefusal {
  const refused = (reason: string): ProgramRefusal => ({ kind: 'refused', reason });
  const { chip, device, encoding, learning, rows, columns } = setup;
  const obstacle = fieldObstacle(device);
  if (obstacle !== undefined) return refused(obstacle);
  const cellColumns = encoding.scheme === 'differential' ? 2 * columns : columns;
  if (rows > chip.tile.rows || cellColumns > chip.tile.columns) {
    return refused(`${String(rows)} x ${String(cellColumns)} cells do not fit a tile`);
  }
  const rule = compileSampleRule(learning, setup);
  if ('kind' in rule) return rule;
  const method = realizationOf(learning);
  if (method === 'outerProduct' && changePerProduct(rule) === undefined) {
    return refused('trains change weights in proportion to `pre.value * post.error` only');
  }
  if (method !== 'outerProduct' && method !== 'programming' && method !== 'host') {
    return refused(`no program trains cells by \`realize ${String(method)}\``);
  }
  return new ProgramArray(setup, rule);
}

export class ProgramArray implements SynapseArray {
  readonly rows: number;
  readonly columns: number;
  readonly #setup: ProgramArraySetup;
  readonly #rule: SampleRule;
  readonly #cells: WeightCells;
  readonly #programmer: CellProgrammer;
  readonly #tile: ProgramTile;
  readonly #trains: OuterProductUpdate | undefined;
  readonly #state: SampleState;
  readonly #inputBits: number;
  readonly #magnitudes: Int32Array;
  readonly #measured: Float64Array;
  readonly #weights: Float32Array;
  readonly #known: Float32Array;
  #isKnown = false;
  #rate = 1;
  /** Pulses that come before the next read. */
  #pending: readonly Omit<TileStep, 'reads'>[] = [];
  #pulses = 0;
  #reads = 0;
  #planes = 0;

  constructor(setup: ProgramArraySetup, rule: SampleRule) {
    const { rows, columns, device, encoding, learning, chip, weights, seed, without } = setup;
    const window = windowOf(encoding, device);
    const levels = settingOf(learning, 'levels');
    const cells = new WeightCells({ rows, columns, encoding, window, ...(levels !== undefined && { levels }) });
    const tickSeconds = tickOf(device, chip);
    const array = networkArray(setup.source, chip, device);
    this.rows = rows;
    this.columns = columns;
    this.#setup = setup;
    this.#rule = rule;
    this.#cells = cells;
    this.#inputBits = setup.inputBits ?? INPUT_BITS;
    this.#magnitudes = new Int32Array(rows);
    this.#programmer = new CellProgrammer({
      ...{ cells, tickSeconds, attempts: settingOf(learning, 'attempts') ?? 1 },
      inverse: stepInverse(device, window, tilePulses(device, chip.tile), setup.known),
    });
    this.#measured = new Float64Array(rows * cells.cellColumns);
    this.#weights = new Float32Array(rows * columns);
    this.#known = new Float32Array(rows * columns);
    this.#trains =
      realizationOf(learning) === 'outerProduct'
        ? new OuterProductUpdate({
            ...{ cells, seed, pulseSeconds: device.pulse.seconds, weightStep: weightStepOf(device, cells) },
            ...{ changePerProduct: changePerProduct(rule) ?? 0, learning },
          })
        : undefined;
    this.#state = {
      product: new Float32Array(rows * columns),
      weight: Float32Array.from(weights),
      traces: rule.traces.map(({ initial }) => new Float32Array(rows * columns).fill(initial)),
      modulators: Float64Array.from(rule.modulators, ({ initial }) => initial),
    };
    const { believed } = this.#programmer;
    cells.toSiemens(this.#state.weight, believed);
    const initial = new Array<number>(array.rows * array.columns).fill(window.low);
    believed.forEach((siemens, cell) => {
      initial[this.#placeOf(cell, array.columns)] = siemens;
    });
    this.#tile = new ProgramTile({
      ...{ array, seed, name: setup.name, readPlanes: this.#inputBits, start: { window, without, initial } },
      ...{ pulses: this.#trains ? 'planes' : 'cells', tickExponent: Math.log2(tickSeconds * array.clockHz) },
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

  weights(): Float32Array {
    this.#flush();
    const { conductance } = this.#tile.kernel;
    const siemens = this.#measured.map(
      (_, cell) => conductance[this.#placeOf(cell, this.#tile.program.columns)] ?? NaN,
    );
    this.#cells.toWeights(siemens, this.#weights);
    return this.#weights;
  }

  forward(inputs: Batch, out: Batch): void {
    const { isDifferential, scale } = this.#cells;
    for (let sample = 0; sample < inputs.count; sample++) {
      const sums = this.#product(inputs.values, sample * inputs.width);
      for (let column = 0; column < this.columns; column++) {
        const found = isDifferential
          ? (sums[2 * column] ?? NaN) - (sums[2 * column + 1] ?? NaN)
          : (sums[column] ?? NaN);
        out.values[sample * out.width + column] = found / scale;
      }
    }
  }

  backward(errors: Batch, out: Batch): void {
    const weights = this.#hostWeights();
    for (let sample = 0; sample < errors.count; sample++) {
      for (let row = 0; row < this.rows; row++) {
        let sum = 0;
        for (let column = 0; column < this.columns; column++) {
          sum += (errors.values[sample * errors.width + column] ?? 0) * (weights[row * this.columns + column] ?? 0);
        }
        out.values[sample * out.width + row] = sum;
      }
    }
  }

  learn(inputs: Batch, errors: Batch): void {
    this.#isKnown = false;
    if (this.#trains) {
      this.#learnByTrains(this.#trains, inputs, errors);
      return;
    }
    gradientProduct(inputs, errors, this.#state.product);
    stepAtRate(this.#rule, this.#state, this.#rate, this);
    const { attempts } = this.#programmer;
    this.#write(this.#programmer.widthsFor(this.#state.weight));
    this.#programmer.believe();
    for (let attempt = 1; attempt < attempts && this.#pending.length > 0; attempt++) {
      const rows = this.#programmer.pulsedRows();
      this.#readRows(rows);
      this.#write(this.#programmer.correctionsFor(this.#measured));
    }
  }

  setRate(rate: number): void {
    this.#rate = rate;
    if (this.#trains) this.#trains.rate = rate;
  }

  setReadNoise(forward: number, backward: number): void {
    if (forward !== 1 || backward !== 1) {
      notRunnable(`\`${this.#setup.name}\``, 'a program reads devices with the noise that they have');
    }
  }

  modulate(name: string, value: number): void {
    const index = this.#rule.modulators.findIndex((modulator) => modulator.name === name);
    if (index >= 0) this.#state.modulators[index] = value;
    else if (this.#setup.device.modulators.some((modulator) => modulator.name === name)) {
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

  /** Sums over rows of input times conductance, (cells of a row) [S x unit of the inputs]. */
  #product(values: Float32Array, offset: number): Float64Array {
    const sums = new Float64Array(this.#cells.cellColumns);
    const { bits, unit } = quantizeInputs(values, offset, this.#inputBits, this.#magnitudes);
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
    return sums;
  }

  /** Rows whose input has the sign, by the bits of its magnitude, the most significant first. */
  #planesOf(sign: number, bits: number): readonly (readonly number[])[] {
    return Array.from({ length: bits }, (_, index) => {
      const lines: number[] = [];
      this.#magnitudes.forEach((value, row) => {
        if (sign * value > 0 && ((sign * value) >>> (bits - 1 - index)) & 1) lines.push(row);
      });
      return lines;
    });
  }

  /** Conductances of whole rows, each read by itself. */
  #readRows(rows: readonly number[]): void {
    const { program } = this.#tile;
    const volts = readVoltsOf(program.railSets);
    const { cellColumns } = this.#cells;
    for (let first = 0; first < rows.length; first += this.#inputBits) {
      const some = rows.slice(first, first + this.#inputBits);
      this.#reads += some.length;
      this.#run(some.map((row) => [row])).forEach((codes, index) => {
        const start = (some[index] ?? 0) * cellColumns;
        for (let cell = 0; cell < cellColumns; cell++) {
          this.#measured[start + cell] = amperesOf(codes[cell] ?? 0, program.scan) / volts;
        }
      });
    }
  }

  #hostWeights(): Float32Array {
    if (this.#isKnown) return this.#known;
    if (this.#trains) this.#readRows(Array.from({ length: this.rows }, (_, row) => row));
    this.#cells.toWeights(this.#trains ? this.#measured : this.#programmer.believed, this.#known);
    this.#isKnown = true;
    return this.#known;
  }

  /** Pulses of these widths come with the next step [s]. */
  #write(widths: Float64Array): void {
    const { clockHz, tickExponent } = this.#tile.program;
    const { cellColumns } = this.#cells;
    const entries: WorkEntry[] = [];
    widths.forEach((seconds, cell) => {
      const magnitude = Math.round((Math.abs(seconds) * clockHz) / 2 ** tickExponent);
      if (magnitude === 0) return;
      const place = { row: Math.floor(cell / cellColumns), column: cell % cellColumns };
      entries.push({ ...place, negative: seconds < 0, magnitude, last: true });
    });
    this.#pulses += entries.length;
    if (entries.length > 0) this.#pending = [...this.#pending, { entries }];
  }

  #learnByTrains(trains: OuterProductUpdate, inputs: Batch, errors: Batch): void {
    const { clockHz, tickExponent } = this.#tile.program;
    const magnitude = Math.max(1, Math.round((this.#setup.device.pulse.seconds * clockHz) / 2 ** tickExponent));
    for (let sample = 0; sample < inputs.count; sample++) {
      const x = inputs.values.subarray(sample * inputs.width, sample * inputs.width + this.rows);
      const d = errors.values.subarray(sample * errors.width, sample * errors.width + this.columns);
      const drawn = trains.draw(x, d);
      this.#pulses += trains.pulsesOf(drawn).total;
      const step = trainSteps(drawn, { cells: this.#cells, firstPlane: this.#inputBits, magnitude });
      if (step.entries.length > 0) this.#pending = [...this.#pending, step];
    }
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
