/**
 * Synapses on several tiles: every part of the matrix is an array of its own, with its lines and converters. Parts of
 * the same columns are read one by one, and the host adds up what their codes say; tiles are written at the same time.
 */
import type { TilePart } from '../../ir/mapped-network.js';
import { rangeOf, type InputRange } from './input-range.js';
import { takeSnapshot, type ArrayCounts, type ArraySnapshot, type Batch, type SynapseArray } from './synapse-array.js';

/** A part of the matrix and what holds it. */
export interface ArrayPart extends Pick<TilePart, 'rows' | 'columns'> {
  readonly array: SynapseArray;
}

export interface TiledArraySetup {
  readonly rows: number;
  readonly columns: number;
  /** Vectors of a batch, at most. */
  readonly batch: number;
  /** Parts that cover the matrix, each cell once. */
  readonly parts: readonly ArrayPart[];
}

/** The part of a matrix (rows x columns) in `values`, row-major. */
export function partOfMatrix(
  values: Float32Array,
  columns: number,
  part: Pick<ArrayPart, 'rows' | 'columns'>,
): Float32Array {
  const out = new Float32Array(part.rows.count * part.columns.count);
  for (let row = 0; row < part.rows.count; row++) {
    const from = (part.rows.first + row) * columns + part.columns.first;
    out.set(values.subarray(from, from + part.columns.count), row * part.columns.count);
  }
  return out;
}

export class TiledArray implements SynapseArray {
  readonly rows: number;
  readonly columns: number;
  readonly #parts: readonly ArrayPart[];
  /** Vectors of a part on the side of the rows and on that of the columns. */
  readonly #before: Float32Array;
  readonly #behind: Float32Array;
  readonly #weights: Float32Array;
  /** Of the vectors of a batch. */
  readonly #ranges: readonly InputRange[];
  /** Time of writing so far [s]. */
  #seconds = 0;

  constructor({ rows, columns, batch, parts }: TiledArraySetup) {
    const most = (side: 'rows' | 'columns'): number => Math.max(...parts.map((part) => part[side].count));
    this.rows = rows;
    this.columns = columns;
    this.#parts = parts;
    this.#before = new Float32Array(batch * most('rows'));
    this.#behind = new Float32Array(batch * most('columns'));
    this.#weights = new Float32Array(rows * columns);
    this.#ranges = Array.from({ length: batch }, () => ({ largest: 0, isBinary: true }));
  }

  /** Sums of all parts; parts are written at the same time. */
  get counts(): ArrayCounts {
    const counts = this.#parts.map(({ array }) => array.counts);
    const sum = (of: (each: ArrayCounts) => number): number => counts.reduce((total, each) => total + of(each), 0);
    const energy: Record<string, number> = {};
    for (const each of counts) {
      for (const [share, joules] of Object.entries(each.energy)) energy[share] = (energy[share] ?? 0) + joules;
    }
    return {
      pulses: sum(({ pulses }) => pulses),
      refreshes: sum(({ refreshes }) => refreshes),
      reads: sum(({ reads }) => reads),
      conversions: sum(({ conversions = 0 }) => conversions),
      seconds: this.#seconds,
      energy,
    };
  }

  weights(): Float32Array {
    for (const { array, rows, columns } of this.#parts) {
      const part = array.weights();
      for (let row = 0; row < rows.count; row++) {
        const values = part.subarray(row * columns.count, (row + 1) * columns.count);
        this.#weights.set(values, (rows.first + row) * this.columns + columns.first);
      }
    }
    return this.#weights;
  }

