/**
 * Synapses on a device that follows the voltage: true conductances in the cells, what the host knows of them beside it,
 * and the rule in between. Forward products are read from the cells through the converters. Errors go back through the
 * weights that the host believes in where it programs them, and through what it has read row by row where it does not.
 */
import { invariant } from '../../core/invariant.js';
import type { DeviceModel } from '../../devices/device-model.js';
import type { Chip } from '../../ir/chip.js';
import type { WeightEncoding } from '../../ir/graph.js';
import type { MappedLearning } from '../../ir/mapped-network.js';
import { CellField, fieldObstacle } from './cell-field.js';
import { CellProgrammer, type Programmed } from './cell-programmer.js';
import { ColumnReader, type ReadCells } from './column-reader.js';
import { gradientProduct } from './gradient-product.js';
import { changePerProduct, OuterProductUpdate, weightStepOf } from './outer-product-update.js';
import { directPulses, readVoltsOn, tilePulses, type PulseVolts } from './pulse-volts.js';
import { compileReadLaw, hasReadNoise, type ReadLaw } from './read-law.js';
import { compileSampleRule, stepAtRate, type SampleRule, type SampleState } from './sample-rule.js';
import { realizationOf, settingOf } from './realization.js';
import { stepInverse, tickOf, type KnownSpread } from './step-inverse.js';
import type { ArrayCounts, ArraySnapshot, Batch, SynapseArray } from './synapse-array.js';
import { WeightCells, windowOf } from './weight-cells.js';

export interface DeviceArraySetup {
  readonly rows: number;
  readonly columns: number;
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
}

export interface DeviceArrayRefusal {
  readonly kind: 'refused';
  readonly reason: string;
}

/** Bits of an input where nothing says how many. */
export const INPUT_BITS = 8;

/** An array, or why the device or the rule cannot be carried out. */
export function createDeviceArray(setup: DeviceArraySetup): DeviceArray | DeviceArrayRefusal {
  const obstacle = fieldObstacle(setup.device);
  if (obstacle !== undefined) return { kind: 'refused', reason: obstacle };
  if (setup.learning.length === 0) return new DeviceArray(setup, undefined);
  const rule = compileSampleRule(setup.learning, setup);
  if ('kind' in rule) return rule;
  const method = realizationOf(setup.learning) ?? 'host';
  if (method === 'outerProduct' && changePerProduct(rule) === undefined) {
    return { kind: 'refused', reason: 'trains change weights in proportion to `pre.value * post.error` only' };
  }
  if (method === 'superposition' || method === 'bias' || method === 'pulses') {
    return { kind: 'refused', reason: `\`realize ${method}\` is not how cells that follow the voltage are programmed` };
  }
  return new DeviceArray(setup, rule);
}

export class DeviceArray implements SynapseArray {
  readonly rows: number;
  readonly columns: number;
  readonly field: CellField;
  readonly reader: ColumnReader;
  readonly cells: WeightCells;
  readonly programmer: CellProgrammer;
  readonly #setup: DeviceArraySetup;
  readonly #rule: SampleRule | undefined;
  readonly #trains: OuterProductUpdate | undefined;
  readonly #state: SampleState;
  readonly #readLaw: ReadLaw;
  readonly #seen: ReadCells;
  readonly #read: Float64Array;
  readonly #weights: Float32Array;
  /** What the host knows of the weights, and whether it has to look again. */
  readonly #known: Float32Array;
  readonly #measured: Float64Array;
  #isSeen = false;
  #isKnown = false;
  #rate = 1;
  /** Pulses, seconds. */
  readonly #totals = new Float64Array(2);

