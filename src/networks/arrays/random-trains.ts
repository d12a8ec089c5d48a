/**
 * Random trains: in each slot every row fires with a chance proportional to its input and every column with one
 * proportional to its error, with the length and the balance of both sides as aihwkit manages them (see draw-trains.ts).
 */
import { drawTrains, type DrawnTrains } from '../../devices/trains/draw-trains.js';
import { cellsOfColumns, largestOf, meetings, type LineTrains, type LineTrainsSetup } from './line-trains.js';
import { takeSnapshot, type ArraySnapshot } from './synapse-array.js';
import type { LinePulse } from './update-method.js';

export class RandomTrains implements LineTrains {
  readonly #setup: LineTrainsSetup;
  /** Samples so far, which number the draws. */
  #events = 0;

  constructor(setup: LineTrainsSetup) {
    this.#setup = setup;
  }

  pulses(x: ArrayLike<number>, d: ArrayLike<number>, change: number): readonly LinePulse[] {
    const { weightStep, slots, seed, pulseSeconds } = this.#setup;
    const needed = Math.ceil((Math.abs(change) / weightStep) * largestOf(x) * largestOf(d) * (1 - 1e-12));
    const law = {
      learningRate: Math.abs(change),
      stepSize: weightStep,
      isBalanced: true,
      ...(needed > slots && { length: slots }),
    };
    const directed = Float64Array.from(d, (error) => Math.sign(change) * error);
    const trains = drawTrains(x, directed, law, { seed, event: this.#events++ });
    return trains.slots === 0 ? [] : this.#pulsesOf(trains, pulseSeconds);
  }

  snapshot(): ArraySnapshot {
    return { events: Float64Array.of(this.#events) };
  }

  restore(snapshot: ArraySnapshot): void {
    const events = new Float64Array(1);
    takeSnapshot(snapshot, 'events', events);
    this.#events = events[0] ?? NaN;
  }

  #pulsesOf({ slots, rowBits, columnBits, rowSigns, columnSigns }: DrawnTrains, seconds: number): readonly LinePulse[] {
    const { cells } = this.#setup;
    const perWeight = cells.cellColumns / cells.columns;
    const cellBits = Uint32Array.from({ length: cells.cellColumns }, (_, cell) => {
      return columnBits[Math.floor(cell / perWeight)] ?? 0;
    });
    const cellSigns = cellsOfColumns(columnSigns, cells);
    return Array.from({ length: slots }, (_, slot) => {
      const rows = [1, -1].map((sign) => firing(rowBits, rowSigns, { slot, sign }));
      const columns = [1, -1].map((sign) => firing(cellBits, cellSigns, { slot, sign }));
      return meetings(rows, columns, seconds);
    }).flat();
  }
}

function firing(
  bits: Uint32Array,
  signs: ArrayLike<number>,
  { slot, sign }: { readonly slot: number; readonly sign: number },
): readonly number[] {
  const lines: number[] = [];
  bits.forEach((word, line) => {
    if (((word >>> slot) & 1) === 1 && (signs[line] ?? 1) === sign) lines.push(line);
  });
  return lines;
}
