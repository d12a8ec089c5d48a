/** Counted pulses as work of a pulse program: whole ones of one width, and the last one a part of it. */
import type { WorkEntry } from '../../ir/scheduled.js';

export interface PulseWidths {
  /** Width of a whole pulse [ticks]. */
  readonly whole: number;
  /** Binary places of a number of pulses. */
  readonly fraction: number;
}

/** A cell of a tile. */
export type CellPlace = Pick<WorkEntry, 'row' | 'column'>;

/** Collects the pulses of a step in the order in which they are given. */
export class PulseList {
  readonly #widths: PulseWidths;
  #entries: WorkEntry[] = [];
  /** Pulses so far; parts of pulses count as parts. */
  pulses = 0;

  constructor(widths: PulseWidths) {
    this.#widths = widths;
  }

  /** The number of pulses nearest to `count` that there is. */
  nearest(count: number): number {
    const places = 2 ** this.#widths.fraction;
    return Math.round(count * places) / places;
  }

  /** `count` pulses that move a cell on. */
  add(place: CellPlace, count: number): void {
    const { whole } = this.#widths;
    for (let left = count; left > 0; left--) {
      const magnitude = Math.round(Math.min(1, left) * whole);
      if (magnitude > 0) this.#entries.push({ ...place, negative: false, magnitude, last: true });
    }
    this.pulses += count;
  }

  /** One pulse of the other polarity, which sets a cell anew. */
  renew(place: CellPlace): void {
    this.#entries.push({ ...place, negative: true, magnitude: this.#widths.whole, last: true });
    this.pulses++;
  }

  /** The pulses that are due; the list is empty behind. */
  take(): readonly WorkEntry[] {
    const entries = this.#entries;
    this.#entries = [];
    return entries;
  }
}
