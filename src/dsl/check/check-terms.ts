/**
 * The right side of an assignment, whose dimension is known beforehand: where it does not fit, the one term that
 * spoils the sum is marked, not the sum, and not the term that happens to stand before it.
 */
import type { Span } from '../../core/span.js';
import { isSameDimension, type Dimension } from '../../units/dimension.js';
import type { ExpressionNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkExpression } from './check-expression.js';
import { requireQuantity } from './require.js';
import type { CheckContext } from './scope.js';
import { describeType, POISON, quantityType, type TypedExpression } from './value-type.js';

/** What the terms are added to or assigned to. */
export interface TermsTarget {
  /** For messages, for example `+=`. */
  readonly operator: string;
  /** Of the left side. */
  readonly span: Span;
  readonly dimension: Dimension;
}

/** The meaning of `node`, every term of which must have the dimension of `target`; {@link POISON} after reporting. */
export function checkTerms(node: ExpressionNode, target: TermsTarget, context: CheckContext): TypedExpression {
  const { operator, span, dimension } = target;
  // A sum whose terms differ marks the one that does not fit the target.
  const typed = checkExpression(node, context, dimension);
  if (!requireQuantity(typed.type, `right side of \`${operator}\``, node.span, context)) return POISON;
  if (isSameDimension(typed.type.dimension, dimension)) return typed;
  const [left, right] = [describeType(quantityType(dimension)), describeType(typed.type)];
  const related = [{ message: `this side is ${left}`, span }];
  const params = { operator, left, right };
  context.diagnostics.report(DSL_CATALOGUE, 'dimension-mismatch', params, { span: node.span, related });
  return POISON;
}
