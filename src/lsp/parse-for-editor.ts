/** The tree of a text that is being typed: what cannot be a token does not hide the rest of the file. */
import { DiagnosticBag } from '../core/diagnostic.js';
import { parseTolerantly } from '../dsl/parse/parse-source.js';
import type { SourceFile } from '../dsl/syntax/file.js';

/** Rounds in which stray characters are taken out; each finds as many as are reported at once. */
const MAX_ROUNDS = 3;

/** The tree of what can be read of `text`; undefined where nothing can, for example beyond the limits. */
export function parseForEditor(file: string, text: string): SourceFile | undefined {
  let readable = text;
  for (let round = 0; round <= MAX_ROUNDS; round++) {
    const diagnostics = new DiagnosticBag();
    const parsed = parseTolerantly(file, readable, diagnostics);
    if (parsed) return parsed.tree;
    const strays = diagnostics.all.flatMap(({ code, span }) => (STRAY.includes(code) && span ? [span] : []));
    if (strays.length === 0) return undefined;
    readable = strays.reduce((rest, { start }) => blankLineFrom(rest, start.offset), readable);
  }
  return undefined;
}

const STRAY: readonly string[] = ['dsl/unterminated-text', 'dsl/unexpected-character'];

/** Blanks instead of the rest of a line, so that all places stay. */
function blankLineFrom(text: string, offset: number): string {
  const [rest = ''] = /^[^\r\n]*/.exec(text.slice(offset)) ?? [];
  return text.slice(0, offset) + ' '.repeat(rest.length) + text.slice(offset + rest.length);
}
