/** The first line of a table of measured pulses: which column holds what, and in which unit. */
import { nearestName } from '../core/nearest.js';
import { isSameDimension } from '../units/dimension.js';
import { parseUnit, type Unit } from '../units/unit.js';

/** What a column can hold. */
export type ColumnName =
  'pulse' | 'direction' | 'voltage' | 'width' | 'conductance' | 'up' | 'down' | 'device' | 'cycle';

interface ColumnKind {
  /** Other spellings, in lower case. */
  readonly aliases: readonly string[];
  /** A unit of the right dimension; absent where numbers are plain or the column holds words. */
  readonly unit?: string;
  /** As it may be written. */
  readonly example: string;
}

const COLUMN_KINDS: Readonly<Record<ColumnName, ColumnKind>> = {
  pulse: { aliases: ['pulses', 'pulse number', 'n', '#'], example: 'pulse' },
  direction: { aliases: ['polarity', 'branch'], example: 'direction' },
  voltage: { aliases: ['v', 'amplitude', 'pulse voltage'], unit: 'V', example: 'voltage (V)' },
  width: { aliases: ['pulse width', 'duration', 'pulse duration'], unit: 's', example: 'width (ms)' },
  conductance: { aliases: ['g'], unit: 'S', example: 'conductance (uS)' },
  up: { aliases: ['ltp', 'potentiation'], unit: 'S', example: 'up (uS)' },
  down: { aliases: ['ltd', 'depression'], unit: 'S', example: 'down (uS)' },
  device: { aliases: ['cell'], example: 'device' },
  cycle: { aliases: ['repeat', 'repetition'], example: 'cycle' },
};

/** A column that is read. */
export interface Column {
  readonly name: ColumnName;
  readonly index: number;
  readonly unit?: Unit;
}

/** What is wrong with a column of the first line, or worth saying. */
export type HeaderFault =
  | {
      readonly kind: 'missing-unit' | 'wrong-unit';
      readonly index: number;
      readonly found: string;
      readonly example: string;
    }
  | { readonly kind: 'repeated'; readonly index: number; readonly name: ColumnName }
  | { readonly kind: 'ignored'; readonly index: number; readonly found: string; readonly nearest: string | undefined };

/** The columns of a table, and what is wrong with the others. */
export interface Header {
  readonly columns: ReadonlyMap<ColumnName, Column>;
  readonly faults: readonly HeaderFault[];
}

/** Columns of the first line of a table, `fields`. */
export function readHeader(fields: readonly string[]): Header {
  const columns = new Map<ColumnName, Column>();
  const faults: HeaderFault[] = [];
  for (const [index, field] of fields.entries()) {
    const read = readColumn(field, index);
    if (read.kind !== 'column') faults.push(read);
    else if (columns.has(read.column.name)) faults.push({ kind: 'repeated', index, name: read.column.name });
    else columns.set(read.column.name, read.column);
  }
  return { columns, faults };
}

/** How a column of that name is written, with a unit. */
export function columnExample(name: ColumnName): string {
  return COLUMN_KINDS[name].example;
}

function readColumn(field: string, index: number): HeaderFault | { readonly kind: 'column'; readonly column: Column } {
  const { heading, unitText } = splitHeading(field);
  const name = findName(heading.toLowerCase());
  if (!name) return { kind: 'ignored', index, found: field, nearest: nearestHeading(heading) };
  const { unit: expected, example } = COLUMN_KINDS[name];
  if (expected === undefined) {
    const isPlain = unitText === undefined || ['1', 'pulses', '#'].includes(unitText);
    return isPlain ? { kind: 'column', column: { name, index } } : { kind: 'wrong-unit', index, found: field, example };
  }
  if (unitText === undefined) return { kind: 'missing-unit', index, found: field, example };
  const [unit, required] = [parseUnit(unitText), parseUnit(expected)];
  if (!unit || !required || !isSameDimension(unit.dimension, required.dimension)) {
    return { kind: 'wrong-unit', index, found: field, example };
  }
  return { kind: 'column', column: { name, index, unit } };
}

/**
 * A heading and what stands in parentheses or brackets behind it. A search for the opening one instead of a pattern:
 * patterns take time with the square of the blanks in a field.
 */
function splitHeading(field: string): { readonly heading: string; readonly unitText?: string } {
  const opening = Math.max(field.lastIndexOf('('), field.lastIndexOf('['));
  if (opening < 0 || !/[)\]]$/.test(field)) return { heading: field.trim() };
  const unitText = field.slice(opening + 1, -1);
  if (/[)\]]/.test(unitText)) return { heading: field.trim() };
  return { heading: field.slice(0, opening).trim(), unitText: unitText.trim() };
}

function findName(heading: string): ColumnName | undefined {
  return NAMES.find((name) => name === heading || COLUMN_KINDS[name].aliases.includes(heading));
}

// Object.keys forgets that the keys are those of the record
const NAMES = Object.keys(COLUMN_KINDS) as ColumnName[];

function nearestHeading(heading: string): string | undefined {
  const nearest = nearestName(heading, NAMES);
  return nearest && columnExample(nearest as ColumnName);
}
