/** The canonical text of a file. Parsing it gives the same tree again, places apart. */
import { layOut } from './print/layout.js';
import { rowOf } from './print/print-clause.js';
import { ITEMS, type SourceFile } from './syntax/file.js';

/** Text of `source` with two-blank indents, one clause a line and a final newline. */
export function printSource({ items }: SourceFile): string {
  return layOut(
    items.clauses.map((item) => rowOf(ITEMS, item, 0)),
    items.closing,
    0,
  );
}
