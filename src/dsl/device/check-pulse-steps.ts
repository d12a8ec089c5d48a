/** `on pulse`: what one counted pulse does to the states. */
import type { PulseStep } from '../../devices/device-model.js';
import type { Statement } from '../../devices/statement.js';
import { checkCondition } from '../check/check-condition.js';
import { checkStatements } from '../check/check-statements.js';
import type { Scope } from '../check/scope.js';
import type { OnPulseClause } from '../syntax/device.js';
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

/** Names that the statements of `steps` change. */
export function changedNames(steps: readonly PulseStep[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (statement: Statement): void => {
    if (statement.kind === 'assign') names.add(statement.target);
    if (statement.kind === 'if') [...statement.whenTrue, ...statement.whenFalse].forEach(visit);
  };
  for (const { body } of steps) body.forEach(visit);
  return names;
}
