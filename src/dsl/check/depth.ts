/** A bound on nesting through functions and vectors, which the parser's bound on nested text does not see. */
import type { Span } from '../../core/span.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { expressionParts } from '../syntax/expression-parts.js';
import type { ExpressionNode } from '../syntax/nodes.js';
import type { CheckContext } from './scope.js';

/** Levels altogether, at most: the stack of the process holds several times as many. */
const MAX_DEPTH = 600;

/** `context` that many levels further down; undefined after reporting that `what` at `span` is too deep. */
export function deepen(
  context: CheckContext,
  levels: number,
  { what, span }: { readonly what: string; readonly span: Span },
): CheckContext | undefined {
  const depth = (context.depth ?? 0) + levels;
  if (depth <= MAX_DEPTH) return { ...context, depth };
  context.diagnostics.report(DSL_CATALOGUE, 'call-depth', { what, limit: MAX_DEPTH }, { span });
  return undefined;
}

/** Nested levels of an expression. */
export function levelsOf(node: ExpressionNode): number {
  return 1 + Math.max(0, ...expressionParts(node).map(levelsOf));
}
