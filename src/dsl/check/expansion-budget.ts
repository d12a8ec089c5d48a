/**
 * A bound on the work that a short text can ask for. Calls of functions, elements of vectors and modules are checked
 * each time they are used, so a few lines could ask for any amount; all that one command checks shares one budget.
 */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { Span } from '../../core/span.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { CheckContext } from './scope.js';

/** Function calls, elements and clauses of modules that one command expands, at most: about a second of work. */
const MAX_EXPANSIONS = 131_072;

const expansions = new WeakMap<DiagnosticBag, { count: number }>();

/** Counts expansions; false, after reporting it once, where the budget is spent. */
export function chargeExpansion(span: Span, { diagnostics }: Pick<CheckContext, 'diagnostics'>, count = 1): boolean {
  const spent = expansionsOf(diagnostics);
  const before = spent.count;
  spent.count += count;
  if (spent.count <= MAX_EXPANSIONS) return true;
  if (before <= MAX_EXPANSIONS) {
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
