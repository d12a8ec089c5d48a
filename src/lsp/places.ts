/** Places of the language (from 1, with offsets) and of the protocol (from 0), and files as URIs. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Position, Range } from 'vscode-languageserver/node';
import type { Position as Place, Span } from '../core/span.js';
import { libraryPathOf, libraryPlace } from '../dsl/standard-library.js';

/** The range of a span. */
export function rangeOf({ start, end }: Span): Range {
  return { start: positionOf(start), end: positionOf(end) };
}

function positionOf({ line, column }: Place): Position {
  return { line: line - 1, character: column - 1 };
}

/** The name under which the compiler knows the file of a URI; other schemes than `file` keep theirs. */
export function pathOfUri(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  try {
    const file = fileURLToPath(uri);
    return libraryPathOf(file) ?? file;
  } catch {
    return uri;
  }
}

/** The URI of a file as the compiler knows it. */
export function uriOfPath(file: string): string {
  return /^[a-z][a-z0-9+.-]+:/.test(file) ? file : pathToFileURL(libraryPlace(file)).href;
}

/** The span between two offsets of a text, which lie on one line. */
export function spanBetween(
  { file, text }: { readonly file: string; readonly text: string },
  from: number,
  to: number,
): Span {
  const lines = text.slice(0, from).split(/\r\n|[\r\n]/);
  const column = (lines.at(-1) ?? '').length + 1;
  const start = { offset: from, line: lines.length, column };
  return { file, start, end: { offset: to, line: lines.length, column: column + to - from } };
}
