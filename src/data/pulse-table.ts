/**
 * Tables of measured pulses: the conductance after every pulse of a train, or after pulses of different voltages and
 * widths. The first line names the columns with their units; nothing is guessed.
 */
import type { Measurement } from '../devices/fit/measurement.js';
import { NOT_UTF8, readCsvRows, type CsvRows } from './csv.js';
import { columnExample, readHeader, type ColumnName, type Header, type HeaderFault } from './table-header.js';
import { measureRows, type OrderFault } from './pulse-sequence.js';
import { readTableRow, type ValueFault } from './table-row.js';

/** A part of a line; both count from 1. */
export interface TablePlace {
  /** Of the first character in the text [UTF-16 units]. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** Characters. */
  readonly length: number;
}

/** What is wrong with a table. */
export type TableFault =
  | { readonly kind: 'malformed'; readonly reason: string; readonly hint?: string }
  | MissingColumn
  | OrderFault
  | HeaderFault
  | ValueFault;

/** Columns that a table lacks, and what they are wanted for. */
export interface MissingColumn {
  readonly kind: 'missing-column';
  /** As they may be written. */
  readonly examples: readonly string[];
  readonly why: string;
  /** A column of the table that was probably meant to be it. */
  readonly misspelt?: string;
}

/** A fault with its place, where it has one. */
export interface PlacedFault {
  readonly fault: TableFault;
  readonly place?: TablePlace;
}

/** A table, or what is wrong with it; `remarks` are faults that do no harm. */
export type PulseTable =
  | { readonly kind: 'table'; readonly measurement: Measurement; readonly remarks: readonly PlacedFault[] }
  | { readonly kind: 'faults'; readonly faults: readonly PlacedFault[] };

/** Rows of a table, at most: a fit goes through all of them some thousand times. */
export const MAX_TABLE_ROWS = 20_000;

/** Faults that are told, at most. */
const MAX_FAULTS = 200;

/** The measurement in the file `bytes`; never throws. */
export function readPulseTable(bytes: Uint8Array): PulseTable {
  const csv = readCsvRows(bytes);
  if (csv.kind !== 'rows') {
    const hint = csv.reason === NOT_UTF8 ? { hint: 'save it as UTF-8, or write `u` in place of the micro sign' } : {};
    return faultsOf([{ kind: 'malformed', reason: csv.reason, ...hint }]);
  }
  const [first, ...rest] = csv.rows;
  if (!first || rest.length === 0) return faultsOf([{ kind: 'malformed', reason: 'it has no rows' }]);
  if (rest.length > MAX_TABLE_ROWS) {
    return faultsOf([{ kind: 'malformed', reason: `it has ${rest.length} rows; ${MAX_TABLE_ROWS} are read at most` }]);
  }
  const header = readHeader(first.fields);
  const place = (faults: readonly TableFault[]) => faults.slice(0, MAX_FAULTS).map((fault) => placed(fault, csv));
  const remarks = header.faults.filter(({ kind }) => kind === 'ignored');
  const errors = header.faults.filter(({ kind }) => kind !== 'ignored');
  const missing = errors.length === 0 ? findMissing(header) : undefined;
  if (missing) return { kind: 'faults', faults: place(withMisspelt(missing, remarks)) };
  const read = rest.map((row) => readTableRow(row, header.columns, first.fields.length));
  const faults = [...errors, ...read.flatMap((row) => ('line' in row ? [] : row))];
  if (faults.length > 0) return { kind: 'faults', faults: place([...faults, ...remarks]) };
  const measured = measureRows(
    read.flatMap((row) => ('line' in row ? row : [])),
    header.columns,
  );
  if (measured.kind === 'faults') return { kind: 'faults', faults: place([...measured.faults, ...remarks]) };
  return { kind: 'table', measurement: measured.measurement, remarks: place(remarks) };
}

function faultsOf(faults: readonly TableFault[]): PulseTable {
  return { kind: 'faults', faults: faults.map((fault) => ({ fault })) };
}

/** Which columns are missing, whatever the rows hold. */
function findMissing({ columns }: Header): TableFault | undefined {
  const has = (name: ColumnName) => columns.has(name);
  const missing = (names: readonly ColumnName[], why: string): TableFault => ({
    kind: 'missing-column',
    examples: names.map(columnExample),
    why,
  });
  if (has('up') !== has('down')) return missing([has('up') ? 'down' : 'up'], 'both directions are fitted');
  if (has('up') && !has('pulse')) return missing(['pulse'], 'it says in which order the conductances were read');
  if (has('up')) return undefined;
  if (!has('conductance')) return missing(['conductance'], 'it is what is fitted');
  if (!has('direction') && !has('voltage')) {
    return missing(['direction'], 'it says with `up` or `down` what each pulse is meant to do');
  }
  return undefined;
}

/** A column that is missing because its name is misspelt is one mistake, not two. */
function withMisspelt(missing: TableFault, remarks: readonly HeaderFault[]): readonly TableFault[] {
  if (missing.kind !== 'missing-column') return [missing, ...remarks];
  const meant = remarks.find(
    ({ kind, ...remark }) =>
      kind === 'ignored' && 'nearest' in remark && missing.examples.includes(remark.nearest ?? ''),
  );
  const others = remarks.filter((remark) => remark !== meant);
  const misspelt = meant && 'found' in meant ? { misspelt: meant.found } : {};
  return [{ ...missing, ...misspelt }, ...others];
}

/** Where in the file a fault lies. */
function placed(fault: TableFault, csv: CsvRows): PlacedFault {
  if (fault.kind === 'malformed') return { fault };
  const line = 'line' in fault ? fault.line : (csv.rows[0]?.line ?? 1);
  const index = 'index' in fault ? fault.index : -1;
  return { fault, place: findField(csv, line, index) };
}

/** The field `index` of a line, the whole line for -1. */
function findField({ text, separator, rows }: CsvRows, line: number, index: number): TablePlace {
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  const lineOffset = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length, 0);
  const raw = lines[line - 1]?.trimEnd() ?? '';
  const fields = raw.split(separator);
  const field = fields[index];
  const at = (from: number, length: number): TablePlace => ({
    offset: lineOffset + from,
    line,
    column: from + 1,
    length: Math.max(1, length),
  });
  if (index < 0 || field === undefined) return at(0, raw.length);
  // Behind quotes a separator need not separate: then the words themselves are looked for
  const words = rows.find((row) => row.line === line)?.fields[index] ?? '';
  if (raw.includes('"')) return at(Math.max(0, raw.indexOf(words)), words.length);
  const before = fields.slice(0, index).reduce((sum, each) => sum + each.length + separator.length, 0);
  return at(before + field.length - field.trimStart().length, field.trim().length);
}
