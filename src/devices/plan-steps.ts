/** The counted pulses of a device, with simplified equations. */
import type { PulseStep } from './device-model.js';
import type { Expression } from './expression.js';
import { simplify } from './simplify.js';
import type { Statement } from './statement.js';
import { numeral } from './symbolic.js';

/** A step whose condition may be known to hold; one that never happens is left out. */
export interface StepPlan {
  readonly condition?: Expression;
  readonly body: readonly Statement[];
}

/** The steps that can happen, in order. */
export function planSteps(steps: readonly PulseStep[], known: ReadonlyMap<string, number>): readonly StepPlan[] {
  return steps.flatMap(({ condition = numeral(1), body }): readonly StepPlan[] => {
    const simplified = simplify(condition, known);
    const statements = simplifyStatements(body, known);
    if (simplified.kind !== 'number') return [{ condition: simplified, body: statements }];
    return simplified.value === 0 ? [] : [{ body: statements }];
  });
}

function simplifyStatements(
  statements: readonly Statement[],
  known: ReadonlyMap<string, number>,
): readonly Statement[] {
  return statements.flatMap((statement): readonly Statement[] => {
    if (statement.kind !== 'if') return [{ ...statement, value: simplify(statement.value, known) }];
    const condition = simplify(statement.condition, known);
    const whenTrue = simplifyStatements(statement.whenTrue, known);
    const whenFalse = simplifyStatements(statement.whenFalse, known);
    if (condition.kind === 'number') return condition.value === 0 ? whenFalse : whenTrue;
    return [{ ...statement, condition, whenTrue, whenFalse }];
  });
}

/** Every equation in `steps`. */
export function equationsOfSteps(steps: readonly StepPlan[]): readonly Expression[] {
  return steps.flatMap(({ condition, body }) => [...(condition ? [condition] : []), ...equationsOf(body)]);
}

function equationsOf(statements: readonly Statement[]): readonly Expression[] {
  return statements.flatMap((statement) =>
    statement.kind === 'if'
      ? [statement.condition, ...equationsOf(statement.whenTrue), ...equationsOf(statement.whenFalse)]
      : [statement.value],
  );
}

/** Names that `steps` assign to. */
export function assignedNames(steps: readonly StepPlan[]): ReadonlySet<string> {
  return new Set(steps.flatMap(({ body }) => assignedIn(body)));
}

function assignedIn(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap((statement) => {
    if (statement.kind === 'if') return [...assignedIn(statement.whenTrue), ...assignedIn(statement.whenFalse)];
    return statement.kind === 'assign' ? [statement.target] : [];
  });
}
