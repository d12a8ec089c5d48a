/** Holds what the RTL did against what the pulse program says, event by event, and keeps the first difference. */
import type { Span } from '../core/span.js';
import type { ControllerEvent, SampleEvent, SegmentEvent } from '../ir/events.js';
import type { ProgramWord } from '../ir/source-map.js';
import type { Divergence } from './job.js';

/** A commit of the RTL; how long it lasts shows with the next one. */
export type ObservedCommit = Omit<SegmentEvent, 'clocks' | 'origin'>;
export type ObservedSample = Omit<SampleEvent, 'origin'>;

const COMMIT_FIELDS = ['clock', 'rows', 'columns', 'railSet', 'negative', 'fires'] as const;
const SAMPLE_FIELDS = ['clock', 'share'] as const;

/** Compares over all data sets of a run; times of divergences count from the first commit of their data set. */
export class Comparison {
  #clockHz = 1;
  #seed = 0;
  #expected: Iterator<ControllerEvent> = [][Symbol.iterator]();
  #dataSet = '';
  #origin: Span;
  #clock = 0;
  #wordNow: () => ProgramWord | undefined = () => undefined;
  readonly #tell: (divergence: Divergence) => void;
  mismatches = 0;
  firstDivergence: Divergence | undefined;

  /**
   * @param origin  of what differs before the first event
   * @param tell  is told the first difference
   */
  constructor(origin: Span, tell: (divergence: Divergence) => void = () => undefined) {
    this.#origin = origin;
    this.#tell = tell;
  }

  /** Starts a run; its clock turns clocks into seconds, `wordNow` gives the word that the controller says it executes. */
  beginRun(seed: number, clockHz: number, wordNow: () => ProgramWord | undefined): void {
    this.#seed = seed;
    this.#clockHz = clockHz;
    this.#wordNow = wordNow;
    this.#dataSet = '';
  }

  /** Starts a data set whose events should be `expected`. */
  beginDataSet(dataSet: string, expected: Iterable<ControllerEvent>): void {
    this.#dataSet = dataSet;
    this.#expected = expected[Symbol.iterator]();
    this.#clock = 0;
  }

  /** The segment that the program says comes here, or undefined when there is none. */
  commit(found: ObservedCommit): SegmentEvent | undefined {
    this.#clock = found.clock;
    const expected = this.#next(found);
    if (!expected) return undefined;
    if (expected.kind !== 'segment') {
      this.differ('event', 'a converter strobe', 'a commit of the lines');
      return undefined;
    }
    this.#compareFields('segment', COMMIT_FIELDS, expected, found);
    this.#compareLevels(expected, found);
    return expected;
  }

  /** The strobe that the program says comes here, or undefined when there is none. */
  sample(found: ObservedSample): SampleEvent | undefined {
    this.#clock = found.clock;
    const expected = this.#next(found);
    if (!expected) return undefined;
    if (expected.kind !== 'sample') {
      this.differ('event', 'a commit of the lines', 'a converter strobe');
      return undefined;
    }
    this.#compareFields('sample', SAMPLE_FIELDS, expected, found);
    return expected;
  }

  /** Counts a difference of one quantity if there is one. */
  same(signal: string, expected: number, found: number): void {
    if (!Object.is(expected, found)) this.differ(signal, String(expected), String(found));
  }

  /** Closes a data set: what is still expected is missing. */
  endDataSet(): void {
    for (let next = this.#expected.next(); !next.done; next = this.#expected.next()) {
      this.#origin = next.value.origin;
      this.#clock = next.value.clock;
      this.differ('event', describe(next.value), 'nothing: the controller has stopped');
    }
  }

  /** Counts a difference; the first one is kept. */
  differ(signal: string, expected: string, found: string): void {
    this.mismatches += 1;
    if (this.firstDivergence) return;
    const word = this.#dataSet === '' ? undefined : this.#wordNow();
    this.firstDivergence = {
      seconds: this.#clock / this.#clockHz,
      clock: this.#clock,
      seed: this.#seed,
      dataSet: this.#dataSet,
      signal,
      expected,
      found,
      origin: this.#origin,
      ...(word && { word }),
    };
    this.#tell(this.firstDivergence);
  }

  /** The next event that the program says, beside `found`. */
  #next(found: ObservedCommit | ObservedSample): ControllerEvent | undefined {
    const next = this.#expected.next();
    if (!next.done) {
      this.#origin = next.value.origin;
      return next.value;
    }
    this.differ('event', 'nothing: the program has ended', describe(found));
    return undefined;
  }

  /** Tiles that drive nothing cannot be told apart. */
  #compareLevels(expected: SegmentEvent, found: ObservedCommit): void {
    for (const side of ['rows', 'columns'] as const) {
      const [wanted, seen] = [expected.levels?.[side] ?? [], found.levels?.[side] ?? []];
      if (!isSame(wanted, seen)) this.differ(`segment.levels.${side}`, show(wanted), show(seen));
    }
    const drives = expected.rows.length + expected.columns.length > 0;
    if (drives) this.same('segment.tiles', expected.tiles ?? 1, found.tiles ?? 1);
  }

  #compareFields<Event extends object>(
    what: string,
    fields: readonly (keyof Event & string)[],
    expected: Event,
    found: Event,
  ): void {
    for (const field of fields) {
      if (!isSame(expected[field], found[field]))
        this.differ(`${what}.${field}`, show(expected[field]), show(found[field]));
    }
  }
}

function isSame(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function describe(event: ObservedCommit | ObservedSample): string {
  if (event.kind === 'sample') return `converter strobe ${String(event.share)}`;
  return `segment (rows ${list(event.rows)}, columns ${list(event.columns)})`;
}

function show(value: unknown): string {
  return Array.isArray(value) ? list(value) : String(value);
}

function list(lines: readonly unknown[]): string {
  return lines.length === 0 ? 'none' : lines.join(' ');
}
