/** `20 + 10 %` is 20.1, which is rarely what was meant. */
import { DSL_CATALOGUE } from '../catalogue.js';
import type { ExpressionNode } from '../syntax/nodes.js';
import type { CheckContext } from './scope.js';

/** Warns where a percentage is added to or compared with a count that is written as a number. */
export function warnOfPercentage(terms: readonly ExpressionNode[], { diagnostics }: CheckContext): void {
  const percentage = terms.find(isPercentage);
  const count = terms.find(isCount);
  if (!percentage || !count) return;
  const related = [{ message: 'this is a count', span: count.span }];
  diagnostics.report(DSL_CATALOGUE, 'percentage-of-count', {}, { span: percentage.span, related });
}

/** What to do about a percentage among quantities of another dimension. */
export function percentageHelp(terms: readonly ExpressionNode[]): string | undefined {
  return terms.some(isPercentage) ? 'a percentage is a plain number: multiply, as in `x * (1 + 10 %)`' : undefined;
}

function isPercentage(node: ExpressionNode): boolean {
  return node.kind === 'number' && node.unit?.symbol === '%';
}

function isCount(node: ExpressionNode): boolean {
  return node.kind === 'number' && !node.unit && /^\d+$/.test(node.digits) && Number(node.digits) > 1;
}
