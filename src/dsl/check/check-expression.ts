/**
 * Gives every expression its type and its meaning in SI units, and reports what does not fit.
 * A reported part is poison: its surroundings say nothing more, so one mistake makes one message.
 */
import { DIMENSIONLESS, type Dimension } from '../../units/dimension.js';
import { exactLiteral, quantityFromLiteral } from '../../units/quantity.js';
import { parseUnit, type Unit } from '../../units/unit.js';
import type {
  ComprehensionNode,
  ExpressionNode,
  Identifier,
  NegateNode,
  NumberNode,
  ReferenceNode,
} from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkCall } from './check-call.js';
import { checkComprehension } from './check-comprehension.js';
import { checkIndex } from './check-indexing.js';
import { checkBinary, checkCompare, checkConditional, checkLogical, checkNegate, checkNot } from './check-operators.js';
import { checkSum, isSum, termsOf } from './check-sum.js';
import { checkUnit } from './check-unit.js';
import { checkVector } from './check-vector.js';
import { CONSTANTS } from './constants.js';
import { FUNCTIONS } from './functions.js';
import { reportObstacle } from './report-obstacle.js';
import { deepen, levelsOf } from './depth.js';
import { extendScope, findEntry, nearestInReach, type Binding, type CheckContext } from './scope.js';
import { constantOfType, POISON, quantityType, textValue, type TypedExpression } from './value-type.js';

/**
 * The meaning of `node` in the scope of `context`; {@link POISON} after reporting.
 * @param expected  the dimension that its place asks for, which decides what term of a sum is the odd one
 */
export function checkExpression(node: ExpressionNode, context: CheckContext, expected?: Dimension): TypedExpression {
  // The table has a check for each kind that takes the node of that kind.
  const check = CHECKS[node.kind] as Check<ExpressionNode>;
  const typed = check(node, context, expected);
  const observe = 'observe' in context ? context.observe : context.scope.observe;
  observe?.(node, typed);
  return typed;
}

type Check<Node> = (node: Node, context: CheckContext, expected: Dimension | undefined) => TypedExpression;
type NodeOfKind<Kind> = Extract<ExpressionNode, { readonly kind: Kind }>;

const CHECKS: { readonly [Kind in ExpressionNode['kind']]: Check<NodeOfKind<Kind>> } = {
  number: checkNumber,
  text: ({ value }) => textValue(value, value),
  reference: checkReference,
  group: (node, context, expected) => checkExpression(node.inner, context, expected),
  negate: checkNegated,
  not: (node, context) => checkNot(node, checkExpression(node.operand, context), context),
  binary: (node, context, expected) => {
    if (!isSum(node)) return checkBinary(node, checkSides(node, context), context);
    const terms = termsOf(node).map((term) => checkExpression(term, context, expected));
    return checkSum(node, { terms, expected }, context);
  },
  compare: (node, context) => checkCompare(node, checkSides(node, context), context),
  logical: (node, context) => checkLogical(node, checkSides(node, context), context),
  conditional: (node, context, expected) => {
    const condition = checkExpression(node.condition, context);
    const left = checkExpression(node.whenTrue, context, expected);
    const right = checkExpression(node.whenFalse, context, expected);
    return checkConditional(node, { condition, left, right }, context);
  },
  call: (node, context) => checkCall(node, checkAll(node.operands, context), context),
  index: (node, context) => {
    const target = checkExpression(node.target, context);
    return checkIndex(node, { target, indices: checkAll(node.indices, context) }, context);
  },
  vector: (node, context) => checkVector(node, checkAll(node.elements, context), context),
  comprehension: (node, context) => {
    const levels = levelsOf(node.element);
    return checkComprehension(
      node,
      {
        low: checkExpression(node.range.low, context),
        high: checkExpression(node.range.high, context),
        elementAt: (index, inner) => {
          const deeper = deepen(inner, levels, { what: 'this vector', span: inner.place ?? node.span });
          return deeper ? checkElement(node, index, { ...deeper, scope: context.scope }) : POISON;
        },
      },
      context,
    );
  },
};

