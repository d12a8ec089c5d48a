/**
 * A bound on the work that a short text can ask for. Calls of functions and elements of vectors are checked each time
 * they are used, so a few lines could ask for any amount; all that one command checks shares one budget.
 */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { Span } from '../../core/span.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { CheckContext } from './scope.js';

/** Function calls and elements that one command expands, at most: about a second of work. */
const MAX_EXPANSIONS = 131_072;

const expansions = new WeakMap<DiagnosticBag, { count: number }>();

/** Counts one expansion; false, after reporting it once, where the budget is spent. */
export function chargeExpansion(span: Span, { diagnostics }: CheckContext): boolean {
  const spent = expansionsOf(diagnostics);
  spent.count++;
  if (spent.count <= MAX_EXPANSIONS) return true;
  if (spent.count === MAX_EXPANSIONS + 1) {
    diagnostics.report(DSL_CATALOGUE, 'expansion-limit', { limit: MAX_EXPANSIONS }, { span });
  }
  return false;
}

/** Makes what is reported to `inner` count for `outer`. */
export function shareExpansions(inner: DiagnosticBag, outer: DiagnosticBag): void {
  expansions.set(inner, expansionsOf(outer));
}

function expansionsOf(diagnostics: DiagnosticBag): { count: number } {
  let spent = expansions.get(diagnostics);
  if (!spent) {
    spent = { count: 0 };
    expansions.set(diagnostics, spent);
  }
  return spent;
}
