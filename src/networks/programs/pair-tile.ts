/**
 * Pairs of cells on one tile under a pulse program. A resistance is not what columns add up, so the host reads the tile
 * row by row and computes with what it has read; what it knows of the cells are means of codes since they last moved.
 */
import { amperesOf } from '../../ir/analog-array.js';
import { readVoltsOf } from '../../ir/passes/bias.js';
import type { Occasion } from '../../ir/occasion.js';
import type { DeviceSetting, WorkEntry } from '../../ir/scheduled.js';
import type { CellQuantity } from '../arrays/pair-law.js';
import { CellReadings } from './cell-readings.js';
import type { ProgramTile, TileStep } from './program-tile.js';
import type { PulseList } from './pulse-list.js';

/** Pulses of a step; what is more goes with a step before, so that memories fit windows. */
export const STEP_PULSES = 2 ** 12;

export interface PairTileSetup {
  readonly tile: ProgramTile;
  readonly pulses: PulseList;
  readonly quantity: CellQuantity;
  /** Factor from what a cell is to its share of the weight. */
  readonly scale: number;
  readonly rows: number;
  /** Pairs of a row; their cells are neighbours, plus first. */
  readonly columns: number;
  /** Planes of a data set. */
  readonly readPlanes: number;
}

export class PairTile {
  readonly readings: CellReadings;
  /** Rows read, once for each time. */
  reads = 0;
  /** Planes of the converters. */
  planes = 0;
  readonly #setup: PairTileSetup;
  readonly #values: Float64Array;
  #settings = new Map<string, number>();
  #occasion: Occasion | undefined;

  constructor(setup: PairTileSetup) {
    const { rows, columns } = setup;
    this.#setup = setup;
    this.readings = new CellReadings(rows, 2 * columns);
    this.#values = new Float64Array(rows * 2 * columns);
  }

  /** Pulses that are added from now on are of `occasion`; those before have been given. */
  decided(occasion: Occasion | undefined): void {
    this.#occasion = occasion;
  }

  /** Comes with the next step; what has been read in another setting counts no longer. */
  modulate(name: string, value: number): void {
    this.#settings.set(name, value);
    this.readings.forget(this.#allRows());
  }

  /**
   * Gives the pulses that are due and reads `rows`, each at least so many `times` and as often as planes are left for it.
   * What cells weighed in this look, a view (rows x cells of a row); other rows keep what they were.
   */
  look(rows: readonly number[] = this.#allRows(), times = 1): Float64Array {
    const { columns, readPlanes } = this.#setup;
    const width = 2 * columns;
    const turns = Math.max(times, Math.floor(readPlanes / rows.length));
    const planes = new Array<readonly number[]>(turns).fill(rows).flat();
    for (const row of rows) this.#values.fill(0, row * width, (row + 1) * width);
    for (let first = 0; first < planes.length; first += readPlanes) {
      const some = planes.slice(first, first + readPlanes);
      const codes = this.#run(some);
      some.forEach((row, plane) => {
        this.#add(row, codes[plane] ?? [], turns);
      });
    }
    return this.#values;
  }

  /** Reads the rows of which nothing is known. */
  lookWhereUnknown(): void {
    const rows = this.#allRows().filter((row) => this.readings.isUnknown(row));
    if (rows.length > 0) this.look(rows);
  }

  /** Gives the pulses that are due, if there are any. */
  flush(): void {
    const entries = this.#runAllButLast();
    if (entries.length > 0) this.#setup.tile.run({ ...this.#stepOf(entries), reads: [] });
  }

  #run(planes: readonly number[]): readonly Int32Array[] {
    const { tile, readPlanes } = this.#setup;
    this.reads += planes.length;
    this.planes += readPlanes;
    const entries = this.#runAllButLast();
    return tile.run({ ...this.#stepOf(entries), reads: planes.map((row) => [row]) });
  }

  /** Steps with as many pulses as they hold; the rest, which goes with the next one. */
  #runAllButLast(): readonly WorkEntry[] {
    let entries = this.#setup.pulses.take();
    for (; entries.length > STEP_PULSES; entries = entries.slice(STEP_PULSES)) {
      this.#setup.tile.run({ ...this.#stepOf(entries.slice(0, STEP_PULSES)), reads: [] });
    }
    return entries;
  }

  #stepOf(entries: readonly WorkEntry[]): Omit<TileStep, 'reads'> {
    const occasion = entries.length > 0 ? this.#occasion : undefined;
    return { entries, ...this.#takeSettings(), ...(occasion && { occasion }) };
  }

  #takeSettings(): { readonly modulators?: readonly DeviceSetting[] } {
    if (this.#settings.size === 0) return {};
    const modulators = [...this.#settings].map(([modulator, value]) => ({ modulator, value }));
    this.#settings = new Map();
    return { modulators };
  }

  /** One of `turns` reads of a row. */
  #add(row: number, codes: ArrayLike<number>, turns: number): void {
    const width = 2 * this.#setup.columns;
    const seen = Float64Array.from({ length: width }, (_, cell) => this.#valueOf(codes[cell] ?? 0));
    this.readings.add(row, seen);
    for (let cell = 0; cell < width; cell++) {
      const at = row * width + cell;
      this.#values[at] = (this.#values[at] ?? 0) + (seen[cell] ?? NaN) / turns;
    }
  }

  /** What the code of a cell stands for; the least code is not a current of nothing. */
  #valueOf(code: number): number {
    const { tile, quantity, scale } = this.#setup;
    const { scan, railSets } = tile.program;
    const volts = readVoltsOf(railSets);
    const amperes = amperesOf(Math.max(code, 0.5), scan);
    return scale * (quantity === 'resistance' ? volts / amperes : amperes / volts);
  }

  #allRows(): readonly number[] {
    return Array.from({ length: this.#setup.rows }, (_, row) => row);
  }
}
