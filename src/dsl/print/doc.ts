/**
 * Texts that may be broken into lines, after Wadler's "A prettier printer" (2003): a document says where lines may
 * end, and rendering ends as few of them as the width allows.
 */
import { unreachable } from '../../core/invariant.js';

export type Doc =
  /** Text as it is; its own line ends stay. */
  | string
  | { readonly kind: 'all'; readonly docs: readonly Doc[] }
  /** A blank, or the end of a line; `''` for nothing where the line goes on. */
  | { readonly kind: 'line'; readonly flat: ' ' | '' }
  /** Lines that begin inside are indented by so many blanks more. */
  | { readonly kind: 'nest'; readonly by: number; readonly doc: Doc }
  /** On one line where that fits, else every line of it ends. */
  | { readonly kind: 'group'; readonly doc: Doc }
  /** As many of the docs on each line as fit; each but the first begins with a blank or a line. */
  | { readonly kind: 'fill'; readonly docs: readonly Doc[] }
  /** `flat` where it fits on the line, else `broken`. */
  | { readonly kind: 'either'; readonly flat: Doc; readonly broken: Doc };

/** A blank, or the end of a line. */
const LINE: Doc = { kind: 'line', flat: ' ' };

/** One after another. */
export function all(...docs: readonly Doc[]): Doc {
  return { kind: 'all', docs };
}

/** With further lines indented. */
export function nest(by: number, doc: Doc): Doc {
  return { kind: 'nest', by, doc };
}

/** `docs` on one line with blanks between them, or each on a line of its own. */
export function oneOrAllLines(docs: readonly Doc[]): Doc {
  const parts = docs.flatMap((doc, index) => (index === 0 ? [doc] : [LINE, doc]));
  return { kind: 'group', doc: { kind: 'all', docs: parts } };
}

/** `docs` one after another with blanks or line ends between them. */
export function fill(docs: readonly Doc[]): Doc {
  return docs.length === 1 ? (docs[0] ?? '') : { kind: 'fill', docs };
}

/** The same with `mark` behind each but the last. */
export function separated(mark: string, docs: readonly Doc[]): readonly Doc[] {
  return docs.map((doc, index) => (index < docs.length - 1 ? all(doc, mark) : doc));
}

/** A document at an indentation; `isFlat` where no line may end. */
interface Piece {
  readonly doc: Doc;
  readonly indent: number;
  readonly isFlat: boolean;
  /** How many docs of a fill are written already. */
  readonly written?: number;
}

/** The text of `doc` with lines of at most `width` characters where that is possible. */
export function render(doc: Doc, width: number): string {
  return new Renderer(width).render(doc);
}

class Renderer {
  readonly #width: number;
  /** What is still to be written, the next piece last. */
  readonly #rest: Piece[] = [];
  #text = '';
  #column = 0;

  constructor(width: number) {
    this.#width = width;
  }

  render(doc: Doc): string {
    this.#rest.push({ doc, indent: 0, isFlat: false });
    for (let piece = this.#rest.pop(); piece; piece = this.#rest.pop()) this.#write(piece);
    return this.#text;
  }

  #write({ doc, indent, isFlat, written = 0 }: Piece): void {
    if (typeof doc === 'string') {
      this.#append(doc);
      return;
    }
    switch (doc.kind) {
      case 'all':
        for (const inner of doc.docs.toReversed()) this.#rest.push({ doc: inner, indent, isFlat });
        break;
      case 'line':
        this.#append(isFlat ? doc.flat : `\n${' '.repeat(indent)}`);
        break;
      case 'nest':
        this.#rest.push({ doc: doc.doc, indent: indent + doc.by, isFlat });
        break;
      case 'group':
        this.#rest.push({
          doc: doc.doc,
          indent,
          isFlat: isFlat || this.#fits([{ doc: doc.doc, indent, isFlat: true }]),
        });
        break;
      case 'fill':
        this.#fill({ doc, indent, isFlat, written });
        break;
      case 'either': {
        const flat = { doc: doc.flat, indent, isFlat: true };
        this.#rest.push(isFlat || this.#fits([flat]) ? flat : { doc: doc.broken, indent, isFlat });
        break;
      }
      default:
        unreachable(doc);
    }
  }

  /** Writes one doc of a fill and leaves the others, with a line before them where the next one does not fit. */
  #fill({ doc, indent, isFlat, written }: Required<Piece> & { readonly doc: Fill }): void {
    const [first, next] = [doc.docs[written], doc.docs[written + 1]];
    if (first === undefined) return;
    const firstFlat = { doc: first, indent, isFlat: true };
    const firstFits = isFlat || this.#fits([firstFlat], next === undefined);
    const firstPiece = firstFits ? firstFlat : { ...firstFlat, isFlat: false };
    if (next === undefined) {
      this.#rest.push(firstPiece);
      return;
    }
    const pair = [firstFlat, { doc: LINE, indent, isFlat: true }, { doc: next, indent, isFlat: true }];
    const isJoined = isFlat || (firstFits && this.#fits(pair, doc.docs.length === written + 2));
    const others = { doc, indent, isFlat, written: written + 1 };
    this.#rest.push(others, { doc: LINE, indent, isFlat: isJoined }, firstPiece);
  }

  /** Whether `pieces`, and where they are the `last` of their line also what follows them, fit on the line. */
  #fits(pieces: readonly Piece[], isLast = true): boolean {
    let room = this.#width - this.#column;
    const stack = pieces.toReversed();
    let next = isLast ? this.#rest.length : 0;
    while (room >= 0) {
      const piece = stack.pop() ?? this.#rest[--next];
      if (!piece) return true;
      const { doc, isFlat } = piece;
      if (typeof doc === 'string') {
        const end = doc.indexOf('\n');
        if (end >= 0) return end <= room;
        room -= doc.length;
      } else if (doc.kind === 'line') {
        if (!isFlat) return true;
        room -= doc.flat.length;
      } else {
        for (const inner of innerPieces({ ...piece, doc })) stack.push(inner);
      }
    }
    return false;
  }

  #append(text: string): void {
    this.#text += text;
    const lineEnd = text.lastIndexOf('\n');
    this.#column = lineEnd < 0 ? this.#column + text.length : text.length - lineEnd - 1;
  }
}

type Fill = Extract<Doc, { kind: 'fill' }>;

/** What stands inside of a piece, the first last; of a fill only the next doc and the others as a piece again. */
function innerPieces({ doc, indent, isFlat, written = 0 }: Piece & { readonly doc: Compound }): readonly Piece[] {
  switch (doc.kind) {
    case 'all':
      return doc.docs.map((inner) => ({ doc: inner, indent, isFlat })).reverse();
    case 'nest':
    case 'group':
      return [{ doc: doc.doc, indent, isFlat }];
    case 'fill': {
      const next = doc.docs[written];
      if (next === undefined) return [];
      const others = { doc, indent, isFlat, written: written + 1 };
      const line = { doc: LINE, indent, isFlat };
      return written + 1 < doc.docs.length
        ? [others, line, { doc: next, indent, isFlat }]
        : [{ doc: next, indent, isFlat }];
    }
    case 'either':
      return [{ doc: isFlat ? doc.flat : doc.broken, indent, isFlat }];
  }
}

type Compound = Exclude<Doc, string | { kind: 'line' }>;
