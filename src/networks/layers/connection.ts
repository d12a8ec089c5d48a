/** The way of a batch from one population to another; what has weights keeps them in an array. */
import type { NeuronRange } from '../../ir/mapped-network.js';
import type { Batch, SynapseArray } from '../arrays/synapse-array.js';
import type { NeuronVectors } from './neurons.js';

/** One projection while batches go through it. Sums are added to, so that several may meet in a population. */
export interface Connection {
  readonly name: string;
  /** Absent for pooling. */
  readonly array?: SynapseArray;
  /** Adds what arrives to the inputs of the population behind; `scale` is a factor of what goes into an array. */
  forward(count: number, scale: number): void;
  /** Adds what comes back to the errors of the population before, from those of the population behind. */
  backward(count: number): void;
  /** One step of the rule from what the last batch left on both sides. */
  learn(count: number): void;
}

/** A population and the neurons of it that a projection reaches. */
export interface Side {
  readonly neurons: NeuronVectors;
  readonly range: NeuronRange;
}

/** Vectors of `width` for `count` samples at most. */
export function createBatch(
  count: number,
  width: number,
): { count: number; readonly width: number; readonly values: Float32Array } {
  return { count, width, values: new Float32Array(count * width) };
}

/** The part of `range` of vectors of a population of `size` neurons; the vectors themselves where that is all. */
export function partOfVectors(
  values: Float32Array,
  { neurons: { size }, range }: Side,
  into: { count: number; readonly values: Float32Array; readonly width: number },
): Batch {
  if (range.count === size && into.width === size) return { count: into.count, width: size, values };
  for (let sample = 0; sample < into.count; sample++) {
    const from = sample * size + range.first;
    into.values.set(values.subarray(from, from + range.count), sample * into.width);
  }
  return into;
}

/** Adds vectors, times `factor`, to the part of `range` of those of a population. */
export function addToVectors(values: Float32Array, { neurons: { size }, range }: Side, part: Batch, factor = 1): void {
  for (let sample = 0; sample < part.count; sample++) {
    const to = sample * size + range.first;
    const from = sample * part.width;
    for (let index = 0; index < range.count; index++) {
      values[to + index] = (values[to + index] ?? 0) + factor * (part.values[from + index] ?? 0);
    }
  }
}

/** All to all, dense, or with a mask: the array is a matrix from one range to the other. */
export class MatrixConnection implements Connection {
  readonly name: string;
  readonly array: SynapseArray;
  readonly #from: Side;
  readonly #to: Side;
  readonly #inputs: ReturnType<typeof createBatch>;
  readonly #outputs: ReturnType<typeof createBatch>;
  readonly #errors: ReturnType<typeof createBatch>;
  readonly #back: ReturnType<typeof createBatch>;

  /** An array with a row more than there are neurons before has biases in it. */
  constructor(name: string, array: SynapseArray, sides: { readonly from: Side; readonly to: Side }, batch: number) {
    this.name = name;
    this.array = array;
    this.#from = sides.from;
    this.#to = sides.to;
    this.#inputs = createBatch(batch, array.rows);
    // Inputs of biases; where there are none, zeros are overwritten
    if (array.rows > sides.from.range.count) {
      for (let sample = 0; sample < batch; sample++) this.#inputs.values[(sample + 1) * array.rows - 1] = 1;
    }
    this.#outputs = createBatch(batch, array.columns);
    this.#errors = createBatch(batch, array.columns);
    this.#back = createBatch(batch, array.rows);
  }

  forward(count: number, scale: number): void {
    this.#outputs.count = count;
    this.array.forward(this.#inputVectors(count), this.#outputs);
    addToVectors(this.#to.neurons.inputs, this.#to, this.#outputs, scale);
  }

  backward(count: number): void {
    this.#back.count = count;
    this.array.backward(this.#errorVectors(count), this.#back);
    addToVectors(this.#from.neurons.errors, this.#from, this.#back);
  }

  learn(count: number): void {
    this.array.learn(this.#inputVectors(count), this.#errorVectors(count));
  }

  #inputVectors(count: number): Batch {
    this.#inputs.count = count;
    return partOfVectors(this.#from.neurons.outputs, this.#from, this.#inputs);
  }

  #errorVectors(count: number): Batch {
    this.#errors.count = count;
    return partOfVectors(this.#to.neurons.errors, this.#to, this.#errors);
  }
}
