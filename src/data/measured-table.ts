/**
 * Measured functions as text: a curve of two columns, or a grid whose first column and first row are its axes. Fields
 * are separated by comma, semicolon or tab; `#` begins a comment.
 */

/** A function by its points, in the quantities that {@link TableScales} make of the numbers. */
export interface MeasuredTable {
  readonly kind: 'table';
  readonly xs: readonly number[];
  /** The second axis of a grid; absent for a curve. */
  readonly ys?: readonly number[];
  /** One for each of `xs`, or (xs, ys), row-major. */
  readonly values: readonly number[];
}

/** Why a text is no table; lines and columns count from 1. */
export type TableFault = { readonly kind: 'table-fault' } & (
  | { readonly fault: 'text'; readonly reason: string }
  | { readonly fault: 'number'; readonly line: number; readonly column: number; readonly found: string }
  | { readonly fault: 'columns'; readonly line: number; readonly expected: number; readonly found: number }
  | { readonly fault: 'points'; readonly reason: string }
  | { readonly fault: 'axis'; readonly line: number; readonly column: number }
  | { readonly fault: 'size'; readonly rows: number; readonly columns: number }
);

type Scale = (value: number) => number;

/** What the numbers of a file become; `y` is there for grids. */
export interface TableScales {
  readonly x: Scale;
  readonly y?: Scale;
  readonly value: Scale;
}

/** Numbers of one table, at most. */
export const MAX_TABLE_NUMBERS = 1_000_000;

/** The table that a text says; a curve may have a line of words above its numbers, the corner of a grid is not read. */
export function readMeasuredTable(bytes: Uint8Array, { x, y, value }: TableScales): MeasuredTable | TableFault {
  const rows = splitRows(bytes);
  if (!Array.isArray(rows)) return rows;
  const table = y ? rows : withoutWords(rows);
  const columns = y ? (table[0]?.fields.length ?? 0) : 2;
  const scaleAt = (row: number, column: number): Scale => {
    if (!y) return column === 0 ? x : value;
    return row === 0 ? y : column === 0 ? x : value;
  };
  const fault = shapeFault(table, columns, y !== undefined);
  if (fault) return fault;
  const numbers = readNumbers(table, columns, { scaleAt, hasCorner: y !== undefined });
  if (!Array.isArray(numbers)) return numbers;
  return y ? gridOf(numbers, table, columns) : curveOf(numbers, table);
}

interface Row {
  readonly fields: readonly string[];
  readonly line: number;
}

function splitRows(bytes: Uint8Array): Row[] | TableFault {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { kind: 'table-fault', fault: 'text', reason: 'it is not UTF-8 text' };
  }
  const lines = text.split(/\r\n|[\r\n]/).map((content, index) => ({ content, line: index + 1 }));
  const written = lines.filter(({ content }) => content.trim() !== '' && !content.trimStart().startsWith('#'));
  const [first] = written;
  if (!first) return { kind: 'table-fault', fault: 'text', reason: 'it is empty' };
  const separator = [';', '\t', ','].find((mark) => first.content.includes(mark)) ?? ',';
  return written.map(({ content, line }) => ({ fields: content.replace(/#.*$/, '').split(separator), line }));
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function withoutWords(rows: readonly Row[]): readonly Row[] {
  const isHead = rows[0]?.fields.every((field) => /[a-z]/i.test(field) && !isNumberLike(field));
  return isHead === true ? rows.slice(1) : rows;
}

/** `nan` and `inf` are numbers that went wrong, no words. */
function isNumberLike(field: string): boolean {
  return NUMBER.test(field.trim()) || /^[+-]?(nan|inf(inity)?)$/i.test(field.trim());
}

function shapeFault(rows: readonly Row[], columns: number, isGrid: boolean): TableFault | undefined {
  if (rows.length * columns > MAX_TABLE_NUMBERS)
    return { kind: 'table-fault', fault: 'size', rows: rows.length, columns };
  const odd = rows.find(({ fields }) => fields.length !== columns);
  if (odd) {
    return { kind: 'table-fault', fault: 'columns', line: odd.line, expected: columns, found: odd.fields.length };
  }
  if (isGrid ? rows.length > 2 && columns > 2 : rows.length > 1) return undefined;
  const points = isGrid
    ? `a grid has at least two points along each axis, found ${String(rows.length - 1)} x ${String(columns - 1)}`
    : `a curve has at least two points, found ${String(rows.length)}`;
  return { kind: 'table-fault', fault: 'points', reason: points };
}

interface Reading {
  readonly scaleAt: (row: number, column: number) => Scale;
  /** Whether the first field of the first row says nothing. */
  readonly hasCorner: boolean;
}

function readNumbers(rows: readonly Row[], columns: number, reading: Reading): number[] | TableFault {
  const numbers: number[] = [];
  for (const [index, { fields, line }] of rows.entries()) {
    for (let column = 0; column < columns; column++) {
      const field = (fields[column] ?? '').trim();
      const isCorner = reading.hasCorner && index === 0 && column === 0;
      const value = NUMBER.test(field) ? reading.scaleAt(index, column)(Number(field)) : NaN;
      if (!isCorner && !Number.isFinite(value)) {
        return { kind: 'table-fault', fault: 'number', line, column: column + 1, found: shown(field) };
      }
      numbers.push(value);
    }
  }
  return numbers;
}

function shown(field: string): string {
  return field === '' ? 'nothing' : JSON.stringify(field.length > 40 ? `${field.slice(0, 40)}…` : field);
}

function curveOf(numbers: readonly number[], rows: readonly Row[]): MeasuredTable | TableFault {
  const xs = numbers.filter((_, index) => index % 2 === 0);
  const turn = firstTurn(xs);
  if (turn >= 0) return { kind: 'table-fault', fault: 'axis', line: rows[turn]?.line ?? 0, column: 1 };
  return { kind: 'table', xs, values: numbers.filter((_, index) => index % 2 === 1) };
}

function gridOf(numbers: readonly number[], rows: readonly Row[], columns: number): MeasuredTable | TableFault {
  const ys = numbers.slice(1, columns);
  const xs = rows.slice(1).map((_, index) => numbers[(index + 1) * columns] ?? NaN);
  const [along, down] = [firstTurn(ys), firstTurn(xs)];
  if (along >= 0) return { kind: 'table-fault', fault: 'axis', line: rows[0]?.line ?? 0, column: along + 2 };
  if (down >= 0) return { kind: 'table-fault', fault: 'axis', line: rows[down + 1]?.line ?? 0, column: 1 };
  const values = numbers.filter((_, index) => index >= columns && index % columns !== 0);
  return { kind: 'table', xs, ys, values };
}

/** Index of the first place that is not above the one before it; -1 where they ascend. */
function firstTurn(places: readonly number[]): number {
  return places.findIndex((place, index) => index > 0 && place <= (places[index - 1] ?? -Infinity));
}
