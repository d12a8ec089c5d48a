/** Records the events of a part of a run for a timing diagram; times count from the reset, as in waves. */
import { invariant } from '../../core/invariant.js';
import type { ControllerEvent, SegmentEvent } from '../../ir/events.js';
import type { Note } from '../../ir/timing-diagram.js';
import { programWords, type ProgramWord } from '../../ir/source-map.js';
import type { SeedJob } from '../job.js';
import type { JobObserver, SeenCommit, SeenSample } from './observer.js';
import type { DiagramWindow, Trace } from './timing-diagram.js';

/** Which part of a run: between two moments after the reset [s], or its beginning. */
export interface DiagramPlan {
  readonly fromSeconds?: number;
  readonly toSeconds?: number;
}

/** Events of a diagram, at most: more cannot be read. */
const MAX_EVENTS = 60;
/** Clocks that are drawn of a stretch in which nothing changes. */
const QUIET_CLOCKS = 3;

export interface TraceRecord {
  readonly name: string;
  readonly clockHz: number;
  readonly trace: Trace;
  readonly window: DiagramWindow;
}

export class TraceRecorder implements JobObserver {
  readonly #run: SeedJob;
  readonly #words: readonly ProgramWord[];
  readonly #from: number;
  readonly #to: number;
  readonly #events: ControllerEvent[] = [];
  readonly #notes: Note[] = [];
  #open: { readonly commit: SeenCommit } | undefined;
  #line = 0;

  constructor({ fromSeconds = 0, toSeconds = Infinity }: DiagramPlan, run: SeedJob) {
    const { clockHz } = run.scheduled.program;
    this.#run = run;
    this.#words = programWords(run.legal);
    this.#from = Math.floor(fromSeconds * clockHz);
    this.#to = Math.ceil(toSeconds * clockHz);
  }

  /** The record; without events where nothing happened in its time. */
  finish(): TraceRecord {
    const { program } = this.#run.scheduled;
    this.#close(undefined);
    const events = this.#events;
    const [first, last] = [events[0], events.at(-1)];
    const from = Math.max(this.#from, first?.clock ?? 0);
    const lastEnd = last ? last.clock + (last.kind === 'segment' ? Math.max(1, last.clocks) : 1) : from;
    const clocks = Math.max(0, Math.min(this.#to, lastEnd) - from);
    return {
      name: program.name,
      clockHz: program.clockHz,
      trace: { program, events, notes: this.#notes },
      window: { from, clocks, quietClocks: QUIET_CLOCKS },
    };
  }

  commit(commit: SeenCommit): void {
    this.#close(commit.clock);
    if (commit.clock < this.#to && this.#events.length < MAX_EVENTS) this.#open = { commit };
  }

  sample({ found, clock, expected }: SeenSample): void {
    const open = this.#open?.commit;
    if (!open || clock < this.#from || clock >= this.#to || this.#events.length >= MAX_EVENTS) return;
    const { origin } = expected ?? this.#run.scheduled.program;
    this.#events.push({ kind: 'sample', clock, share: found.share, origin });
  }

  endDataSet(): void {
    this.#close(undefined);
  }

  /** The segment that goes on is over at `clock`, the last one after a clock; what is over before the window is left out. */
  #close(clock: number | undefined): void {
    const open = this.#open?.commit;
    this.#open = undefined;
    if (!open || (clock ?? open.clock + 1) <= this.#from) return;
    const { found, expected, address } = open;
    const origin = this.#words[address]?.origin ?? expected?.origin ?? this.#run.scheduled.program.origin;
    const segment: SegmentEvent = {
      ...found,
      clock: open.clock,
      clocks: (clock ?? open.clock + 1) - open.clock,
      origin,
    };
    // Strobes of the segment have come in the meantime
    const at = this.#events.findLastIndex((event) => event.clock < open.clock) + 1;
    invariant(at <= this.#events.length, 'events have places');
    this.#events.splice(at, 0, segment);
    this.#note(Math.max(open.clock, this.#from), address, origin.start.line);
  }

  /** A word of another line of the source begins. */
  #note(clock: number, address: number, line: number): void {
    if (line === this.#line) return;
    this.#line = line;
    this.#notes.push({ clock, text: `line ${String(line)}, w${String(address)}` });
  }
}
