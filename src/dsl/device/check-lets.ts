/**
 * `let` of a device. A value that depends on numbers of the device only is computed once and keeps its name; one that
 * depends on what changes while the device works, and every function, takes the place of its name in the equations.
 */
import type { DerivedValue } from '../../devices/device-model.js';
import { checkExpression } from '../check/check-expression.js';
import { functionBinding } from '../check/check-function.js';
import { requireQuantity } from '../check/require.js';
import { findEntry, growScope, isBinding, type Binding, type Obstacle, type Scope } from '../check/scope.js';
import { POISON } from '../check/value-type.js';
import type { LetClause } from '../syntax/shared.js';
import { usesInExpression } from '../syntax/uses.js';
import type { DeviceContext } from './device-context.js';
import { scopeOfAllEquations, type RunningName } from './device-scope.js';

/** A `let` that stands for its value, with the names that this uses. */
interface RunningLet {
  readonly name: string;
  readonly uses: readonly string[];
  readonly binding: Binding;
}

/** Values and functions of a device. */
export interface CheckedLets {
  readonly derived: readonly DerivedValue[];
  /** For what is computed before the device works. */
  readonly scope: Scope;
  /** `scope` of one equation with the values and functions that it can use. */
  readonly bindRunning: (scope: Scope) => Scope;
}

/** The scope of a device before it works, and what it knows besides while it does. */
export interface LetScopes {
  readonly scope: Scope;
  readonly running: readonly RunningName[];
}

/** Checks all `let` in order; each sees those above it. */
export function checkLets(
  lets: readonly LetClause[],
  { scope, running }: LetScopes,
  device: DeviceContext,
): CheckedLets {
  const isRunning = classify(lets, running);
  const fixed = growScope(scope, namesOf(lets));
  const derived = lets
    .filter((clause) => !isRunning(clause))
    .flatMap((clause) => checkFixed(clause, fixed.declare, device.at(clause.span, fixed.scope)) ?? []);
  const runningLets = lets.filter(isRunning);
  const all = growScope(scopeOfAllEquations(fixed.scope, running), namesOf(runningLets));
  const checked = runningLets.map((clause): RunningLet => {
    const binding = checkRunning(clause, device.at(clause.span, all.scope));
    all.declare(clause.name.name, binding);
    return { name: clause.name.name, uses: usesOfLet(clause), binding };
  });
  const reason = 'it depends on what changes while the device works';
  const hidden = checked.map(({ name }) => [name, { kind: 'unavailable', reason }] as const);
  return {
    derived,
    scope: { own: new Map(hidden), below: fixed.scope },
    bindRunning: (equation) => bindSeen(checked, equation),
  };
}

function namesOf(lets: readonly LetClause[]): string[] {
  return lets.map(({ name }) => name.name);
}

function usesOfLet({ value, parameters = [] }: LetClause): readonly string[] {
  const own = new Set(parameters.map(({ name }) => name));
  return [...usesInExpression(value)].map(({ name }) => name).filter((name) => !own.has(name));
}

/** Whether a value changes while the device works; what is used must be declared above, so one pass is enough. */
function classify(lets: readonly LetClause[], running: readonly RunningName[]): (clause: LetClause) => boolean {
  const changing = new Set(running.map(({ name }) => name));
  const found = new Set<LetClause>();
  for (const clause of lets) {
    if (!usesOfLet(clause).some((name) => changing.has(name))) continue;
    changing.add(clause.name.name);
    found.add(clause);
  }
  return (clause) => found.has(clause);
}

type Context = ReturnType<DeviceContext['at']>;

function checkFixed(
  clause: LetClause,
  declare: (name: string, binding: Binding) => void,
  context: Context,
): DerivedValue | undefined {
  const { name, span: origin } = clause.name;
  if (clause.parameters) {
    declare(name, functionBinding({ ...clause, parameters: clause.parameters }, context));
    return undefined;
  }
  const typed = checkExpression(clause.value, context);
  if (typed.type.kind === 'vector') {
    declare(name, { kind: 'value', ...typed, origin });
    return undefined;
  }
  const isNumber = requireQuantity(typed.type, `\`${name}\``, clause.value.span, context);
  const { type, constant } = isNumber ? typed : POISON;
  declare(name, { kind: 'value', type, expression: { kind: 'reference', name }, constant, origin });
  return { name, value: typed.expression, origin: clause.span };
}

function checkRunning(clause: LetClause, context: Context): Binding {
  const { name, span: origin } = clause.name;
  if (clause.parameters) return functionBinding({ ...clause, parameters: clause.parameters }, context);
  const typed = checkExpression(clause.value, context);
  const isUsable =
    typed.type.kind === 'vector' || requireQuantity(typed.type, `\`${name}\``, clause.value.span, context);
  return { kind: 'value', ...(isUsable ? typed : POISON), origin };
}

/** What uses a name that the equation does not see cannot be seen either. */
function bindSeen(lets: readonly RunningLet[], equation: Scope): Scope {
  const own = new Map<string, Binding | Obstacle>();
  const scope: Scope = { own, below: equation };
  for (const { name, uses, binding } of lets) {
    own.set(name, obstacleIn(scope, uses) ?? binding);
  }
  return scope;
}

function obstacleIn(scope: Scope, uses: readonly string[]): Obstacle | undefined {
  for (const name of uses) {
    const entry = findEntry(scope, name);
    if (entry && !isBinding(entry) && entry.kind === 'unavailable') {
      return { kind: 'unavailable', reason: `it uses \`${name}\`, and ${entry.reason}` };
    }
  }
  return undefined;
}