  constructor(setup: DeviceArraySetup, rule: SampleRule | undefined) {
    const { rows, columns, device, encoding, learning, chip, seed, without, weights } = setup;
    const window = windowOf(encoding, device);
    const levels = settingOf(learning, 'levels');
    const volts: PulseVolts = chip ? tilePulses(device, chip.tile) : directPulses(device);
    const cells = new WeightCells({ rows, columns, encoding, window, ...(levels !== undefined && { levels }) });
    const field = new CellField({ device, rows, columns: cells.cellColumns, window, seed, without, volts });
    this.rows = rows;
    this.columns = columns;
    this.#setup = setup;
    this.#rule = rule;
    this.cells = cells;
    this.field = field;
    const inverse = stepInverse(device, window, volts, setup.known);
    this.programmer = new CellProgrammer({
      cells,
      inverse,
      attempts: settingOf(learning, 'attempts') ?? 1,
      tickSeconds: chip ? tickOf(device, chip) : 0,
    });
    const noiseStream = device.spreads.findIndex(({ per }) => per === 'read');
    this.reader = new ColumnReader({
      rows,
      columns: cells.cellColumns,
      readVolts: readVoltsOn(device, chip?.tile),
      inputBits: setup.inputBits ?? INPUT_BITS,
      seed,
      ...(chip && { converters: chip.tile.adc }),
      ...(hasReadNoise(device, without) && { noiseStream }),
    });
    this.#readLaw = compileReadLaw(device, field.equations, field.storage, without);
    const count = rows * cells.cellColumns;
    this.#seen = { siemens: new Float64Array(count), variance: new Float64Array(count) };
    this.#measured = new Float64Array(count);
    this.#read = new Float64Array(cells.cellColumns);
    this.#weights = new Float32Array(rows * columns);
    this.#known = new Float32Array(rows * columns);
    this.#trains = rule && realizationOf(learning) === 'outerProduct' ? this.#trainsOf(rule) : undefined;
    this.#state = {
      product: new Float32Array(rows * columns),
      weight: Float32Array.from(weights),
      traces: (rule?.traces ?? []).map(({ initial }) => new Float32Array(rows * columns).fill(initial)),
      modulators: Float64Array.from(rule?.modulators ?? [], ({ initial }) => initial),
    };
    cells.toSiemens(this.#state.weight, field.conductance);
    this.programmer.believed.set(field.conductance);
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
    this.#see();
    this.cells.toWeights(this.#seen.siemens, this.#weights);
    return this.#weights;
  }

  /** Weights that the host asks for, before they become conductances. */
  get wanted(): Float32Array {
    return this.#state.weight;
  }

  forward(inputs: Batch, out: Batch): void {
    this.#see();
    const { scale, isDifferential } = this.cells;
    for (let sample = 0; sample < inputs.count; sample++) {
      this.reader.read(inputs.values, sample * inputs.width, this.#seen, this.#read);
      for (let column = 0; column < this.columns; column++) {
        const found = isDifferential
          ? (this.#read[2 * column] ?? NaN) - (this.#read[2 * column + 1] ?? NaN)
          : (this.#read[column] ?? NaN);
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
    const rule = this.#rule;
    if (!rule) return;
    if (this.#trains) this.#learnByTrains(this.#trains, inputs, errors);
    else {
      gradientProduct(inputs, errors, this.#state.product);
      stepAtRate(rule, this.#state, this.#rate, this);
      this.#count(this.programmer.program(this.#state.weight, this.#array()));
    }
    this.#isKnown = false;
  }

  setRate(rate: number): void {
    this.#rate = rate;
    if (this.#trains) this.#trains.rate = rate;
  }

  setReadNoise(forward: number, backward: number): void {
    this.reader.forwardNoise = forward;
    this.reader.rowNoise = backward;
  }

  modulate(name: string, value: number): void {
    this.field.modulate(name, value);
    const index = this.#rule?.modulators.findIndex((modulator) => modulator.name === name) ?? -1;
    if (index >= 0) this.#state.modulators[index] = value;
    this.#isSeen = false;
  }

  rest(seconds: number): void {
    this.field.rest(seconds);
    this.#isSeen = false;
  }

  snapshot(): ArraySnapshot {
    const { weight, traces, modulators } = this.#state;
    const { states, modulators: fields } = this.field.storage;
    const { reads, planes } = this.reader;
    return {
      ...Object.fromEntries(states.map((state, index) => [`state${String(index)}`, state.slice()])),
      ...Object.fromEntries(fields.map((field, index) => [`field${String(index)}`, field.slice()])),
      ...Object.fromEntries(traces.map((trace, index) => [`trace${String(index)}`, trace.slice()])),
      weight: weight.slice(),
      modulators: modulators.slice(),
      believed: this.programmer.believed.slice(),
      measured: this.#measured.slice(),
      energy: this.field.energy.slice(),
      totals: Float64Array.of(
        ...this.#totals,
        ...[reads, planes, this.field.events, this.#trains?.events ?? 0, Number(this.#isKnown)],
      ),
    };
  }

  restore(snapshot: ArraySnapshot): void {
    const { weight, traces, modulators } = this.#state;
    const take = (name: string, into: Float32Array | Float64Array): void => {
      const values = snapshot[name];
      invariant(values?.length === into.length, `a snapshot holds \`${name}\``);
      into.set(values);
    };
    this.field.storage.states.forEach((state, index) => {
      take(`state${String(index)}`, state);
    });
    this.field.storage.modulators.forEach((field, index) => {
      take(`field${String(index)}`, field);
    });
    traces.forEach((trace, index) => {
      take(`trace${String(index)}`, trace);
    });
    take('weight', weight);
    take('modulators', modulators);
    take('believed', this.programmer.believed);
    take('measured', this.#measured);
    take('energy', this.field.energy);
    const totals = new Float64Array(this.#totals.length + 5);
    take('totals', totals);
    this.#totals.set(totals.subarray(0, 2));
    const [reads = 0, planes = 0, events = 0, drawn = 0, isKnown = 0] = totals.subarray(2);
    this.reader.reads = reads;
    this.reader.planes = planes;
    this.field.events = events;
    if (this.#trains) this.#trains.events = drawn;
    this.#isSeen = false;
    this.#isKnown = isKnown === 1;
    if (this.#isKnown) this.cells.toWeights(this.#trains ? this.#measured : this.programmer.believed, this.#known);
  }

  #array() {
    return {
      field: this.field,
      reader: this.reader,
      seen: () => {
        this.#isSeen = false;
        return this.#see();
      },
    };
  }

  /** Cells as they read now. */
  #see(): ReadCells {
    if (!this.#isSeen) this.#readLaw(this.#seen.siemens, this.#seen.variance);
    this.#isSeen = true;
    return this.#seen;
  }

  /** What the host goes back through. */
  #hostWeights(): Float32Array {
    if (this.#isKnown) return this.#known;
    if (this.#trains) {
      const seen = this.#see();
      for (let row = 0; row < this.rows; row++) this.reader.readRow(row, seen, this.#measured);
    }
    this.cells.toWeights(this.#trains ? this.#measured : this.programmer.believed, this.#known);
    this.#isKnown = true;
    return this.#known;
  }

  #trainsOf(rule: SampleRule): OuterProductUpdate {
    const { device, learning, seed } = this.#setup;
    const { cells } = this;
    return new OuterProductUpdate({
      ...{ cells, seed, learning, pulseSeconds: device.pulse.seconds },
      changePerProduct: changePerProduct(rule) ?? 0,
      weightStep: weightStepOf(device, cells),
    });
  }

  #learnByTrains(trains: OuterProductUpdate, inputs: Batch, errors: Batch): void {
    for (let sample = 0; sample < inputs.count; sample++) {
      const x = inputs.values.subarray(sample * inputs.width, sample * inputs.width + this.rows);
      const d = errors.values.subarray(sample * errors.width, sample * errors.width + this.columns);
      const drawn = trains.draw(x, d);
      if (drawn.slots === 0) continue;
      const pulses = trains.pulsesOf(drawn);
      this.field.pulse(pulses);
      const [up = 0, down = 0] = pulses.lines.whole;
      this.#count({ pulses: pulses.total, seconds: up + down });
    }
  }

  #count({ pulses, seconds }: Programmed): void {
    const rest = this.#setup.chip?.tile.settleSeconds ?? 0;
    this.#totals[0] = (this.#totals[0] ?? 0) + pulses;
    this.#totals[1] = (this.#totals[1] ?? 0) + seconds + pulses * rest;
    if (pulses > 0) this.#isSeen = false;
  }
}
