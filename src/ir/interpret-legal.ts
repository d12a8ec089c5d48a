/**
 * The instruction-set model of the controller: executes encoded words as the RTL does and yields the same events.
 * It knows nothing of the operations that the words came from.
 */
import { invariant } from '../core/invariant.js';
import type { Span } from '../core/span.js';
import type { ControllerEvent } from './events.js';
import type { EntryFieldName, LegalDataSet, LegalModule, OpFieldName } from './legal.js';
import { LOOP_DEPTHS, REST_CODE, SELECT_CODE } from './microcode.js';
import { sampleClock, scanClocks } from './scan-clocks.js';
import { fromLanes, unpackWord } from './word-format.js';

type Op = Readonly<Record<OpFieldName, number>>;
type Entry = Readonly<Record<EntryFieldName, number>>;

const NO_LINES: readonly number[] = [];

/** Events of one data set from the first commit to the one that leaves the lines idle; clock 0 is the first commit. */
export function interpretLegal(module: LegalModule, dataSet: LegalDataSet): Iterable<ControllerEvent> {
  return new LegalWalk(module, dataSet).run();
}

class LegalWalk {
  readonly #module: LegalModule;
  readonly #dataSet: LegalDataSet;
  readonly #count = [0, 0, 0];
  #entryIndex = 0;
  #clock = 0;

  constructor(module: LegalModule, dataSet: LegalDataSet) {
    this.#module = module;
    this.#dataSet = dataSet;
  }

  *run(): Generator<ControllerEvent> {
    let address = this.#dataSet.entry;
    let origin = this.#dataSet.origin;
    for (let op = this.#op(address); op.segment === 1; op = this.#op(address)) {
      origin = this.#module.program.listing[address]?.origin ?? origin;
      yield* this.#segment(op, origin);
      address = this.#successor(op);
    }
    yield this.#rest(0, origin);
  }

  *#segment(op: Op, origin: Span): Generator<ControllerEvent> {
    const { scan, limits, sizes } = this.#module;
    const entry = this.#entry(op);
    const dwell = op.timed === 1 ? entry.magnitude * 2 ** sizes.tickExponent : op.dwell;
    const clocks = dwell + (op.samples === 1 ? scanClocks(scan) : 0);
    yield {
      kind: 'segment',
      clock: this.#clock,
      clocks,
      rows: this.#lines(op.row, sizes.rows, entry.row),
      columns:
        op.column === SELECT_CODE.plane ? this.#plane(entry) : this.#lines(op.column, sizes.columns, entry.column),
      railSet: op.rail,
      negative: entry.negative === 1,
      fires: op.fires === 1,
      origin,
    };
    if (op.samples === 1) yield* this.#samples(this.#clock + dwell, origin);
    this.#clock += clocks;
    const rests = op.rest === REST_CODE.always || (op.rest === REST_CODE.entry && entry.last === 1);
    if (rests && limits.restClocks > 0) {
      yield this.#rest(limits.restClocks, origin);
      this.#clock += limits.restClocks;
    }
  }

  *#samples(dwellEnd: number, origin: Span): Generator<ControllerEvent> {
    const { scan } = this.#module;
    for (let share = 0; share < scan.shares; share++) {
      yield { kind: 'sample', clock: dwellEnd + sampleClock(scan, share), share, origin };
    }
  }

  #rest(clocks: number, origin: Span): ControllerEvent {
    const idle = { rows: NO_LINES, columns: NO_LINES, railSet: 0, negative: false, fires: false };
    return { kind: 'segment', clock: this.#clock, clocks, ...idle, origin };
  }

  /** The innermost loop first; an outer loop ends only where the inner ones have. */
  #successor(op: Op): number {
    for (const depth of LOOP_DEPTHS.toReversed()) {
      if (op[`loop${depth}_end`] === 0) continue;
      const overEntries = op[`loop${depth}_entries`] === 1;
      const value = this.#count[depth] ?? 0;
      const isLast = overEntries
        ? this.#entryIndex === this.#dataSet.entries.length - 1
        : value === op[`loop${depth}_last`];
      if (overEntries) this.#entryIndex = isLast ? 0 : this.#entryIndex + 1;
      this.#count[depth] = isLast ? 0 : value + 1;
      if (!isLast) return op[`loop${depth}_back`];
    }
    return op.next;
  }

  #op(address: number): Op {
    const lanes = this.#module.program.words[address];
    return unpackWord(this.#module.opFormat, lanes ?? []);
  }

  /** The current entry, or zeros for a word that takes none. */
  #entry(op: Op): Entry {
    const taken = op.timed === 1 || op.row >= SELECT_CODE.entry || op.column >= SELECT_CODE.entry;
    const lanes = taken ? this.#dataSet.entries[this.#entryIndex] : [];
    invariant(lanes, 'a word takes an entry only where the work list has one');
    return unpackWord(this.#module.entryFormat, lanes);
  }

  #lines(code: number, count: number, ofEntry: number): readonly number[] {
    if (code === SELECT_CODE.none) return NO_LINES;
    if (code === SELECT_CODE.all) return Array.from({ length: count }, (_, line) => line);
    const line = code === SELECT_CODE.entry ? ofEntry : (this.#count[code - SELECT_CODE.counter] ?? 0);
    return line < count ? [line] : NO_LINES;
  }

  #plane({ column }: Entry): readonly number[] {
    const { planeLanes, planeGroupBits, columns } = this.#module.sizes;
    const words = this.#dataSet.planes.slice(column << planeGroupBits, (column + 1) << planeGroupBits);
    const mask = words.reduce((bits, lanes, group) => bits | (fromLanes(lanes) << BigInt(group * planeLanes)), 0n);
    return Array.from({ length: columns }, (_, line) => line).filter((line) => (mask >> BigInt(line)) & 1n);
  }
}
