/** Clauses as text, read off the shapes that the parser reads: what one accepts the other writes. */
import type { Block, ClauseBase } from '../syntax/nodes.js';
import type { BlockLayout, ClauseSet, ElementSpec, ListItem, PartKind, Parts, ShapeSpec } from '../syntax/shape.js';
import { blocksOf, shapeOf } from '../syntax/walk.js';
import { all, fill, nest, oneOrAllLines, render, separated, type Doc } from './doc.js';
import { expressionDoc, extentDoc, rangeDoc } from './expression-doc.js';
import { BLOCK_INDENT, layOut, widthAt, type Row } from './layout.js';
import { printText } from './print-expression.js';

/** A node as its shape describes it. */
type Fields = Readonly<Record<string, unknown>>;

const PRINTERS: { readonly [Kind in PartKind]: (part: Parts[Kind]) => Doc } = {
  name: ({ name }) => name,
  text: printText,
  expression: expressionDoc,
  range: rangeDoc,
  extent: extentDoc,
  unit: ({ symbol }) => symbol,
  reference: ({ name }) => name,
  call: expressionDoc,
};

/** A clause of `set` as a row of a block `depth` blocks deep. */
export function rowOf(set: ClauseSet, clause: ClauseBase, depth: number): Row {
  // The parser fills nodes by the shapes that are read here.
  const fields = clause as unknown as Fields & { readonly kind: string };
  const pieces = new ClausePrinter(depth).print(shapeOf(set, fields.kind), fields);
  const tail = pieces.filter(({ column }) => column === 'tail').map(({ doc }) => doc);
  // Further lines of a head stand apart from the lines of its block
  const indent = blocksOf(set, clause).length > 0 ? 2 * BLOCK_INDENT : BLOCK_INDENT;
  const head = nest(indent, joinPieces(pieces.filter(({ column }) => column === 'head')));
  return { head: render(head, widthAt(depth)), tail: render(all(...tail), Infinity), trivia: clause.trivia };
}

interface Piece {
  readonly doc: Doc;
  /** Origins stand in a column of their own. */
  readonly column: 'head' | 'tail';
  /** Whether it stands close to the piece before it or the one behind it. */
  readonly isClose?: 'before' | 'both';
  /** Whether it may begin a line. */
  readonly beginsLine?: boolean;
}

function head(doc: Doc): Piece {
  return { doc, column: 'head' };
}

class ClausePrinter {
  readonly #depth: number;

  constructor(depth: number) {
    this.#depth = depth;
  }

  print({ kind, elements }: ShapeSpec, fields: Fields): Piece[] {
    const found = elements.flatMap((element) => this.#pieces(element, fields));
    return kind === 'provenance' ? [{ doc: joinPieces(found), column: 'tail' }] : found;
  }

  #pieces(element: ElementSpec, fields: Fields): Piece[] {
    switch (element.kind) {
      case 'word':
        return [{ ...head(element.word), beginsLine: true }];
      case 'mark':
        return [{ ...head(element.mark), ...MARKS[element.mark] }];
      case 'enumeration':
      case 'marks':
        return [head(String(fields[element.field]))];
      case 'flag':
        return fields[element.field] === true ? [head(element.word)] : [];
      case 'part':
        return [head(printPart(element.part, fields[element.field]))];
      case 'node':
        return this.print(element.shape(), fields[element.field] as Fields);
      case 'optional':
        if (!isPresent(element.elements, fields)) return [];
        return element.elements.flatMap((inner) => this.#pieces(inner, fields));
      case 'list':
        return [head(this.#list(element, fields[element.field] as readonly unknown[]))];
      case 'choice': {
        const chosen = fields[element.field] as Fields & { readonly kind: string };
        const shape = element.shapes.find(({ kind }) => kind === chosen.kind);
        return shape ? this.print(shape, chosen) : [];
      }
      case 'block':
        return [head(this.#block(element.clauses(), fields[element.field] as Block<ClauseBase>, element.layout))];
    }
  }

  #list({ separator, item }: { separator: ',' | '.'; item: ListItem }, list: readonly unknown[]): Doc {
    const docs = list.map((element) =>
      item.kind === 'part' ? printPart(item.part, element) : joinPieces(this.print(item.shape(), element as Fields)),
    );
    if (separator === '.')
      return { kind: 'all', docs: docs.flatMap((doc, index) => (index === 0 ? [doc] : ['.', doc])) };
    const items = separated(',', docs);
    // Names and numbers fill lines; what has parts of its own stands on one each
    return item.kind === 'part' ? fill(items) : oneOrAllLines(items);
  }

  #block(set: ClauseSet, block: Block<ClauseBase>, layout: BlockLayout): Doc {
    const rows = block.clauses.map((clause) => rowOf(set, clause, this.#depth + 1));
    if (rows.length === 0 && block.closing.length === 0) return '{}';
    const lines = `{\n${layOut(rows, block.closing, this.#depth + 1)}}`;
    const line = `{ ${rows.map((row) => row.head).join(', ')} }`;
    const mayShare = layout === 'inline' || (layout === 'single' && rows.length === 1 && isShort(line));
    if (!mayShare || block.closing.length > 0 || rows.some(needsLine)) return lines;
    return { kind: 'either', flat: line, broken: lines };
  }
}

/** Columns of a block on one line whose clause is more than a setting. */
const LONGEST_SINGLE = 60;

function isShort(line: string): boolean {
  return line.length <= LONGEST_SINGLE && !line.includes('{', 1);
}

/** How marks stand to what is before and behind them, where that is not with blanks. */
const MARKS: Readonly<Partial<Record<string, Omit<Piece, 'doc' | 'column'>>>> = {
  ',': { isClose: 'before' },
  '(': { isClose: 'both' },
  '[': { isClose: 'both' },
  ')': { isClose: 'before' },
  ']': { isClose: 'before' },
  '~': { beginsLine: true },
  '->': { beginsLine: true },
};

/** Optional elements are there where their fields are. */
function isPresent(elements: readonly ElementSpec[], fields: Fields): boolean {
  return elements.some((element) => {
    if ('field' in element) return fields[element.field] !== undefined;
    return element.kind === 'optional' && isPresent(element.elements, fields);
  });
}

function printPart<Kind extends PartKind>(kind: Kind, part: unknown): Doc {
  // The parser fills the field of a part with exactly its type.
  return PRINTERS[kind](part as Parts[Kind]);
}

/** The pieces with blanks between them; lines may begin at words. */
function joinPieces(pieces: readonly Piece[]): Doc {
  const lines: Doc[] = [];
  let line: Doc[] = [];
  let before: Piece | undefined;
  for (const piece of pieces) {
    if (before && piece.beginsLine === true) {
      lines.push(all(...line));
      line = [];
    } else if (before && !isClose(before, piece)) line.push(' ');
    line.push(piece.doc);
    before = piece;
  }
  return fill([...lines, all(...line)]);
}

function isClose(before: Piece, behind: Piece): boolean {
  const sides = [before.isClose, behind.isClose];
  return sides.includes('both') || behind.isClose === 'before';
}

/** Whether a clause cannot share a line with the braces around it. */
function needsLine({ head: text, tail, trivia: { leading, isAfterBlank, trailing } }: Row): boolean {
  return text.includes('\n') || tail !== '' || leading.length > 0 || isAfterBlank || trailing !== undefined;
}
