/**
 * Outer products as random trains: in each slot every row fires with a chance proportional to its input and every column
 * with one proportional to its error, and a cell gets a nominal pulse where both fire. Lines know no sign, so a slot has
 * a phase for each pair of signs; of a differential weight the plus cell goes one way and the minus cell the other.
 */
import { MAX_SLOTS } from '../../devices/trains/choose-order.js';
import { drawTrains, type DrawnTrains } from '../../devices/trains/draw-trains.js';
import type { DeviceModel } from '../../devices/device-model.js';
import type { MappedLearning } from '../../ir/mapped-network.js';
import { settingOf } from './realization.js';
import type { SampleRule } from './sample-rule.js';
import { serialLines, type FieldPulses } from './cell-field.js';
import { nominalStep } from './step-inverse.js';
import type { WeightCells } from './weight-cells.js';

export interface OuterProductSetup {
  readonly cells: WeightCells;
  /** Weight change for one unit of `pre.value * post.error`. */
  readonly changePerProduct: number;
  /** Weight change of one coincidence in a nominal device. */
  readonly weightStep: number;
  readonly pulseSeconds: number;
  /** The rule, whose realization says how many slots there are at most and which seed is added. */
  readonly learning: readonly MappedLearning[];
  readonly seed: number;
}

/** Weight change of one coincidence: both cells of a pair take a nominal step at the middle of the window. */
export function weightStepOf(device: DeviceModel, { window, isDifferential, scale }: WeightCells): number {
  return ((isDifferential ? 2 : 1) * nominalStep(device, window, (window.low + window.high) / 2)) / scale;
}

/** Trains of one sample: rows of neurons before, columns of neurons behind; a weight rises where signs are equal. */
export type SampleTrains = DrawnTrains;

/**
 * What a rule does to a weight for one unit of `pre.value * post.error`; undefined where that is not the same for all
 * weights and products, which trains cannot follow.
 */
export function changePerProduct(rule: SampleRule): number | undefined {
  const modulators = Float64Array.from(rule.modulators, ({ initial }) => initial);
  const change = (product: number, weight: number): number => {
    const [start, products] = [Float32Array.of(weight), Float32Array.of(product)];
    const traces = rule.traces.map(({ initial }) => Float32Array.of(initial));
    rule.step({ product: products, weight: start, traces, modulators }, 0, 1);
    return (start[0] ?? NaN) - weight;
  };
  // Small enough to stay within the range of the weight
  const unit = change(PROBE, 0) / PROBE;
  const others = [change(-PROBE, 0) / -PROBE, change(2 * PROBE, 0) / (2 * PROBE), change(PROBE, PROBE) / PROBE];
  return others.every((other) => Math.abs(other - unit) <= 1e-3 * Math.abs(unit)) ? unit : undefined;
}

const PROBE = 2 ** -12;

export class OuterProductUpdate {
  /** Factor of every change. */
  rate = 1;
  /** Samples so far, which number the draws. */
  events = 0;
  readonly #setup: OuterProductSetup;
  readonly #pulses: Required<FieldPulses>;

  constructor(setup: OuterProductSetup) {
    const { rows, cellColumns } = setup.cells;
    this.#setup = setup;
    const count = rows * cellColumns;
    const lines = serialLines(rows, cellColumns);
    this.#pulses = { seconds: new Float64Array(count), counts: new Int16Array(count), lines };
  }

  /** Trains of a sample; `errors` are derivatives of the loss. */
  draw(inputs: Float32Array, errors: Float32Array): SampleTrains {
    const { weightStep, learning } = this.#setup;
    const changePerProduct = this.rate * this.#setup.changePerProduct;
    const slots = settingOf(learning, 'slots') ?? MAX_SLOTS;
    const seed = this.#setup.seed + (settingOf(learning, 'seed') ?? 1);
    const towards = Math.sign(changePerProduct);
    const law = {
      learningRate: Math.abs(changePerProduct),
      stepSize: weightStep,
      isBalanced: true,
      ...lengthOf(inputs, errors, { rate: Math.abs(changePerProduct) / weightStep, slots }),
    };
    return drawTrains(
      inputs,
      errors.map((error) => towards * error),
      law,
      { seed, event: this.events++ },
    );
  }

  /** Pulses of all cells where `trains` coincide; a view that the next call overwrites. */
  pulsesOf(trains: SampleTrains): FieldPulses & { readonly total: number } {
    const { cells, pulseSeconds } = this.#setup;
    const { seconds, counts, lines } = this.#pulses;
    for (const times of Object.values(lines) as readonly Float64Array[]) times.fill(0);
    let total = 0;
    const { rows, columns, cellColumns } = cells;
    const perWeight = cellColumns / columns;
    for (let row = 0; row < rows; row++) {
      const rowBits = trains.rowBits[row] ?? 0;
      for (let column = 0; column < columns; column++) {
        const count = rowBits === 0 ? 0 : ones(rowBits & (trains.columnBits[column] ?? 0));
        const sign = (trains.rowSigns[row] ?? 1) * (trains.columnSigns[column] ?? 1);
        for (let side = 0; side < perWeight; side++) {
          const cell = row * cellColumns + column * perWeight + side;
          counts[cell] = count * sign * (side === 0 ? 1 : -1);
          seconds[cell] = (counts[cell] ?? 0) * pulseSeconds;
          total += count;
        }
      }
    }
    this.#times(trains);
    return { seconds, counts, lines, total };
  }

  /** How long lines are on: in each slot in which they fire once a phase of their sign. */
  #times(trains: SampleTrains): void {
    const { cells, pulseSeconds } = this.#setup;
    const { rowUp, rowDown, rowPulses, columnUp, columnDown, columnPulses, whole } = this.#pulses.lines;
    const isSigned = trains.rowSigns.some((sign, row) => sign < 0 && trains.rowBits[row] !== 0);
    // With one cell a weight a row of positive input is on upwards for errors of one sign, downwards for the other
    trains.rowBits.forEach((bits, row) => {
      const slots = ones(bits);
      rowUp[row] = slots * pulseSeconds;
      rowDown[row] = slots * pulseSeconds;
      rowPulses[row] = 2 * slots;
    });
    const perWeight = cells.cellColumns / cells.columns;
    trains.columnBits.forEach((bits, column) => {
      const slots = ones(bits);
      for (let side = 0; side < perWeight; side++) {
        const line = column * perWeight + side;
        const isUp = (trains.columnSigns[column] ?? 1) * (side === 0 ? 1 : -1) > 0;
        columnUp[line] = isUp || isSigned ? slots * pulseSeconds : 0;
        columnDown[line] = !isUp || isSigned ? slots * pulseSeconds : 0;
        columnPulses[line] = isSigned ? 2 * slots : slots;
      }
    });
    const phases = isSigned ? 2 : 1;
    whole.fill(phases * trains.slots * pulseSeconds);
  }
}

/** As many slots as the largest product needs, up to the longest train. */
function lengthOf(
  inputs: Float32Array,
  errors: Float32Array,
  { rate, slots }: { readonly rate: number; readonly slots: number },
): { readonly length?: number } {
  const largest = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const needed = Math.ceil(rate * largest(inputs) * largest(errors) * (1 - 1e-12));
  return needed > slots ? { length: slots } : {};
}

function ones(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x5555_5555);
  count = (count & 0x3333_3333) + ((count >>> 2) & 0x3333_3333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
