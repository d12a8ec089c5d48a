/** A matrix of weights between two populations, whatever holds it: numbers of the host, devices, or a pulse program. */
import { invariant } from '../../core/invariant.js';
import type { InputRange } from './input-range.js';

/** Vectors of a batch one behind the other (count x width), row-major. */
export interface Batch {
  readonly count: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** Counts since the array was made. */
export interface ArrayCounts {
  /** Write pulses; parts of pulses count as parts. */
  readonly pulses: number;
  readonly refreshes: number;
  /** Vectors read forward or backward. */
  readonly reads: number;
  /** Energy by share [J]. */
  readonly energy: Readonly<Record<string, number>>;
  /** Codes of converters; absent where reads have none. */
  readonly conversions?: number;
  /** Time that writing has taken, rests included [s]; absent where nothing says how long a pulse is. */
  readonly seconds?: number;
}

/**
 * Rows are neurons before, columns neurons behind. All methods take whole batches and fill `out`; nothing is allocated
 * per call. The same calls in the same order give the same bits.
 */
export interface SynapseArray {
  readonly rows: number;
  readonly columns: number;
  /** Weights as the network means them, without the noise of reading (rows x columns, row-major). */
  weights(): Float32Array;
  /**
   * out (count x columns) = inputs (count x rows) times the weights as they are read; `ranges` say how far whole vectors
   * go where the inputs are parts of them.
   */
  forward(inputs: Batch, out: Batch, ranges?: readonly InputRange[]): void;
  /** out (count x rows) = errors (count x columns) times the transposed weights as they are read. */
  backward(errors: Batch, out: Batch): void;
  /**
   * One step of the rule. Errors are derivatives of the mean loss of the batch by the inputs of the neurons behind, so
   * that the sum of `pre.value * post.error` over the batch is the derivative of that loss by the weight.
   */
  learn(inputs: Batch, errors: Batch): void;
  /** Brings devices to the weights that they are meant to hold, where an experiment programs them. */
  program?(): void;
  /** Factor of every change from now on; arrays without it change as their rule says. */
  setRate?(rate: number): void;
  /** How strongly spreads per read show in reads of either direction; 1, as everywhere at first, is as the device says. */
  setReadNoise?(forward: number, backward: number): void;
  /** Sets a modulator of the device, for example the magnetic field. */
  modulate(name: string, value: number): void;
  /** Lets time pass [s]: devices that forget do. */
  rest(seconds: number): void;
  readonly counts: ArrayCounts;
  /** Everything that later results depend on, as plain typed arrays; `restore` takes it back bit by bit. */
  snapshot(): ArraySnapshot;
  restore(snapshot: ArraySnapshot): void;
  /** Ends the threads of the array, where it has any; it works on with one. */
  close?(): void;
}

export type ArraySnapshot = Readonly<Record<string, Float32Array | Float64Array | Int32Array | Uint32Array>>;

/** Brings `into` back to what a snapshot holds under `name`. */
export function takeSnapshot(snapshot: ArraySnapshot, name: string, into: Float32Array | Float64Array): void {
  const values = snapshot[name];
  invariant(values?.length === into.length, `a snapshot holds \`${name}\``);
  into.set(values);
}
