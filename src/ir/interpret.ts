/**
 * The meaning of a pulse program: the exact sequence of segments and converter strobes.
 * This is the oracle of the RTL and the engine of the harness; see the timing contract in scheduled.ts.
 */
import { invariant, unreachable } from '../core/invariant.js';
import type { Span } from '../core/span.js';
import type { ControllerEvent } from './events.js';
import { sampleClock, scanClocks } from './scan-clocks.js';
import type {
  DataSet,
  LineSelection,
  LoopOperation,
  PulseOperation,
  PulseProgram,
  SegmentOperation,
  WorkEntry,
} from './scheduled.js';

const NO_LINES: readonly number[] = [];

/** Executes the operations of a program over one data set; a fresh instance per run. */
class ProgramWalk {
  #clock = 0;
  #nextEntry = 0;
  readonly #counters = [0, 0, 0];
  readonly #program: PulseProgram;
  readonly #dataSet: DataSet;

  constructor(program: PulseProgram, dataSet: DataSet) {
    this.#program = program;
    this.#dataSet = dataSet;
  }

  *run(): Generator<ControllerEvent> {
    const { operations } = this.#program;
    yield* this.#operations(operations);
    const last = operations.at(-1);
    if (last) yield this.#idle(0, last.origin);
  }

  *#operations(operations: readonly PulseOperation[]): Generator<ControllerEvent> {
    for (const operation of operations) {
      if (operation.kind === 'loop') yield* this.#loop(operation);
      else yield* this.#segment(operation);
    }
  }

  *#loop({ count, counter, body }: LoopOperation): Generator<ControllerEvent> {
    const limit = count === 'entries' ? this.#dataSet.entries.length : count;
    for (let turn = 0; turn < limit; turn++) {
      this.#counters[counter] = turn;
      yield* this.#operations(body);
    }
  }

  *#segment(operation: SegmentOperation): Generator<ControllerEvent> {
    const { scan, restClocks } = this.#program;
    const entry = usesEntry(operation) ? this.#takeEntry() : undefined;
    const dwell = this.#dwellClocks(operation, entry);
    const start = this.#clock;
    const clocks = operation.samples ? dwell + scanClocks(scan) : dwell;
    yield {
      kind: 'segment',
      clock: start,
      clocks,
      rows: this.#lines(operation.row, this.#program.rows, entry?.row),
      columns: this.#lines(operation.column, this.#program.columns, entry?.column),
      railSet: operation.railSet,
      negative: entry?.negative ?? false,
      fires: operation.fires,
      origin: operation.origin,
    };
    if (operation.samples) yield* this.#samples(start + dwell, operation.origin);
    this.#clock += clocks;
    const rests = operation.rest === 'always' || (operation.rest === 'entry' && entry?.last === true);
    if (rests) {
      yield this.#idle(restClocks, operation.origin);
      this.#clock += restClocks;
    }
  }

  *#samples(dwellEnd: number, origin: Span): Generator<ControllerEvent> {
    const { scan } = this.#program;
    for (let share = 0; share < scan.shares; share++) {
      yield { kind: 'sample', clock: dwellEnd + sampleClock(scan, share), share, origin };
    }
  }

  #idle(clocks: number, origin: Span): ControllerEvent {
    const lines = { rows: NO_LINES, columns: NO_LINES };
    return { kind: 'segment', clock: this.#clock, clocks, ...lines, railSet: 0, negative: false, fires: false, origin };
  }

  #takeEntry(): WorkEntry {
    const entry = this.#dataSet.entries[this.#nextEntry++];
    invariant(entry, 'a segment takes an entry only inside a loop over entries');
    return entry;
  }

  #dwellClocks({ dwell }: SegmentOperation, entry: WorkEntry | undefined): number {
    if (dwell.kind === 'clocks') return dwell.clocks;
    invariant(entry, 'the dwell of a work-list segment comes from its entry');
    return entry.magnitude * 2 ** this.#program.tickExponent;
  }

  #lines(selection: LineSelection, count: number, ofEntry: number | undefined): readonly number[] {
    switch (selection.kind) {
      case 'none':
        return NO_LINES;
      case 'all':
        return Array.from({ length: count }, (_, line) => line);
      case 'counter':
        return [this.#counters[selection.counter] ?? 0];
      case 'entry':
        invariant(ofEntry !== undefined, 'the line of a work-list segment comes from its entry');
        return [ofEntry];
      case 'plane': {
        const plane = this.#dataSet.planes[ofEntry ?? -1];
        invariant(plane, 'the plane of an entry exists');
        return plane;
      }
      default:
        return unreachable(selection);
    }
  }
}

function usesEntry({ row, column, dwell }: SegmentOperation): boolean {
  return dwell.kind === 'entry' || row.kind === 'entry' || column.kind === 'entry' || column.kind === 'plane';
}

/** Segments and samples of `program` over `dataSet` in order of time; clock 0 is the first commit. */
export function interpretProgram(program: PulseProgram, dataSet: DataSet): Iterable<ControllerEvent> {
  return new ProgramWalk(program, dataSet).run();
}
