/** Calls: of functions that the text declares, and of those of the language. */
import type { CallNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { FUNCTIONS } from './functions.js';
import { reportObstacle } from './report-obstacle.js';
import { findEntry, isBinding, lookUp, nearestInReach, type CheckContext } from './scope.js';
import { describeType, POISON, type TypedExpression } from './value-type.js';

/** The meaning of a call whose arguments have been checked. */
export function checkCall(
  node: CallNode,
  operands: readonly TypedExpression[],
  context: CheckContext,
): TypedExpression {
  const { name } = node.callee;
  const binding = lookUp(context.scope, name);
  if (binding?.kind === 'function') {
    const count = binding.value.parameters.length;
    if (!isComplete(node, { min: count, max: count }, context)) return POISON;
    return binding.value.apply(operands, node, context);
  }
  const rule = isObstructed(node, context) ? undefined : FUNCTIONS.get(name);
  if (rule) {
    const isSound = isComplete(node, rule, context) && operands.every(({ type }) => type.kind !== 'error');
    return isSound ? rule.check({ node, operands }, context) : POISON;
  }
  reportUnknown(node, context);
  return POISON;
}

interface ArgumentCount {
  readonly min: number;
  readonly max: number;
}

/** Whether there are as many arguments as the function takes. */
function isComplete(
  { callee, operands: nodes, span }: CallNode,
  { min, max }: ArgumentCount,
  { diagnostics }: CheckContext,
): boolean {
  if (nodes.length < min || nodes.length > max) {
    const expected = min === max ? String(min) : max === Infinity ? `at least ${min}` : `${min} or ${max}`;
    const params = { name: callee.name, expected, found: nodes.length };
    diagnostics.report(DSL_CATALOGUE, 'argument-count', params, { span });
    return false;
  }
  return true;
}

/** Whether a function of the text hides one of the language and cannot be called yet. */
function isObstructed({ callee: { name } }: CallNode, { scope }: CheckContext): boolean {
  const entry = findEntry(scope, name);
  return entry !== undefined && !isBinding(entry);
}

function reportUnknown({ callee }: CallNode, context: CheckContext): void {
  const { name, span } = callee;
  const { scope, diagnostics } = context;
  const binding = findEntry(scope, name);
  if (binding && !isBinding(binding)) {
    reportObstacle(binding, callee, context);
    return;
  }
  if (binding) {
    if (binding.kind === 'value' && binding.type.kind === 'error') return;
    const found = binding.kind === 'value' ? describeType(binding.type) : 'a text';
    const params = { what: `\`${name}\``, expected: 'a function', found };
    diagnostics.report(DSL_CATALOGUE, 'unexpected-type', params, { span });
    return;
  }
  const params = () => ({ what: 'function', name, nearest: nearestInReach(scope, name, FUNCTIONS.keys()) });
  diagnostics.report(DSL_CATALOGUE, 'unknown-name', params, { span });
}
