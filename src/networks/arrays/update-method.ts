/**
 * What lies between a rule at samples and the array that carries it out: a method decides which pulses the cells get,
 * from what it may ask the array, and knows neither tiles nor programs. So every method is one file, and an array of the
 * harness and a pulse program with the RTL in the loop follow the same decisions.
 */
import type { ArraySnapshot, Batch } from './synapse-array.js';

/** A pulse on all cells where rows and columns cross. */
export interface LinePulse {
  readonly rows: readonly number[];
  /** Lines of columns: cells of a row. */
  readonly columns: readonly number[];
  /** Which way conductances go. */
  readonly isDown: boolean;
  readonly seconds: number;
  /** Whether the lines that stay selected in the next pulse stay on: no rest lies between, and their cells see one. */
  readonly goesOn?: boolean;
}

/** What a method can do to an array: rows of cells, and cells of a row. */
export interface WrittenArray {
  /** Gives each cell with a width one pulse of it [s], one after the other, negative down; how many there were. */
  writeCells(seconds: Float64Array): number;
  /** Gives these pulses, one after the other; those of a call move each cell one way. */
  writeLines(pulses: readonly LinePulse[]): void;
  /** Reads rows, each by itself, through the converters of the columns: their cells to the same places of `out` [S]. */
  readRows(rows: readonly number[], out: Float64Array): void;
}

/** How a rule at samples reaches the cells. */
export interface UpdateMethod {
  /** Conductances that the cells are brought to before anything is learnt (rows of cells x cells of a row) [S]. */
  readonly start: Float64Array;
  /** Which calls of {@link WrittenArray} it makes: pulses of single cells only, or of crossing lines as well. */
  readonly pulses: 'cells' | 'planes';
  /** Weights that the host asks for, where it keeps any (rows x columns). */
  readonly wanted?: Float32Array;
  /** Factor of every change. */
  rate: number;
  /** One batch: sums of `pre.value * post.error` over it are the derivative of its mean loss. */
  learn(inputs: Batch, errors: Batch, array: WrittenArray): void;
  /** Brings the cells to the weights that the host asks for; absent where only learning moves them. */
  program?(array: WrittenArray): void;
  /** Conductances that errors go back through (as `start`) [S]: what the host believes in, or has just looked at. */
  look(array: WrittenArray): Float64Array;
  /** Sets a modulator of the rule; whether the rule has one of that name. */
  modulate(name: string, value: number): boolean;
  /** Everything that later decisions depend on. */
  snapshot(): ArraySnapshot;
  restore(snapshot: ArraySnapshot): void;
}
