/** Counts what a run does to lines, rails and converters: the factors of the energy estimate. */
import { invariant } from '../core/invariant.js';
import type { ControllerEvent, SegmentEvent } from './events.js';
import { levelOf } from './line-levels.js';
import type { RailSet, SideLevels } from './mapped.js';
import type { LineSteps } from './results.js';
import type { PulseProgram } from './scheduled.js';

interface SideState {
  readonly side: LineSteps['side'];
  selected: readonly number[];
  /** Levels of the selected lines, where a line has more than one. */
  codes?: readonly number[] | undefined;
  levels: SideLevels;
}

/** Counters over any number of data sets of one program. */
export class ActivityCounter {
  readonly #program: PulseProgram;
  readonly #stepsByVolts = { row: new Map<number, number>(), column: new Map<number, number>() };
  #rows: SideState;
  #columns: SideState;
  #railSet = 0;
  #previous: SegmentEvent | undefined;
  clocks = 0;
  writeClocks = 0;
  segments = 0;
  pulses = 0;
  railChanges = 0;
  conversions = 0;
  /** Strobes of the converters, all of which convert at once. */
  scanSteps = 0;
  firingSegments = 0;
  firingClocks = 0;
  /** Segments that select no line. */
  restSegments = 0;
  restClocks = 0;
  /** Pulses of every cell (rows x columns). */
  readonly cellPulses: Float64Array;
  #firstPulse = -1;
  #lastPulseEnd = 0;

  constructor(program: PulseProgram) {
    this.#program = program;
    this.cellPulses = new Float64Array(program.rows * program.columns);
    const idle = setOf(program.railSets, 0).positive;
    this.#rows = { side: 'row', selected: [], levels: idle.row };
    this.#columns = { side: 'column', selected: [], levels: idle.column };
  }

  /** Transitions of rows, then of columns, each by ascending size. */
  get lineSteps(): readonly LineSteps[] {
    return (['row', 'column'] as const).flatMap((side) =>
      [...this.#stepsByVolts[side]].map(([volts, count]) => ({ side, volts, count })).sort((a, b) => a.volts - b.volts),
    );
  }

  add(event: ControllerEvent): void {
    if (event.kind === 'segment') {
      this.#addSegment(event);
      return;
    }
    this.scanSteps += 1;
    this.conversions += this.#program.scan.converters;
  }

  /** Closes a data set: the next one starts at clock 0 again. */
  endDataSet(): void {
    if (this.#firstPulse >= 0) this.writeClocks += this.#lastPulseEnd - this.#firstPulse;
    this.#firstPulse = -1;
    this.#previous = undefined;
  }

  #addSegment(segment: SegmentEvent): void {
    this.segments += 1;
    this.clocks += segment.clocks;
    if (segment.railSet !== this.#railSet) this.railChanges += 1;
    this.#railSet = segment.railSet;
    const set = setOf(this.#program.railSets, segment.railSet);
    const levels = segment.negative ? set.negative : set.positive;
    this.#rows = this.#move(
      this.#rows,
      { side: 'row', selected: segment.rows, codes: segment.levels?.rows, levels: levels.row },
      this.#program.rows,
    );
    this.#columns = this.#move(
      this.#columns,
      { side: 'column', selected: segment.columns, codes: segment.levels?.columns, levels: levels.column },
      this.#program.columns,
    );
    if (segment.fires) this.#countPulses(segment);
    else this.#countRest(segment);
    this.#previous = segment;
  }

  /** A cell's pulse begins where it becomes selected or the polarity turns; longer contiguous drive is one pulse. */
  #countPulses(segment: SegmentEvent): void {
    this.firingSegments += 1;
    this.firingClocks += segment.clocks;
    const before = this.#previous;
    const carriesOn = before !== undefined && before.fires && before.negative === segment.negative;
    const held = (cellRow: number, cellColumn: number): boolean =>
      carriesOn && before.rows.includes(cellRow) && before.columns.includes(cellColumn);
    for (const row of segment.rows) {
      for (const column of segment.columns) {
        if (held(row, column)) continue;
        const cell = row * this.#program.columns + column;
        this.pulses += 1;
        this.cellPulses[cell] = (this.cellPulses[cell] ?? 0) + 1;
      }
    }
    if (this.#firstPulse < 0) this.#firstPulse = segment.clock;
    this.#lastPulseEnd = segment.clock + segment.clocks;
  }

  #countRest({ rows, columns, clocks }: SegmentEvent): void {
    if (rows.length > 0 || columns.length > 0) return;
    this.restSegments += 1;
    this.restClocks += clocks;
  }

  #move(before: SideState, after: SideState, lines: number): SideState {
    const touched = new Set([...before.selected, ...after.selected]);
    for (const line of touched) this.#countStep(after.side, voltsOf(after, line) - voltsOf(before, line), 1);
    this.#countStep(after.side, after.levels.rest.volts - before.levels.rest.volts, lines - touched.size);
    return after;
  }

  #countStep(side: LineSteps['side'], change: number, count: number): void {
    const volts = Math.abs(change);
    const steps = this.#stepsByVolts[side];
    if (volts > 0 && count > 0) steps.set(volts, (steps.get(volts) ?? 0) + count);
  }
}

function setOf(railSets: readonly RailSet[], index: number): RailSet {
  const set = railSets[index];
  invariant(set, 'the rail set of a segment exists');
  return set;
}

function voltsOf({ selected, codes, levels }: SideState, line: number): number {
  const at = selected.indexOf(line);
  return levelOf(levels, line, at < 0 ? 0 : (codes?.[at] ?? 1)).volts;
}
