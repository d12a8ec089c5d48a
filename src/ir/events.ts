/**
 * What a tile sees of its controller: the common language of the pulse program's interpreter, of the interpreter
 * of encoded words and of the RTL. Two executors agree when they yield equal sequences of these.
 */
import type { Span } from '../core/span.js';

/** Lines that hold still from one commit to the next; a rest is one, too (no lines, rail set 0, not fired). */
export interface SegmentEvent {
  readonly kind: 'segment';
  /** Clock of its commit; the first commit of a data set is clock 0. */
  readonly clock: number;
  /** Duration until the next commit, a converter scan and a wait included [clocks]. */
  readonly clocks: number;
  /** Rows and columns that are not at REST, ascending. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** Levels of these rows and columns, in the same order; absent where a line has one level. */
  readonly levels?: { readonly rows: readonly number[]; readonly columns: readonly number[] };
  /** Tiles that take part, one bit each; absent where there is one. */
  readonly tiles?: number;
  readonly railSet: number;
  readonly negative: boolean;
  readonly fires: boolean;
  /** The segment; for a rest, the segment that it follows. */
  readonly origin: Span;
}

/** One conversion strobe; it comes after the event of the segment that holds the lines meanwhile. */
export interface SampleEvent {
  readonly kind: 'sample';
  /** The clock in which the strobe is high, counted like {@link SegmentEvent.clock}. */
  readonly clock: number;
  /** Which of the columns of every converter: converter `a` takes column `a * shares + share`. */
  readonly share: number;
  readonly origin: Span;
}

export type ControllerEvent = SegmentEvent | SampleEvent;
