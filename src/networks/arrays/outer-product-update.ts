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
import { nominalStep } from './step-inverse.js';
import { takeSnapshot, type ArraySnapshot, type Batch } from './synapse-array.js';
import { trainPulses } from './train-pulses.js';
import type { UpdateMethod, WrittenArray } from './update-method.js';
import type { WeightCells } from './weight-cells.js';

export interface OuterProductSetup {
  readonly cells: WeightCells;
  readonly rule: SampleRule;
  /** Weight change of one coincidence in a nominal device. */
  readonly weightStep: number;
  readonly pulseSeconds: number;
  /** The rule, whose realization says how many slots there are at most and which seed is added. */
  readonly learning: readonly MappedLearning[];
  readonly seed: number;
  /** Where weights start (rows x columns). */
  readonly weights: Float32Array;
}

/** Weight change of one coincidence: both cells of a pair take a nominal step at the middle of the window. */
export function weightStepOf(device: DeviceModel, { window, isDifferential, scale }: WeightCells): number {
  return ((isDifferential ? 2 : 1) * nominalStep(device, window, (window.low + window.high) / 2)) / scale;
}

/**
 * What a rule does to a weight for one unit of `pre.value * post.error`; undefined where that is not the same for all
 * weights and products, which trains cannot follow.
 */
export function changePerProduct(rule: SampleRule, modulators = initialModulators(rule)): number | undefined {
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

function initialModulators({ modulators }: SampleRule): Float64Array {
  return Float64Array.from(modulators, ({ initial }) => initial);
}

export class OuterProductUpdate implements UpdateMethod {
  readonly pulses = 'planes';
  readonly start: Float64Array;
  rate = 1;
  readonly #setup: OuterProductSetup;
  readonly #modulators: Float64Array;
  readonly #measured: Float64Array;
  #changePerProduct: number;
  /** Samples so far, which number the draws. */
  #events = 0;

  constructor(setup: OuterProductSetup) {
    const { cells, rule, weights } = setup;
    this.#setup = setup;
    this.#modulators = initialModulators(rule);
    this.#changePerProduct = changePerProduct(rule) ?? 0;
    this.start = new Float64Array(cells.rows * cells.cellColumns);
    this.#measured = new Float64Array(this.start.length);
    cells.toSiemens(weights, this.start);
  }

  learn(inputs: Batch, errors: Batch, array: WrittenArray): void {
    const { rows, columns } = this.#setup.cells;
    for (let sample = 0; sample < inputs.count; sample++) {
      const x = inputs.values.subarray(sample * inputs.width, sample * inputs.width + rows);
      const d = errors.values.subarray(sample * errors.width, sample * errors.width + columns);
      const { cells, pulseSeconds } = this.#setup;
      const trains = this.#draw(x, d);
      if (trains.slots > 0) array.writeLines(trainPulses(trains, cells, pulseSeconds));
    }
  }

  /** Nobody knows where pulses have led, so all rows are read. */
  look(array: WrittenArray): Float64Array {
    array.readRows(
      Array.from({ length: this.#setup.cells.rows }, (_, row) => row),
      this.#measured,
    );
    return this.#measured;
  }

  modulate(name: string, value: number): boolean {
    const { rule } = this.#setup;
    const index = rule.modulators.findIndex((modulator) => modulator.name === name);
    if (index < 0) return false;
    this.#modulators[index] = value;
    this.#changePerProduct = changePerProduct(rule, this.#modulators) ?? 0;
    return true;
  }

  snapshot(): ArraySnapshot {
    return { events: Float64Array.of(this.#events), modulators: this.#modulators.slice() };
  }

  restore(snapshot: ArraySnapshot): void {
    takeSnapshot(snapshot, 'modulators', this.#modulators);
    this.#changePerProduct = changePerProduct(this.#setup.rule, this.#modulators) ?? 0;
    const events = new Float64Array(1);
    takeSnapshot(snapshot, 'events', events);
    this.#events = events[0] ?? NaN;
  }

  /** Trains of a sample; `errors` are derivatives of the loss. */
  #draw(inputs: Float32Array, errors: Float32Array): DrawnTrains {
    const { weightStep, learning } = this.#setup;
    const change = this.rate * this.#changePerProduct;
    const slots = settingOf(learning, 'slots') ?? MAX_SLOTS;
    const seed = this.#setup.seed + (settingOf(learning, 'seed') ?? 1);
    const law = {
      learningRate: Math.abs(change),
      stepSize: weightStep,
      isBalanced: true,
      ...lengthOf(inputs, errors, { rate: Math.abs(change) / weightStep, slots }),
    };
    const directed = errors.map((error) => Math.sign(change) * error);
    return drawTrains(inputs, directed, law, { seed, event: this.#events++ });
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
