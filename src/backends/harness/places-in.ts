/** Spans in the short form in which emitted data writes them; copied into every harness. */
import type { Position, Span } from '../../core/span.js';

/** Line and column from 1, offset from 0. */
export type Place = readonly [line: number, column: number, offset: number];

/** Makes spans of one source file. */
export function placesIn(file: string): (start: Place, end: Place) => Span {
  return (start, end) => ({ file, start: positionAt(start), end: positionAt(end) });
}

function positionAt([line, column, offset]: Place): Position {
  return { offset, line, column };
}
