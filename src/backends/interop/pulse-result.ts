/** What counted pulses do, as one equation for each state: SPICE has equations and no statements. */
import type { DeviceModel, PulseStep } from '../../devices/device-model.js';
import { unreachable } from '../../core/invariant.js';
import type { Expression } from '../../devices/expression.js';
import type { Statement } from '../../devices/statement.js';
import { substitute } from '../../devices/substitute.js';
import { simplify } from '../../devices/simplify.js';

type Values = ReadonlyMap<string, Expression>;

/**
 * Every state that `on pulse` changes, with its value behind one pulse, not yet kept in its bounds. The equations see
 * `v`, `duration` and the states before. Values that are used twice are the same object twice.
 */
export function pulseResults({ pulseSteps, states }: DeviceModel): Values {
  const after = pulseSteps.reduce(runStep, new Map<string, Expression>());
  return new Map(
    states.flatMap(({ name }) => {
      const value = after.get(name);
      return value ? [[name, value] as const] : [];
    }),
  );
}

function runStep(values: Values, { condition, body }: PulseStep): Values {
  if (!condition) return run(body, values);
  const holds = substitute(condition, values);
  const seen = new Map(Array.from(values, ([name, value]) => [name, valueWhere(holds, value)] as const));
  const after = run(body, seen);
  const unchanged = [...values].filter(([name]) => after.get(name) === seen.get(name));
  return choose(holds, new Map([...after, ...unchanged]), values);
}

function run(statements: readonly Statement[], before: Values): Values {
  return statements.reduce((values: Values, statement): Values => {
    switch (statement.kind) {
      case 'assign':
        return new Map(values).set(statement.target, substitute(statement.value, values));
      case 'local':
        return new Map(values).set(statement.name, substitute(statement.value, values));
      case 'if': {
        const condition = substitute(statement.condition, values);
        return choose(condition, run(statement.whenTrue, values), run(statement.whenFalse, values));
      }
      default:
        return unreachable(statement);
    }
  }, before);
}

/** The values of one of two branches; a name that only one of them sets keeps its own value in the other. */
function choose(condition: Expression, whenTrue: Values, whenFalse: Values): Values {
  const names = new Set([...whenTrue.keys(), ...whenFalse.keys()]);
  return new Map(
    Array.from(names, (name) => {
      const own: Expression = { kind: 'reference', name };
      const [yes, no] = [whenTrue.get(name) ?? own, whenFalse.get(name) ?? own];
      return [name, yes === no ? yes : { kind: 'conditional', condition, whenTrue: yes, whenFalse: no }] as const;
    }),
  );
}

/** `value` where `condition` holds: a step for `v < 0` need not see what one for `v > 0` has done. */
function valueWhere(condition: Expression, value: Expression): Expression {
  if (value.kind !== 'conditional' || !areExclusive(condition, value.condition)) return value;
  return valueWhere(condition, value.whenFalse);
}

/** Whether two comparisons of one name with numbers never hold together. */
function areExclusive(left: Expression, right: Expression): boolean {
  const [one, other] = [rangeOf(left), rangeOf(right)];
  if (one?.name !== other?.name || !one || !other || one.side === other.side) return false;
  const [below, above] = one.side === 'below' ? [one, other] : [other, one];
  return below.end < above.end || (below.end === above.end && (below.isOpen || above.isOpen));
}

/** Values of a name on one side of a number. */
interface Range {
  readonly name: string;
  readonly side: 'below' | 'above';
  readonly end: number;
  /** Whether the number itself lies outside. */
  readonly isOpen: boolean;
}

function rangeOf(condition: Expression): Range | undefined {
  if (condition.kind !== 'compare') return undefined;
  const { left, operator, right } = condition;
  if (left.kind !== 'reference' || right.kind !== 'number' || !/^[<>]=?$/.test(operator)) return undefined;
  const side = operator.startsWith('<') ? 'below' : 'above';
  return { name: left.name, side, end: right.value, isOpen: operator.length === 1 };
}

/** An equal equation without neutral parts; parameters stay, whatever their values. */
export function tidy(expression: Expression): Expression {
  return simplify(expression, new Map());
}
