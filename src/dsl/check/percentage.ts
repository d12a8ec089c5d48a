/** `20 + 10 %` is 20.1, which is rarely what was meant. */
import { DSL_CATALOGUE } from '../catalogue.js';
import type { ExpressionNode, NumberNode } from '../syntax/nodes.js';
import { quantityFromLiteral } from '../../units/quantity.js';
import { parseUnit } from '../../units/unit.js';
import { printExpression } from '../print/print-expression.js';
import type { CheckContext } from './scope.js';

/** Warns where a percentage is added to or compared with a count that is written as a number. */
export function warnOfPercentage(terms: readonly ExpressionNode[], { diagnostics }: CheckContext): void {
  const percentage = terms.find(isPercentage);
  const count = terms.find(isCount);
  if (!percentage || !count) return;
  const related = [{ message: 'this is a count', span: count.span }];
  const value = String(quantityFromLiteral(percentage.digits, parseUnit('%')));
  const params = { percentage: printExpression(percentage), value, count: printExpression(count) };
  diagnostics.report(DSL_CATALOGUE, 'percentage-of-count', params, { span: percentage.span, related });
}

/** What to do about a percentage among quantities of another dimension. */
export function percentageHelp(terms: readonly ExpressionNode[]): string | undefined {
  return terms.some(isPercentage) ? 'a percentage is a plain number: multiply, as in `x * (1 + 10 %)`' : undefined;
}

function isPercentage(node: ExpressionNode): node is NumberNode {
  return node.kind === 'number' && node.unit?.symbol === '%';
}

function isCount(node: ExpressionNode): node is NumberNode {
  return node.kind === 'number' && !node.unit && /^\d+$/.test(node.digits) && Number(node.digits) > 1;
}
