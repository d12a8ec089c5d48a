/**
 * Gives every expression its dimension and its meaning in SI units, and reports what does not fit.
 * A reported part is poison: its surroundings say nothing more, so one mistake makes one message.
 */
import { unreachable } from '../../core/invariant.js';
import { nearestName } from '../../core/nearest.js';
import { quantityFromLiteral } from '../../units/quantity.js';
import { parseUnit, UNIT_SYMBOLS, type Unit } from '../../units/unit.js';
import type { ExpressionNode, NumberNode, ReferenceNode, UnitName } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkCall } from './check-call.js';
import { checkBinary, checkCompare, checkConditional, checkNegate } from './check-operators.js';
import type { CheckContext } from './scope.js';
import { PLAIN_NUMBER, POISON, quantityType, type TypedExpression } from './value-type.js';

/** The meaning of `node` in the scope of `context`; {@link POISON} after reporting. */
export function checkExpression(node: ExpressionNode, context: CheckContext): TypedExpression {
  switch (node.kind) {
    case 'number':
      return checkNumber(node, context);
    case 'reference':
      return checkReference(node, context);
    case 'group':
      return checkExpression(node.inner, context);
    case 'negate':
      return checkNegate(node, checkExpression(node.operand, context), context);
    case 'binary': {
      const left = checkExpression(node.left, context);
      return checkBinary(node, { left, right: checkExpression(node.right, context) }, context);
    }
    case 'compare': {
      const left = checkExpression(node.left, context);
      return checkCompare(node, { left, right: checkExpression(node.right, context) }, context);
    }
    case 'conditional': {
      const [condition, left, right] = [node.condition, node.whenTrue, node.whenFalse].map((part) =>
        checkExpression(part, context),
      );
      return checkConditional(
        node,
        { condition: condition ?? POISON, left: left ?? POISON, right: right ?? POISON },
        context,
      );
    }
    case 'call':
      return checkCall(
        node,
        node.operands.map((operand) => checkExpression(operand, context)),
        context,
      );
    case 'text':
      context.diagnostics.report(DSL_CATALOGUE, 'number-expected', { name: node.value }, { span: node.span });
      return POISON;
    case 'not':
    case 'logical':
    case 'index':
    case 'vector':
    case 'comprehension':
      context.diagnostics.report(
        DSL_CATALOGUE,
        'truth-value',
        { what: 'this', expected: 'a number' },
        { span: node.span },
      );
      return POISON;
    default:
      return unreachable(node);
  }
}

function checkNumber({ digits, unit: name, span }: NumberNode, context: CheckContext): TypedExpression {
  const unit = name && checkUnit(name, context);
  if (name && !unit) return POISON;
  const value = quantityFromLiteral(digits, unit);
  if (!Number.isFinite(value) || (value === 0 && /[1-9]/.test(digits.replace(/[eE].*/, '')))) {
    context.diagnostics.report(DSL_CATALOGUE, 'number-out-of-range', { text: digits }, { span });
    return POISON;
  }
  const type = unit ? quantityType(unit.dimension) : PLAIN_NUMBER;
  return { type, expression: { kind: 'number', value }, constant: value };
}

/** The unit of that name; undefined after reporting. */
export function checkUnit(
  { symbol, span }: UnitName,
  { diagnostics }: Pick<CheckContext, 'diagnostics'>,
): Unit | undefined {
  const unit = parseUnit(symbol);
  if (!unit) {
    const nearest = nearestName(symbol, UNIT_SYMBOLS);
    diagnostics.report(DSL_CATALOGUE, 'unknown-unit', { name: symbol, nearest }, { span });
  }
  return unit;
}

function checkReference(node: ReferenceNode, { scope, diagnostics }: CheckContext): TypedExpression {
  const { name, span } = node;
  const binding = scope.bindings.get(name);
  if (binding?.kind === 'value') return binding;
  if (binding) {
    diagnostics.report(DSL_CATALOGUE, 'number-expected', { name }, { span });
    return POISON;
  }
  const reason = scope.unavailable.get(name);
  if (reason !== undefined) diagnostics.report(DSL_CATALOGUE, 'name-unavailable', { name, reason }, { span });
  else if (scope.later.has(name)) diagnostics.report(DSL_CATALOGUE, 'used-before-declared', { name }, { span });
  else {
    const nearest = nearestName(name, [...scope.bindings.keys(), ...scope.later]);
    diagnostics.report(DSL_CATALOGUE, 'unknown-name', { what: 'name', name, nearest, hint: unitHint(name) }, { span });
  }
  return POISON;
}

/** `10 mC / S` reads well and is a division by something called S. */
function unitHint(name: string): string | undefined {
  return parseUnit(name) && `\`${name}\` is a unit; units are joined without blanks, as in \`10 mC/S\``;
}
