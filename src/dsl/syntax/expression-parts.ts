/** The expressions that an expression is made of. */
import { unreachable } from '../../core/invariant.js';
import type { ExpressionNode } from './nodes.js';

/** Direct parts in the order of the text. */
export function expressionParts(node: ExpressionNode): readonly ExpressionNode[] {
  switch (node.kind) {
    case 'number':
    case 'text':
    case 'reference':
      return [];
    case 'group':
      return [node.inner];
    case 'negate':
    case 'not':
      return [node.operand];
    case 'binary':
    case 'compare':
    case 'logical':
      return [node.left, node.right];
    case 'conditional':
      return [node.condition, node.whenTrue, node.whenFalse];
    case 'call':
      return node.operands;
    case 'index':
      return [node.target, ...node.indices];
    case 'vector':
      return node.elements;
    case 'comprehension':
      return [node.range.low, node.range.high, node.element];
    default:
      return unreachable(node);
  }
}
