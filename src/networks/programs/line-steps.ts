/** Pulses of a step as the entries of a program's work list, and the planes of lines that they name. */
import type { WorkEntry } from '../../ir/scheduled.js';
import type { LinePulse } from '../arrays/update-method.js';
import type { TileStep } from './program-tile.js';

/** How a program says how long a pulse is. */
export interface PulseTicks {
  readonly clockHz: number;
  /** log2 of the clocks of a tick. */
  readonly tickExponent: number;
}

function ticksOf(seconds: number, { clockHz, tickExponent }: PulseTicks): number {
  return Math.round((Math.abs(seconds) * clockHz) / 2 ** tickExponent);
}

/** Entries that name single cells by row and column: widths [s] (rows x `cellColumns`), negative down, 0 for none. */
export function cellEntries(widths: Float64Array, cellColumns: number, timer: PulseTicks): readonly WorkEntry[] {
  const entries: WorkEntry[] = [];
  widths.forEach((seconds, cell) => {
    const magnitude = ticksOf(seconds, timer);
    if (magnitude === 0) return;
    const place = { row: Math.floor(cell / cellColumns), column: cell % cellColumns };
    entries.push({ ...place, negative: seconds < 0, magnitude, last: true });
  });
  return entries;
}

/** The same pulses for a program whose entries name planes. */
export function cellPulses(widths: Float64Array, cellColumns: number): readonly LinePulse[] {
  const pulses: LinePulse[] = [];
  widths.forEach((seconds, cell) => {
    if (seconds === 0) return;
    const [row, column] = [Math.floor(cell / cellColumns), cell % cellColumns];
    pulses.push({ rows: [row], columns: [column], isDown: seconds < 0, seconds: Math.abs(seconds) });
  });
  return pulses;
}

/**
 * Entries that name planes, a plane for each set of lines; planes of rows are counted from `firstPlane` on, behind those
 * that are read. A pulse too short for the timer lasts a tick.
 */
export function lineStep(
  pulses: readonly LinePulse[],
  firstPlane: number,
  timer: PulseTicks,
): Required<Omit<TileStep, 'reads' | 'modulators' | 'occasion'>> {
  const [rows, columns] = [new PlaneMemory(), new PlaneMemory()];
  const entries = pulses.map((pulse): WorkEntry => {
    const place = { row: firstPlane + rows.place(pulse.rows), column: columns.place(pulse.columns) };
    const magnitude = Math.max(1, ticksOf(pulse.seconds, timer));
    return { ...place, negative: pulse.isDown, magnitude, last: pulse.goesOn !== true };
  });
  return { entries, rowPlanes: rows.planes, columnPlanes: columns.planes };
}

/** Planes of one side; equal ones are stored once. */
class PlaneMemory {
  readonly planes: (readonly number[])[] = [];
  readonly #known = new Map<string, number>();

  place(lines: readonly number[]): number {
    const key = lines.join();
    const place = this.#known.get(key) ?? this.planes.push(lines) - 1;
    this.#known.set(key, place);
    return place;
  }
}

/** Parts of at most `most` pulses; pulses that go on in the next one stay together, whatever their number. */
export function stepsOf(pulses: readonly LinePulse[], most: number): readonly (readonly LinePulse[])[] {
  const steps: (readonly LinePulse[])[] = [];
  let first = 0;
  let end = 0;
  pulses.forEach(({ goesOn }, index) => {
    if (goesOn === true) return;
    if (index + 1 - first > most && end > first) {
      steps.push(pulses.slice(first, end));
      first = end;
    }
    end = index + 1;
  });
  return first < pulses.length ? [...steps, pulses.slice(first)] : steps;
}