  /** All parts count inputs in the unit of the whole vector, so that results do not depend on where it is cut. */
  forward(inputs: Batch, out: Batch): void {
    out.values.fill(0, 0, out.count * out.width);
    const { values, width } = inputs;
    for (let vector = 0; vector < inputs.count; vector++)
      rangeOf(values, vector * width, this.rows, this.#ranges[vector]);
    for (const { array, rows, columns } of this.#parts) {
      const sums = this.#vectors(this.#behind, inputs.count, columns.count);
      array.forward(
        takeVectors(inputs, rows.first, this.#vectors(this.#before, inputs.count, rows.count)),
        sums,
        this.#ranges,
      );
      addVectors(sums, out, columns.first);
    }
  }

  backward(errors: Batch, out: Batch): void {
    out.values.fill(0, 0, out.count * out.width);
    for (const { array, rows, columns } of this.#parts) {
      const sums = this.#vectors(this.#before, errors.count, rows.count);
      array.backward(
        takeVectors(errors, columns.first, this.#vectors(this.#behind, errors.count, columns.count)),
        sums,
      );
      addVectors(sums, out, rows.first);
    }
  }

  learn(inputs: Batch, errors: Batch): void {
    let longest = 0;
    for (const { array, rows, columns } of this.#parts) {
      const before = array.counts.seconds ?? 0;
      array.learn(
        takeVectors(inputs, rows.first, this.#vectors(this.#before, inputs.count, rows.count)),
        takeVectors(errors, columns.first, this.#vectors(this.#behind, errors.count, columns.count)),
      );
      longest = Math.max(longest, (array.counts.seconds ?? 0) - before);
    }
    this.#seconds += longest;
  }

  program(): void {
    let longest = 0;
    for (const { array } of this.#parts) {
      const before = array.counts.seconds ?? 0;
      array.program?.();
      longest = Math.max(longest, (array.counts.seconds ?? 0) - before);
    }
    this.#seconds += longest;
  }

  setRate(rate: number): void {
    for (const { array } of this.#parts) array.setRate?.(rate);
  }

  setReadNoise(forward: number, backward: number): void {
    for (const { array } of this.#parts) array.setReadNoise?.(forward, backward);
  }

  modulate(name: string, value: number): void {
    for (const { array } of this.#parts) array.modulate(name, value);
  }

  rest(seconds: number): void {
    for (const { array } of this.#parts) array.rest(seconds);
  }

  snapshot(): ArraySnapshot {
    const parts = this.#parts.flatMap(({ array }, index) =>
      Object.entries(array.snapshot()).map(([name, values]) => [`${String(index)}.${name}`, values] as const),
    );
    return { ...Object.fromEntries(parts), seconds: Float64Array.of(this.#seconds) };
  }

  restore(snapshot: ArraySnapshot): void {
    this.#parts.forEach(({ array }, index) => {
      const prefix = `${String(index)}.`;
      const own = Object.entries(snapshot).filter(([name]) => name.startsWith(prefix));
      array.restore(Object.fromEntries(own.map(([name, values]) => [name.slice(prefix.length), values])));
    });
    const seconds = new Float64Array(1);
    takeSnapshot(snapshot, 'seconds', seconds);
    this.#seconds = seconds[0] ?? NaN;
  }

  close(): void {
    for (const { array } of this.#parts) array.close?.();
  }

  #vectors(values: Float32Array, count: number, width: number): Batch {
    return { count, width, values: values.subarray(0, count * width) };
  }
}

/** The elements of vectors from `first` on, as many as those of `into` have. */
function takeVectors({ count, width, values }: Batch, first: number, into: Batch): Batch {
  for (let vector = 0; vector < count; vector++) {
    const from = vector * width + first;
    into.values.set(values.subarray(from, from + into.width), vector * into.width);
  }
  return into;
}

/** Adds vectors to the elements of others from `first` on. */
function addVectors({ count, width, values }: Batch, out: Batch, first: number): void {
  for (let vector = 0; vector < count; vector++) {
    const to = vector * out.width + first;
    for (let at = 0; at < width; at++) {
      out.values[to + at] = (out.values[to + at] ?? 0) + (values[vector * width + at] ?? 0);
    }
  }
}
