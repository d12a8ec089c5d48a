/** What a co-simulation tells those who watch it, step by step, in the order of the design's time. */
import type { SampleEvent, SegmentEvent } from '../../ir/events.js';
import type { ObservedCommit, ObservedSample } from '../comparison.js';
import type { Divergence, SeedJob } from '../job.js';

/** A commit of the RTL beside the one that the pulse program has in its place. */
export interface SeenCommit {
  readonly found: ObservedCommit;
  /** Absent where the program has ended, or has a converter strobe here. */
  readonly expected: SegmentEvent | undefined;
  /** Clocks of the design since its reset, skipped ones included. */
  readonly clock: number;
  /** Program address of the segment, as the controller says it. */
  readonly address: number;
}

/** A converter strobe of the RTL, and what the converters answer. */
export interface SeenSample {
  readonly found: ObservedSample;
  readonly expected: SampleEvent | undefined;
  /** Clocks of the design since its reset. */
  readonly clock: number;
  /** Of each converter, from the array that the RTL drives. */
  readonly codes: readonly number[];
}

/** Watches the runs of a job; it must not change anything that they work with. */
export interface JobObserver {
  /** A run begins, from reset. */
  beginRun?(run: SeedJob): void;
  /** Data set `index` is loaded; its first commit is yet to come. */
  beginDataSet?(index: number): void;
  commit?(commit: SeenCommit): void;
  sample?(sample: SeenSample): void;
  /** The program has stopped over its data set. */
  endDataSet?(): void;
  /** A difference has been counted; the event in which it shows follows. */
  mismatch?(divergence: Divergence): void;
  /** Whether the job shall end after this event. */
  readonly wantsEnd?: boolean;
}