function checkAll(nodes: readonly ExpressionNode[], context: CheckContext): TypedExpression[] {
  return nodes.map((node) => checkExpression(node, context));
}

function checkSides(node: { readonly left: ExpressionNode; readonly right: ExpressionNode }, context: CheckContext) {
  return { left: checkExpression(node.left, context), right: checkExpression(node.right, context) };
}

/** `-5 degC` is a literal: the sign belongs to the scale, not to the kelvin that it is kept in. */
function checkNegated(node: NegateNode, context: CheckContext, expected?: Dimension): TypedExpression {
  const { operand } = node;
  const isAffine = operand.kind === 'number' && operand.unit?.symbol === 'degC';
  if (isAffine) return checkNumber({ ...operand, digits: `-${operand.digits}` }, context);
  return checkNegate(node, checkExpression(operand, context, expected), context);
}

/** One element of a comprehension, in the scope around it. */
function checkElement(
  { index, element }: ComprehensionNode,
  value: TypedExpression,
  context: CheckContext,
): TypedExpression {
  const binding: Binding = { kind: 'value', origin: index.span, ...value };
  return checkExpression(element, { ...context, scope: extendScope(context.scope, [[index.name, binding]]) });
}

function checkNumber({ digits, unit: name, span }: NumberNode, context: CheckContext): TypedExpression {
  const unit = name && checkUnit(name, context);
  if (name && !unit) return POISON;
  const value = quantityFromLiteral(digits, unit);
  const isLost = value === 0 && unit?.zeroCentikelvin === undefined && /[1-9]/.test(digits.replace(/[eE].*/, ''));
  if (!Number.isFinite(value) || isLost) {
    context.diagnostics.report(DSL_CATALOGUE, 'number-out-of-range', { text: digits }, { span });
    return POISON;
  }
  return constantOfType(typeOfLiteral(unit), value, exactLiteral(digits, unit));
}

function typeOfLiteral(unit: Unit | undefined) {
  const type = quantityType(unit?.dimension ?? DIMENSIONLESS);
  return unit?.zeroCentikelvin === undefined ? type : { ...type, isPoint: true as const };
}

function checkReference(node: ReferenceNode, context: CheckContext): TypedExpression {
  const { name } = node;
  const entry = findEntry(context.scope, name);
  switch (entry?.kind) {
    case 'value':
      return entry;
    case 'text':
      return textValue(entry.text, name);
    case 'function':
      reportFunction(node, context.diagnostics);
      return POISON;
    case 'unavailable':
    case 'later':
      reportObstacle(entry, node, context);
      return POISON;
    case undefined:
      return CONSTANTS.get(name) ?? unknownName(node, context);
  }
}

function reportFunction({ name, span }: Identifier, diagnostics: CheckContext['diagnostics']): void {
  const params = { what: `\`${name}\``, expected: 'a value', found: 'a function' };
  diagnostics.report(DSL_CATALOGUE, 'unexpected-type', params, { span });
}

function unknownName({ name, span }: ReferenceNode, { scope, diagnostics }: CheckContext): TypedExpression {
  if (FUNCTIONS.has(name)) {
    reportFunction({ name, span }, diagnostics);
    return POISON;
  }
  const params = () => {
    const nearest = nearestInReach(scope, name, CONSTANTS.keys());
    return { what: 'name', name, nearest, hint: unitHint(name) };
  };
  diagnostics.report(DSL_CATALOGUE, 'unknown-name', params, { span });
  return POISON;
}

/** `10 mC / S` reads well and is a division by something called S. */
function unitHint(name: string): string | undefined {
  return parseUnit(name) && `\`${name}\` is a unit; units are joined without blanks, as in \`10 mC/S\``;
}
