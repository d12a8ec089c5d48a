/** `on pulse`: what one counted pulse does to the states. */
import type { PulseStep } from '../../devices/device-model.js';
import { checkCondition } from '../check/check-condition.js';
import { checkStatements } from '../check/check-statements.js';
import type { Scope } from '../check/scope.js';
import type { OnPulseClause } from '../syntax/device.js';
import type { Statement as StatementNode } from '../syntax/shared.js';
import type { DeviceContext } from './device-context.js';
import type { NamedQuantity } from './device-scope.js';

/** The step of a clause, in the scope of `on pulse`. */
export function checkPulseStep(
  { condition: node, body, span }: OnPulseClause,
  { scope, states }: { readonly scope: Scope; readonly states: readonly NamedQuantity[] },
  device: DeviceContext,
): PulseStep {
  const context = device.at(span, scope);
  const condition = node && checkCondition(node, 'condition of `on pulse`', context);
  const assignable = new Map(states.map(({ name, dimension }) => [name, dimension]));
  const statements = checkStatements(body, { ...context, assignable });
  return { ...(condition && { condition }), body: statements, origin: span };
}

/** Names that the statements of `clauses` change, rightly or wrongly. */
export function changedNames(clauses: readonly OnPulseClause[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (statement: StatementNode): void => {
    if (statement.kind === 'assign') names.add(statement.target.name);
    if (statement.kind !== 'if') return;
    for (const inner of [...statement.whenTrue.clauses, ...(statement.whenFalse?.clauses ?? [])]) visit(inner);
  };
  for (const { body } of clauses) body.clauses.forEach(visit);
  return names;
}
