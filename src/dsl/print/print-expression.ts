/** Expressions in canonical spacing. Trees from the parser need no further parentheses: groups are kept. */
import { unreachable } from '../../core/invariant.js';
import type { ExpressionNode, NumberNode, RangeNode, TextLiteral } from '../syntax/nodes.js';

/** Text of an expression on one line. */
export function printExpression(node: ExpressionNode): string {
  switch (node.kind) {
    case 'number':
      return printNumber(node);
    case 'text':
      return printText(node);
    case 'reference':
      return node.name;
    case 'group':
      return `(${printExpression(node.inner)})`;
    case 'negate':
      return `-${printExpression(node.operand)}`;
    case 'not':
      return `not ${printExpression(node.operand)}`;
    case 'binary':
    case 'compare':
    case 'logical':
      return `${printExpression(node.left)} ${node.operator} ${printExpression(node.right)}`;
    case 'conditional':
      return [
        printExpression(node.condition),
        `? ${printExpression(node.whenTrue)}`,
        `: ${printExpression(node.whenFalse)}`,
      ].join(' ');
    case 'call':
      return `${node.callee.name}(${printList(node.operands)})`;
    case 'index':
      return `${node.target.name}[${printList(node.indices)}]`;
    case 'vector':
      return `[${printList(node.elements)}]`;
    case 'comprehension':
      return `[for ${node.index.name} in ${printRange(node.range)} : ${printExpression(node.element)}]`;
    default:
      return unreachable(node);
  }
}

function printList(nodes: readonly ExpressionNode[]): string {
  return nodes.map(printExpression).join(', ');
}

function printNumber({ digits, unit }: NumberNode): string {
  return unit ? `${digits} ${unit.symbol}` : digits;
}

function printRange({ low, high }: Pick<RangeNode, 'low' | 'high'>): string {
  return `${printExpression(low)} .. ${printExpression(high)}`;
}

/** A text in quotes, with quotes and backslashes escaped. */
export function printText({ value }: Pick<TextLiteral, 'value'>): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
