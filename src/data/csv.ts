/** Numbers in rows of text: one line per row, separated by comma, semicolon or tab; `#` begins a comment. */
import { createRequire } from 'node:module';
import type * as CsvParse from 'csv-parse/sync';
import { imageFault, sizeFault, type GreyImage, type ImageFault } from './grey-image.js';

const require = createRequire(import.meta.url);

/** The reader, loaded with the first table: most commands read none, and it takes 6 ms. */
function loadCsvParse(): typeof CsvParse {
  return require('csv-parse/sync') as typeof CsvParse;
}

/** A row as csv-parse hands it over with `info: true`. */
interface Row {
  readonly record: readonly string[];
  /** Line of the row's end, counted from 1. */
  readonly info: { readonly lines: number };
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The matrix as written, `scale: 'number'`; faults name line and column. */
export function readCsv(bytes: Uint8Array): GreyImage | ImageFault {
  const text = decodeText(bytes);
  if (typeof text !== 'string') return text;
  const rows = splitRows(text);
  return Array.isArray(rows) ? readRows(rows) : rows;
}

/** A row of fields as written, without blanks around them. */
export interface CsvRow {
  readonly fields: readonly string[];
  /** Counted from 1. */
  readonly line: number;
}

/** All rows, comments and empty lines apart. */
export interface CsvRows {
  readonly kind: 'rows';
  readonly rows: readonly CsvRow[];
  readonly text: string;
  readonly separator: string;
}

/** The reason of a fault that another encoding makes. */
export const NOT_UTF8 = 'it is not UTF-8 text';

/** The rows of a table with words in it; faults say why it is none. */
export function readCsvRows(bytes: Uint8Array): CsvRows | ImageFault {
  const text = decodeText(bytes);
  if (typeof text !== 'string') return imageFault(NOT_UTF8);
  const rows = splitRows(text);
  if (!Array.isArray(rows)) return rows;
  const separator = separatorOf(text);
  return {
    kind: 'rows',
    rows: rows.map(({ record, info }) => ({ fields: record, line: info.lines })),
    text,
    separator,
  };
}

/**
 * How many columns the first line has.
 * @param head  the first bytes of a file
 * @param isCut  whether the file goes on behind them
 */
export function countCsvColumns(head: Uint8Array, isCut: boolean): number | ImageFault {
  const text = decodeText(head, isCut);
  if (typeof text !== 'string') return text;
  const lines = text.split(/\r\n|[\r\n]/);
  // The last line of a cut text may be a part of one
  const whole = isCut ? lines.slice(0, -1) : lines;
  const first = whole.find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  if (first === undefined) return imageFault(isCut ? 'its first line does not end' : 'it is empty');
  const rows = splitRows(first);
  return Array.isArray(rows) ? (rows[0]?.record.length ?? 0) : rows;
}

/** @param isCut  whether the last character may be incomplete */
function decodeText(bytes: Uint8Array, isCut = false): string | ImageFault {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return imageFault('the format is not recognized: neither PNG, PGM, IDX nor text');
  }
}

function splitRows(text: string): Row[] | ImageFault {
  const { CsvError, parse } = loadCsvParse();
  try {
    // The cast states what the options make csv-parse return; its types do not follow them
    // Of mixed line ends csv-parse would count some twice
    return parse(text.replace(/\r\n?/g, '\n'), {
      delimiter: separatorOf(text),
      comment: '#',
      trim: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as Row[];
  } catch (error) {
    if (error instanceof CsvError) return imageFault(`line ${String(error['lines'] ?? '?')} is not CSV: a stray quote`);
    throw error;
  }
}

function separatorOf(text: string): string {
  const firstLine = text.split(/\r?\n/).find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  return [',', ';', '\t'].find((separator) => firstLine?.includes(separator)) ?? ',';
}

function readRows(rows: readonly Row[]): GreyImage | ImageFault {
  const columns = rows[0]?.record.length ?? 0;
  const tooLarge = sizeFault(rows.length, columns);
  if (tooLarge) return tooLarge;
  const values = new Float64Array(rows.length * columns);
  for (const [rowIndex, { record, info }] of rows.entries()) {
    if (record.length !== columns) {
      return imageFault(`line ${info.lines} has ${record.length} numbers, the lines before have ${columns}`);
    }
    for (const [columnIndex, field] of record.entries()) {
      const value = NUMBER.test(field) ? Number(field) : Number.NaN;
      if (!Number.isFinite(value)) return numberFault(field, info.lines, columnIndex + 1);
      values[rowIndex * columns + columnIndex] = value;
    }
  }
  return { kind: 'image', rows: rows.length, columns, values, scale: 'number' };
}

function numberFault(field: string, line: number, column: number): ImageFault {
  const shown = field.length > 40 ? `${field.slice(0, 40)}…` : field;
  const found = field === '' ? 'nothing' : JSON.stringify(shown);
  return imageFault(`line ${line}, column ${column}: expected a finite number, found ${found}`);
}
