/** Places in source text. Plain data, so that they survive into the IR, JSON and other processes. */

/** A place in a text; `line` and `column` count from 1, `offset` from 0 [UTF-16 units]. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** A half-open range of a file: `end` is the position after the last character. */
export interface Span {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** The span from the start of `first` to the end of `last`; both lie in one file. */
export function joinSpans(first: Span, last: Span): Span {
  return { file: first.file, start: first.start, end: last.end };
}
