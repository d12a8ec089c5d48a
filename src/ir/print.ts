/**
 * Canonical text of an IR module, any phase: what tests compare and what `--dump` shows.
 * Plain data in a JSON-like notation; a span prints as `@line:column+offset..line:column+offset "file"`.
 */
import { invariant } from '../core/invariant.js';
import type { Position, Span } from '../core/span.js';
import { schemaByPhase, type Module } from './schema.js';

const MAX_COLUMNS = 110;
const INDENT = '  ';

/** Text of `module`; {@link parseModule} reads it back to an equal value. Fields come in the order of the schema. */
export function printModule(module: Module): string {
  const canonical = schemaByPhase[module.phase].safeParse(module);
  invariant(canonical.success, `a module of phase ${module.phase} has its shape: ${String(canonical.error)}`);
  return `ionloom-ir ${module.phase}\n${printValue(canonical.data, '')}\n`;
}

function printValue(value: unknown, indent: string): string {
  const inline = printInline(value);
  if (indent.length + inline.length <= MAX_COLUMNS) return inline;
  if (Array.isArray(value)) return printArray(value, indent);
  if (isSpan(value) || typeof value !== 'object' || value === null) return inline;
  const inner = indent + INDENT;
  const lines = fieldsOf(value).map(([key, field]) => `${inner}${key}: ${printValue(field, inner)}`);
  return `{\n${lines.join('\n')}\n${indent}}`;
}

/** One element a line, except numbers, which fill lines. */
function printArray(values: readonly unknown[], indent: string): string {
  const inner = indent + INDENT;
  const items = values.map((value) => printValue(value, inner));
  const lines = values.every((value) => typeof value === 'number')
    ? fillLines(items, MAX_COLUMNS - inner.length)
    : items;
  return `[\n${lines.map((line) => inner + line).join('\n')}\n${indent}]`;
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

function printInline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printInline).join(' ')}]`;
  if (isSpan(value)) return printSpan(value);
  if (typeof value === 'object' && value !== null) {
    return `{ ${fieldsOf(value)
      .map(([key, field]) => `${key}: ${printInline(field)}`)
      .join(' ')} }`;
  }
  if (typeof value === 'number') return printNumber(value);
  invariant(typeof value === 'string' || typeof value === 'boolean', 'IR modules hold plain data');
  return JSON.stringify(value);
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
