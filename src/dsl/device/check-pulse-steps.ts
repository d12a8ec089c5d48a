/** `on pulse`: what one counted pulse does to the states. */
import type { PulseStep } from '../../devices/device-model.js';
import { checkCondition } from '../check/check-condition.js';
import { checkStatements, type StatementContext } from '../check/check-statements.js';
import type { OnPulseClause } from '../syntax/device.js';
import type { Statement as StatementNode } from '../syntax/shared.js';
import type { DeviceContext } from './device-context.js';

/** The step of a clause, in the scope of `on pulse`; `assignable` are the states. */
export function checkPulseStep(
  { condition: node, body, span }: OnPulseClause,
  { scope, assignable }: Pick<StatementContext, 'scope' | 'assignable'>,
  device: DeviceContext,
): PulseStep {
  const context = device.at(span, scope);
  const condition = node && checkCondition(node, 'condition of `on pulse`', context);
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
