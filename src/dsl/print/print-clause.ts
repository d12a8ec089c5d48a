/** Clauses as text, read off the shapes that the parser reads: what one accepts the other writes. */
import type { Block, ClauseBase } from '../syntax/nodes.js';
import type { BlockLayout, ClauseSet, ElementSpec, ListItem, PartKind, Parts, ShapeSpec } from '../syntax/shape.js';
import { shapeOf } from '../syntax/walk.js';
import { layOut, LINE_WIDTH, type Row } from './layout.js';
import { printExpression, printExtent, printRange, printText } from './print-expression.js';

/** A node as its shape describes it. */
type Fields = Readonly<Record<string, unknown>>;

const PRINTERS: { readonly [Kind in PartKind]: (part: Parts[Kind]) => string } = {
  name: ({ name }) => name,
  text: printText,
  expression: printExpression,
  range: printRange,
  extent: printExtent,
  unit: ({ symbol }) => symbol,
  reference: ({ name }) => name,
  call: printExpression,
  comparison: (operator) => operator,
};

/** A clause of `set` as a row of its block. */
export function rowOf(set: ClauseSet, clause: ClauseBase): Row {
  // The parser fills nodes by the shapes that are read here.
  const fields = clause as unknown as Fields & { readonly kind: string };
  const pieces = piecesOf(shapeOf(set, fields.kind).elements, fields);
  const tail = pieces.filter((piece) => piece.column === 'tail').map(({ text }) => text);
  const head = joinPieces(pieces.filter((piece) => piece.column === 'head'));
  return { head, tail: tail.join(' '), trivia: clause.trivia };
}

interface Piece {
  readonly text: string;
  /** Origins stand in a column of their own. */
  readonly column: 'head' | 'tail';
  /** Items of a list that may be broken into lines. */
  readonly items?: readonly string[];
}

function head(text: string): Piece {
  return { text, column: 'head' };
}

function piecesOf(elements: readonly ElementSpec[], fields: Fields): Piece[] {
  return elements.flatMap((element) => pieces(element, fields));
}

function pieces(element: ElementSpec, fields: Fields): Piece[] {
  switch (element.kind) {
    case 'word':
      return [head(element.word)];
    case 'mark':
      return [head(element.mark)];
    case 'enumeration':
    case 'marks':
      return [head(String(fields[element.field]))];
    case 'flag':
      return fields[element.field] === true ? [head(element.word)] : [];
    case 'part':
      return [head(printPart(element.part, fields[element.field]))];
    case 'node':
      return nodePieces(element.shape(), fields[element.field] as Fields);
    case 'optional':
      return isPresent(element.elements, fields) ? piecesOf(element.elements, fields) : [];
    case 'list':
      return [listPiece(element, fields[element.field] as readonly unknown[])];
    case 'choice': {
      const chosen = fields[element.field] as Fields & { readonly kind: string };
      const shape = element.shapes.find(({ kind }) => kind === chosen.kind);
      return shape ? nodePieces(shape, chosen) : [];
    }
    case 'block':
      return [head(printBlock(element.clauses(), fields[element.field] as Block<ClauseBase>, element.layout))];
  }
}

/** Optional elements are there where their fields are. */
function isPresent(elements: readonly ElementSpec[], fields: Fields): boolean {
  return elements.some((element) => {
    if ('field' in element) return fields[element.field] !== undefined;
    return element.kind === 'optional' && isPresent(element.elements, fields);
  });
}

function nodePieces(shape: ShapeSpec, fields: Fields): Piece[] {
  const found = piecesOf(shape.elements, fields);
  return shape.kind === 'provenance' ? [{ text: joinPieces(found), column: 'tail' }] : found;
}

function printPart<Kind extends PartKind>(kind: Kind, part: unknown): string {
  // The parser fills the field of a part with exactly its type.
  return PRINTERS[kind](part as Parts[Kind]);
}

function listPiece({ separator, item }: { separator: ',' | '.'; item: ListItem }, list: readonly unknown[]): Piece {
  const texts = list.map((element) =>
    item.kind === 'part' ? printPart(item.part, element) : joinPieces(nodePieces(item.shape(), element as Fields)),
  );
  return separator === '.' ? head(texts.join('.')) : { ...head(texts.join(', ')), items: texts };
}

/** Marks that stand close to what is before or behind them. */
const CLOSE_BEFORE = new Set([',', ')', ']', '[', '(']);
const CLOSE_BEHIND = new Set(['(', '[']);

function joinPieces(all: readonly Piece[]): string {
  let text = '';
  let isClose = true;
  for (const piece of all) {
    text += isClose || CLOSE_BEFORE.has(piece.text) ? '' : ' ';
    const isTooLong = piece.items && text.length + piece.text.length > LINE_WIDTH;
    text += isTooLong ? (piece.items?.join(',\n  ') ?? '') : piece.text;
    isClose = CLOSE_BEHIND.has(piece.text);
  }
  return text;
}

function printBlock(set: ClauseSet, block: Block<ClauseBase>, layout: BlockLayout): string {
  const rows = block.clauses.map((clause) => rowOf(set, clause));
  if (rows.length === 0 && block.closing.length === 0) return '{}';
  const line = `{ ${rows.map(({ head: text }) => text).join(', ')} }`;
  const hasComments = block.closing.length > 0 || rows.some(hasTrivia);
  const mayShare = layout === 'inline' || (layout === 'single' && rows.length === 1);
  if (mayShare && !hasComments && line.length <= LINE_WIDTH / 2 + 10) return line;
  return `{\n${layOut(rows, block.closing, '  ')}}`;
}

function hasTrivia({ trivia: { leading, trailing } }: Row): boolean {
  return leading.length > 0 || trailing !== undefined;
}
