/**
 * A file that is parsed again and again while it is typed. Items whose text stays the same keep their trees, and with
 * them everything that is known by tree. So that a tree need not change when the text above it does, its positions are
 * anchored: the line and the offset of a position count from the piece of text that was parsed, and hold its number.
 */
import { DiagnosticBag, type Diagnostic } from '../../core/diagnostic.js';
import type { Position, Span } from '../../core/span.js';
import type { Item, SourceFile } from '../syntax/file.js';
import { parseTolerantly } from './parse-source.js';
import { MAX_TOKENS } from './scan.js';

/** A stretch of text that begins on a new line and is parsed by itself. */
interface Piece {
  readonly text: string;
  readonly lineCount: number;
  readonly items: readonly Item[];
}

/** Room for the lines and the offsets of one piece; sources are shorter. */
const ANCHOR = 2 ** 24;

/** The tree of a file that changes. Only files without faults are kept; what is typed meanwhile is parsed as a whole. */
export class IncrementalSource {
  readonly #file: string;
  /** In the order of the text; the number of a piece is its index. */
  #pieces: readonly Piece[] = [];
  #text: string | undefined;
  #tree: SourceFile | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** The tree of `text` with anchored positions; undefined after reporting with positions as they are. */
  parse(text: string, diagnostics: DiagnosticBag): SourceFile | undefined {
    if (text === this.#text) return this.#tree;
    if (this.#text !== undefined && this.#reparse(this.#text, text)) return this.#tree;
    const parsed = parseTolerantly(this.#file, text, diagnostics);
    if (parsed?.isWhole !== true) return undefined;
    this.#keep(text, piecesOf(text, parsed.tree));
    return this.#tree;
  }

  /** Where an anchored position is now. */
  locate({ offset, line, column }: Position): Position {
    const index = Math.floor(line / ANCHOR);
    const before = this.#pieces.slice(0, index);
    return {
      offset: (offset % ANCHOR) + before.reduce((sum, piece) => sum + piece.text.length, 0),
      line: (line % ANCHOR) + before.reduce((sum, { lineCount }) => sum + lineCount, 0),
      column,
    };
  }

  /** Parses the pieces that an edit touches as one; false where they are not whole by themselves. */
  #reparse(before: string, after: string): boolean {
    // A token has a letter at least: shorter files cannot exceed the limit that counts over a whole file
    if (after.length > MAX_TOKENS) return false;
    const { first, last, text } = touchedPieces(this.#pieces, before, after);
    const parsed = parseTolerantly(this.#file, text, new DiagnosticBag());
    if (parsed?.isWhole !== true) return false;
    const items = parsed.tree.items.clauses;
    // Pieces keep their numbers: those of pieces that are joined stay empty
    const joined = { text, lineCount: countLines(text), items: anchored(items, first, { offset: 0, line: 0 }) };
    const pieces = [...this.#pieces];
    for (let index = first; index <= last; index++) pieces[index] = index === first ? joined : EMPTY;
    this.#keep(after, pieces);
    return true;
  }

  #keep(text: string, pieces: readonly Piece[]): void {
    this.#text = text;
    this.#pieces = pieces;
    const clauses = pieces.flatMap(({ items }) => items);
    const start = { offset: 0, line: 1, column: 1 };
    const span = { file: this.#file, start, end: clauses.at(-1)?.span.end ?? start };
    this.#tree = { file: this.#file, items: { clauses, closing: [], span } };
  }
}

const EMPTY: Piece = { text: '', lineCount: 0, items: [] };

interface TouchedPieces {
  readonly first: number;
  readonly last: number;
  /** Their text after the edit, whole lines of it. */
  readonly text: string;
}

/** The pieces between the beginning and the end that both texts share. */
function touchedPieces(pieces: readonly Piece[], before: string, after: string): TouchedPieces {
  const shared = Math.min(before.length, after.length);
  let start = 0;
  while (start < shared && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < shared - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end++;
  const changeEnd = before.length - end;
  let [first, last, firstStart, lastEnd] = [0, pieces.length - 1, 0, before.length];
  for (let index = 0, at = 0; index < pieces.length; index++) {
    const { length } = pieces[index]?.text ?? EMPTY.text;
    if (at <= start && isAtLineStart(before, at)) [first, firstStart] = [index, at];
    at += length;
    if (at >= changeEnd && at > firstStart && isAtLineStart(after, at + after.length - before.length)) {
      [last, lastEnd] = [index, at];
      break;
    }
  }
  return { first, last, text: after.slice(firstStart, lastEnd + after.length - before.length) };
}

/** What a piece ends with must end its line, or the next piece would not begin on one of its own. */
function isAtLineStart(text: string, offset: number): boolean {
  return offset === text.length || offset === 0 || text[offset - 1] === '\n';
}

/** One piece for each item, with the comments above it and the rest of its last line. */
function piecesOf(text: string, { items: { clauses } }: SourceFile): Piece[] {
  const pieces: Piece[] = [];
  let [start, line] = [0, 0];
  let items: Item[] = [];
  clauses.forEach((item, index) => {
    items.push(item);
    const next = clauses[index + 1];
    const lineEnd = text.indexOf('\n', item.span.end.offset);
    // Items that share a line share a piece
    if (next && (lineEnd < 0 || next.span.start.offset <= lineEnd)) return;
    const end = next ? lineEnd + 1 : text.length;
    const content = text.slice(start, end);
    const lineCount = countLines(content);
    const base = { offset: start, line };
    pieces.push({ text: content, lineCount, items: anchored(items, pieces.length, base) });
    [start, line, items] = [end, line + lineCount, []];
  });
  return pieces.length > 0 ? pieces : [{ text, lineCount: countLines(text), items: [] }];
}

/** Line ends as the scanner counts them. */
function countLines(text: string): number {
  return text.match(/\r\n|[\r\n]/g)?.length ?? 0;
}

/** The fresh trees of `items` with their positions anchored in piece `index`, which begins at `base`. */
function anchored<Tree>(items: Tree, index: number, base: { readonly offset: number; readonly line: number }): Tree {
  const moved = new Set<object>();
  const move = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || moved.has(value)) return;
    moved.add(value);
    if ('offset' in value && 'line' in value) {
      // Nobody else has seen the tree yet, and its spans share their positions.
      const position = value as { offset: number; line: number };
      position.offset += index * ANCHOR - base.offset;
      position.line += index * ANCHOR - base.line;
    } else Object.values(value).forEach(move);
  };
  move(items);
  return items;
}

/** `diagnostic` with all its places as `locate` says. */
export function relocate(diagnostic: Diagnostic, locate: (span: Span) => Span): Diagnostic {
  const { span, related } = diagnostic;
  return {
    ...diagnostic,
    ...(span && { span: locate(span) }),
    ...(related && { related: related.map((place) => ({ ...place, span: locate(place.span) })) }),
  };
}
