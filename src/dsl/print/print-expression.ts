/** Expressions in canonical spacing. Trees from the parser need no further parentheses: groups are kept. */
import { unreachable } from '../../core/invariant.js';
import type { ExpressionNode, NumberNode, RangeNode, TextLiteral } from '../ast.js';

/** Text of an expression on one line. */
export function printExpression(node: ExpressionNode): string {
  switch (node.kind) {
    case 'number':
      return printNumber(node);
    case 'reference':
      return node.name;
    case 'group':
      return `(${printExpression(node.inner)})`;
    case 'negate':
      return `-${printExpression(node.operand)}`;
    case 'binary':
    case 'compare':
      return `${printExpression(node.left)} ${node.operator} ${printExpression(node.right)}`;
    case 'conditional':
      return [
        printExpression(node.condition),
        `? ${printExpression(node.whenTrue)}`,
        `: ${printExpression(node.whenFalse)}`,
      ].join(' ');
    case 'call':
      return `${node.callee.name}(${node.operands.map(printExpression).join(', ')})`;
    default:
      return unreachable(node);
  }
}

function printNumber({ digits, unit }: NumberNode): string {
  return unit ? `${digits} ${unit.symbol}` : digits;
}

/** `low .. high`. */
export function printRange({ low, high }: Pick<RangeNode, 'low' | 'high'>): string {
  return `${printExpression(low)} .. ${printExpression(high)}`;
}

/** A text in quotes, with quotes and backslashes escaped. */
export function printText({ value }: Pick<TextLiteral, 'value'>): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
