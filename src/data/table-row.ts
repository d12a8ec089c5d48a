/** Rows of a table of measured pulses as numbers in SI units; whatever is no number is a fault with its place. */
import { quantityFromLiteral } from '../units/quantity.js';
import type { CsvRow } from './csv.js';
import { isSane, SANE_RANGES } from './sane-ranges.js';
import type { Column, ColumnName } from './table-header.js';

/** A row that could be read completely; columns that the table lacks are absent. */
export interface TableRow {
  readonly line: number;
  readonly device: string;
  readonly cycle: string;
  readonly pulse?: number;
  readonly direction?: 1 | -1;
  readonly volts?: number;
  readonly seconds?: number;
  /** Conductance after the pulse, or after the pulse of that number up and down. */
  readonly siemens?: number;
  readonly up?: number;
  readonly down?: number;
}

/** A field that cannot be used. */
export interface ValueFault {
  readonly kind: 'value';
  readonly line: number;
  /** Index of the column; -1 where the whole row is meant. */
  readonly index: number;
  readonly expected: string;
  readonly found: string;
  /** What may have happened. */
  readonly hint?: string;
}

const RANGES: ReadonlyMap<ColumnName, { low: number; high: number; text: string; quantity: string }> = new Map(
  (
    [
      ['conductance', 'conductance'],
      ['up', 'conductance'],
      ['down', 'conductance'],
      ['voltage', 'voltage'],
      ['width', 'width'],
    ] as const
  ).map(([name, quantity]) => [name, { ...SANE_RANGES[quantity], quantity }]),
);

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const DECIMAL_COMMA = /^[+-]?\d*,\d+(e[+-]?\d+)?$/i;

const DIRECTIONS: ReadonlyMap<string, 1 | -1> = new Map([
  ...['up', 'ltp', 'potentiation', 'set', '+', '+1', '1'].map((word) => [word, 1] as const),
  ...['down', 'ltd', 'depression', 'reset', '-', '-1'].map((word) => [word, -1] as const),
]);

/** `row` under the header of `width` columns, or its faults. */
export function readTableRow(
  { fields, line }: CsvRow,
  columns: ReadonlyMap<ColumnName, Column>,
  width: number,
): TableRow | readonly ValueFault[] {
  if (fields.length !== width) {
    return [
      {
        kind: 'value',
        line,
        index: -1,
        expected: `${width} fields as in the first line`,
        found: String(fields.length),
        ...(fields.length > width && {
          hint: 'commas separate fields here; decimals are written with a point, words with a comma in quotes',
        }),
      },
    ];
  }
  const faults: ValueFault[] = [];
  const reject = ({ index }: Column, expected: string): undefined => {
    const field = fields[index] ?? '';
    const hint = DECIMAL_COMMA.test(field) ? { hint: 'write decimals with a point, not a comma' } : {};
    faults.push({ kind: 'value', line, index, expected, found: shown(field), ...hint });
    return undefined;
  };
  const number = (name: ColumnName, expected: string, suits: (value: number) => boolean): number | undefined => {
    const column = columns.get(name);
    const field = column && fields[column.index];
    if (!column || field === undefined) return undefined;
    const value = NUMBER.test(field) ? quantityFromLiteral(field, column.unit) : NaN;
    if (!Number.isFinite(value) || !suits(value)) return reject(column, expected);
    const range = RANGES.get(name);
    if (!range || value === 0 || isSane(Math.abs(value), range)) return value;
    return reject(column, `a ${range.quantity} ${range.text}`);
  };
  const word = (name: ColumnName): string => {
    const column = columns.get(name);
    if (column && fields[column.index] === '') reject(column, `the name of a ${name}`);
    return (column && fields[column.index]) ?? '';
  };
  const conductance = (name: 'conductance' | 'up' | 'down') =>
    number(name, 'a conductance above 0', (value) => value > 0);
  const row = {
    line,
    device: word('device'),
    cycle: word('cycle'),
    pulse: number('pulse', 'a whole number of pulses', (value) => Number.isSafeInteger(value) && value >= 0),
    direction: readDirection(columns.get('direction'), fields, reject),
    volts: number('voltage', 'a voltage', () => true),
    seconds: number('width', 'a width above 0', (value) => value > 0),
    siemens: conductance('conductance'),
    up: conductance('up'),
    down: conductance('down'),
  };
  return faults.length > 0 ? faults : withoutAbsent(row);
}

function readDirection(
  column: Column | undefined,
  fields: readonly string[],
  reject: (column: Column, expected: string) => undefined,
): 1 | -1 | undefined {
  if (!column) return undefined;
  return DIRECTIONS.get((fields[column.index] ?? '').toLowerCase()) ?? reject(column, '`up` or `down`');
}

type Optional<Row> = { readonly [Key in keyof Row]: Row[Key] | undefined };

function withoutAbsent(row: Optional<Required<TableRow>>): TableRow {
  // What is left are the fields that have values
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as TableRow;
}

function shown(field: string): string {
  if (field === '') return 'nothing';
  return JSON.stringify(field.length > 40 ? `${field.slice(0, 40)}…` : field);
}
