/** The last events before the first mismatch, side by side. */
import type { SampleEvent, SegmentEvent } from '../../ir/events.js';
import type { ObservedCommit, ObservedSample } from '../comparison.js';
import type { Divergence } from '../job.js';
import type { JobStop } from './observation.js';
import type { JobObserver, SeenCommit, SeenSample } from './observer.js';

/** An event of the RTL and the one that the program has in its place. */
export interface EventPair {
  /** Clocks since the reset. */
  readonly clock: number;
  /** Address of the word that runs; absent of converter strobes. */
  readonly address?: number;
  readonly found: ObservedCommit | ObservedSample;
  readonly expected?: SegmentEvent | SampleEvent;
  /** What the converters answered. */
  readonly codes?: readonly number[];
}

export class EventLog implements JobObserver {
  readonly #kept: number;
  readonly #events: EventPair[] = [];
  #run = -1;
  #dataSet = -1;
  #divergence: Divergence | undefined;

  /** @param kept  events to keep, at least one */
  constructor(kept: number) {
    this.#kept = kept;
  }

  get wantsEnd(): boolean {
    return this.#divergence !== undefined;
  }

  /** Where the job has ended; undefined as long as both sides agree. */
  get stop(): JobStop | undefined {
    if (!this.#divergence) return undefined;
    const events = this.#events.slice(-this.#kept);
    return { divergence: this.#divergence, run: this.#run, dataSet: this.#dataSet, events };
  }

  beginRun(): void {
    this.#run += 1;
    this.#dataSet = -1;
  }

  beginDataSet(index: number): void {
    this.#dataSet = index;
  }

  commit({ found, expected, clock, address }: SeenCommit): void {
    this.#add({ clock, address, found, ...(expected && { expected }) });
  }

  sample({ found, expected, clock, codes }: SeenSample): void {
    this.#add({ clock, found, codes, ...(expected && { expected }) });
  }

  mismatch(divergence: Divergence): void {
    this.#divergence ??= divergence;
  }

  #add(event: EventPair): void {
    this.#events.push(event);
    // Twice as many at most: forgetting half of them at once costs less than one at a time
    if (this.#events.length >= 2 * this.#kept) this.#events.splice(0, this.#kept);
  }
}
