/**
 * The right side of an assignment, whose dimension is known beforehand: where it does not fit, the one term that
 * spoils the sum is marked, not the sum, and not the term that happens to stand before it.
 */
import { DiagnosticBag } from '../../core/diagnostic.js';
import type { Span } from '../../core/span.js';
import { isSameDimension, type Dimension } from '../../units/dimension.js';
import type { ExpressionNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkExpression } from './check-expression.js';
import { requireQuantity } from './check-operators.js';
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
  const faults = new DiagnosticBag();
  const typed = checkExpression(node, { ...context, diagnostics: faults });
  if (fits(typed, target)) {
    passOn(faults, context.diagnostics);
    return typed;
  }
  const terms = termsOf(node);
  const isUniform = typed.type.kind === 'quantity' || terms.length === 1;
  const isExplained = isUniform
    ? !checkTerm(node, target, context)
    : terms.map((term) => checkTerm(term, target, context)).includes(false);
  if (!isExplained) passOn(faults, context.diagnostics);
  return POISON;
}

function fits({ type }: TypedExpression, { dimension }: TermsTarget): boolean {
  return type.kind === 'quantity' && isSameDimension(type.dimension, dimension);
}

function passOn(faults: DiagnosticBag, diagnostics: DiagnosticBag): void {
  for (const fault of faults.all) diagnostics.add(fault);
}

/** The terms of a sum, those in parentheses included. */
function termsOf(node: ExpressionNode): readonly ExpressionNode[] {
  switch (node.kind) {
    case 'group':
      return termsOf(node.inner);
    case 'binary':
      return node.operator === '+' || node.operator === '-' ? [...termsOf(node.left), ...termsOf(node.right)] : [node];
    default:
      return [node];
  }
}

/** Whether the term is right; reports it where it is not. */
function checkTerm(node: ExpressionNode, target: TermsTarget, context: CheckContext): boolean {
  const { type } = checkExpression(node, context);
  if (!requireQuantity(type, `right side of \`${target.operator}\``, node.span, context)) return false;
  if (isSameDimension(type.dimension, target.dimension)) return true;
  const [left, right] = [describeType(quantityType(target.dimension)), describeType(type)];
  const related = [{ message: `this side is ${left}`, span: target.span }];
  const params = { operator: target.operator, left, right };
  context.diagnostics.report(DSL_CATALOGUE, 'dimension-mismatch', params, { span: node.span, related });
  return false;
}
