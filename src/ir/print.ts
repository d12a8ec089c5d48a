/**
 * Canonical text of an IR module, any phase: what tests compare and what `--dump` shows.
 * Plain data in a JSON-like notation; a span prints as `@line:column+offset..line:column+offset "file"`. A long list of
 * numbers that several equations share prints once, behind `&1`, and elsewhere as `*1`.
 */
import { invariant } from '../core/invariant.js';
import type { Position, Span } from '../core/span.js';
import { isLongList } from '../devices/long-list.js';
import { schemaByPhase, type Module } from './schema.js';

const MAX_COLUMNS = 110;
const INDENT = '  ';

/** Text of `module`; {@link parseModule} reads it back to an equal value. Fields come in the order of the schema. */
export function printModule(module: Module): string {
  const canonical = schemaByPhase[module.phase].safeParse(module);
  invariant(canonical.success, `a module of phase ${module.phase} has its shape: ${String(canonical.error)}`);
  const text = new ModulePrinter(canonical.data).print(canonical.data, '');
  return `ionloom-ir ${module.phase}\n${text}\n`;
}

/** Prints the values of a module; knows which lists are shared and which of them have been printed. */
class ModulePrinter {
  readonly #shared: readonly (readonly number[])[];
  readonly #printed = new Set<readonly number[]>();

  constructor(data: unknown) {
    this.#shared = sharedListsIn(data);
  }

  print(value: unknown, indent: string): string {
    const inline = printInline(value, MAX_COLUMNS - indent.length);
    if (inline !== undefined) return inline;
    if (Array.isArray(value)) return this.#array(value, indent);
    invariant(typeof value === 'object' && value !== null, 'only lists and records take more than a line');
    const inner = indent + INDENT;
    const lines = fieldsOf(value).map(([key, field]) => `${inner}${key}: ${this.print(field, inner)}`);
    return `{\n${lines.join('\n')}\n${indent}}`;
  }

  /** One element a line, except numbers, which fill lines. */
  #array(values: readonly unknown[], indent: string): string {
    const inner = indent + INDENT;
    const isNumbers = values.every((value) => typeof value === 'number');
    if (!isNumbers) return `[\n${values.map((value) => inner + this.print(value, inner)).join('\n')}\n${indent}]`;
    const mark = this.#shared.indexOf(values) + 1;
    if (mark > 0 && this.#printed.has(values)) return `*${String(mark)}`;
    this.#printed.add(values);
    const lines = fillLines(values.map(printNumber), MAX_COLUMNS - inner.length);
    const list = `[\n${lines.map((line) => inner + line).join('\n')}\n${indent}]`;
    return mark > 0 ? `&${String(mark)} ${list}` : list;
  }
}

/** Long lists that occur more than once. */
function sharedListsIn(data: unknown): readonly (readonly number[])[] {
  const counts = new Map<readonly number[], number>();
  const visit = (value: unknown): void => {
    if (isLongList(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(data);
  return [...counts].flatMap(([list, uses]) => (uses > 1 ? [list] : []));
}

function fillLines(items: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + item.length <= width) lines[lines.length - 1] = `${last} ${item}`;
    else lines.push(item);
  }
  return lines;
}

/** The value on one line of at most `width` columns; undefined where it is longer. What cannot be broken always is one. */
function printInline(value: unknown, width: number): string | undefined {
  if (Array.isArray(value)) {
    const items = joinWithin(width - 2, value as readonly unknown[], (item) => printInline(item, width));
    return items === undefined ? undefined : `[${items}]`;
  }
  if (isSpan(value)) return printSpan(value);
  if (typeof value === 'object' && value !== null) {
    const fields = joinWithin(width - 4, fieldsOf(value), ([key, field]) => {
      const text = printInline(field, width);
      return text === undefined ? undefined : `${key}: ${text}`;
    });
    return fields === undefined ? undefined : `{ ${fields} }`;
  }
  if (typeof value === 'number') return printNumber(value);
  invariant(typeof value === 'string' || typeof value === 'boolean', 'IR modules hold plain data');
  return JSON.stringify(value);
}

/** Items with blanks between them; undefined as soon as they take more than `width` columns. */
function joinWithin<Item>(
  width: number,
  items: readonly Item[],
  print: (item: Item) => string | undefined,
): string | undefined {
  let joined = '';
  for (const [index, item] of items.entries()) {
    const text = print(item);
    if (text === undefined || joined.length + text.length > width) return undefined;
    joined = index === 0 ? text : `${joined} ${text}`;
  }
  return joined.length > width ? undefined : joined;
}

function printNumber(value: number): string {
  invariant(Number.isFinite(value), 'numbers in IR modules are finite');
  return Object.is(value, -0) ? '-0' : String(value);
}

function fieldsOf(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, field]) => field !== undefined);
}

function isSpan(value: unknown): value is Span {
  return typeof value === 'object' && value !== null && 'file' in value && 'start' in value && 'end' in value;
}

function printSpan({ file, start, end }: Span): string {
  return `@${printPosition(start)}..${printPosition(end)} ${JSON.stringify(file)}`;
}

function printPosition({ line, column, offset }: Position): string {
  return `${String(line)}:${String(column)}+${String(offset)}`;
}
