/** Finds number literals in a tree. */
import type { Span } from '../../core/span.js';
import { clausesAt, touches, type FileIndex } from '../names/symbols.js';

/** The number with its unit at a place; undefined where none is. */
export function numberAt({ root }: FileIndex, offset: number): Span | undefined {
  const clause = clausesAt(root, offset).at(-1);
  return clause && searchNumber(clause.node, offset);
}

/** Trees are plain data without cycles, and no deeper than the language allows. */
function searchNumber(value: unknown, offset: number): Span | undefined {
  if (Array.isArray(value)) return firstFound(value, offset);
  if (!isNode(value) || (value.span && !touches(value.span, offset))) return undefined;
  if (value.kind === 'number' && value.span) return value.span;
  return firstFound(Object.values(value), offset);
}

function firstFound(values: readonly unknown[], offset: number): Span | undefined {
  for (const value of values) {
    const found = searchNumber(value, offset);
    if (found) return found;
  }
  return undefined;
}

function isNode(value: unknown): value is { readonly kind?: unknown; readonly span?: Span } {
  return typeof value === 'object' && value !== null;
}
