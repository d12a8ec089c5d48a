/** Expressions with some of their parts replaced. */
import type { ExpressionNode, ReferenceNode } from './nodes.js';

/** What stands in place of a part; undefined where the part stays, with its own parts rewritten. */
export type Replace = (node: ExpressionNode) => ReferenceNode | undefined;

/** `node` in which `replace` was asked for every part, wholes before parts. */
export function rewriteExpression(node: ExpressionNode, replace: Replace): ExpressionNode {
  const replaced = replace(node);
  return replaced ?? rewriteParts(node, (part) => rewriteExpression(part, replace));
}

function rewriteParts(node: ExpressionNode, rewrite: (part: ExpressionNode) => ExpressionNode): ExpressionNode {
  switch (node.kind) {
    case 'number':
    case 'text':
    case 'reference':
      return node;
    case 'group':
      return { ...node, inner: rewrite(node.inner) };
    case 'negate':
    case 'not':
      return { ...node, operand: rewrite(node.operand) };
    case 'binary':
    case 'compare':
    case 'logical':
      return { ...node, left: rewrite(node.left), right: rewrite(node.right) };
    case 'conditional': {
      const { condition, whenTrue, whenFalse } = node;
      return { ...node, condition: rewrite(condition), whenTrue: rewrite(whenTrue), whenFalse: rewrite(whenFalse) };
    }
    case 'call':
      return { ...node, operands: node.operands.map(rewrite) };
    case 'index':
      return { ...node, indices: node.indices.map(rewrite) };
    case 'vector':
      return { ...node, elements: node.elements.map(rewrite) };
    case 'comprehension': {
      const { low, high, span } = node.range;
      return { ...node, range: { low: rewrite(low), high: rewrite(high), span }, element: rewrite(node.element) };
    }
  }
}
