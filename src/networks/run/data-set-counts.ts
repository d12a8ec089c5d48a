/** What a pulse program does, counted from its data sets, or from some of them in the place of all. */
import { ActivityCounter } from '../../ir/activity.js';
import { interpretProgram } from '../../ir/interpret.js';
import { PlaneCounter, type PlaneReads } from '../../ir/plane-counter.js';
import type { PulseProgram } from '../../ir/scheduled.js';
import { surroundingsOf } from '../../ir/spike-environment.js';

/** Events that are looked at behind the first data set; data sets beyond are taken to be like those before. */
const MOST_EVENTS = 300_000;

/** Counts of data sets, and how often they come in what is counted. */
export interface WeightedCounts {
  readonly weight: number;
  readonly counter: ActivityCounter;
  readonly memory: MemoryCounts;
}

/** What has been counted of a program's data sets. */
export interface DataSetCounts {
  readonly parts: readonly WeightedCounts[];
  /** Data sets that were looked at, and all. */
  readonly seen: number;
  readonly all: number;
}

/**
 * Data sets from first to last, all of them or about as many as `most` events allow, evenly apart. The first one is
 * taken for itself: where tiles are programmed before they are read it is like no other.
 */
export function countDataSets(program: PulseProgram, most = MOST_EVENTS): DataSetCounts {
  const all = program.dataSets.length;
  const [first, others] = [new DataSetCounter(program), new DataSetCounter(program)];
  first.add(0);
  let stride = 1;
  for (let at = 1; at < all; at += stride) {
    others.add(at);
    if (at === 1) stride = Math.max(1, Math.ceil((others.events * (all - 1)) / most));
  }
  const weight = (all - 1) / Math.max(1, others.seen);
  return { parts: [first.weighed(1), others.weighed(weight)], seen: first.seen + others.seen, all };
}

/** Counts of some data sets of a program. */
class DataSetCounter {
  readonly #program: PulseProgram;
  readonly #counter: ActivityCounter;
  readonly #memory = { spikes: 0, planeReads: { row: 0, column: 0 } };
  /** Data sets and events so far. */
  seen = 0;
  events = 0;

  constructor(program: PulseProgram) {
    this.#program = program;
    this.#counter = new ActivityCounter(program);
  }

  /** Counts data set `at`; nothing where there is none. */
  add(at: number): void {
    const dataSet = this.#program.dataSets[at];
    if (!dataSet) return;
    const surroundings = new PlaneCounter(surroundingsOf(this.#program, dataSet.spikes));
    for (const event of interpretProgram(this.#program, dataSet, surroundings)) {
      this.#counter.add(event);
      this.events += 1;
    }
    this.#counter.endDataSet();
    this.#memory.spikes += dataSet.spikes?.length ?? 0;
    this.#memory.planeReads.row += surroundings.reads.row;
    this.#memory.planeReads.column += surroundings.reads.column;
    this.seen += 1;
  }

  weighed(weight: number): WeightedCounts {
    return { weight, counter: this.#counter, memory: this.#memory };
  }
}

/** What goes through the controller's memories beside its program. */
export interface MemoryCounts {
  readonly spikes: number;
  readonly planeReads: PlaneReads;
}
