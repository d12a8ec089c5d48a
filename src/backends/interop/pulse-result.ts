/** What counted pulses do, as one equation for each state: SPICE has equations and no statements. */
import type { DeviceModel, PulseStep } from '../../devices/device-model.js';
import { unreachable } from '../../core/invariant.js';
import type { Expression } from '../../devices/expression.js';
import type { Statement } from '../../devices/statement.js';
import { LABEL_POINTS } from './label-curve.js';
import { substitute } from '../../devices/substitute.js';
import { simplify } from '../../devices/simplify.js';
import { operandsOf } from '../../devices/symbolic.js';

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
  const after = run(body, values);
  return condition ? choose(substitute(condition, values), after, values) : after;
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

/** An equal equation without neutral parts; parameters stay, whatever their values. */
export function tidy(expression: Expression): Expression {
  return simplify(expression, new Map());
}

/** Terms of an equation as text of ngspice: operations, names, numbers and points of tables. */
export function countTerms(expression: Expression, known = new Map<Expression, number>()): number {
  const counted = known.get(expression);
  if (counted !== undefined) return counted;
  const parts = operandsOf(expression).reduce((sum, operand) => sum + countTerms(operand, known), 0);
  const terms = 1 + parts * repetitionsOf(expression);
  known.set(expression, terms);
  return terms;
}

/** How often the text of an expression repeats that of its operands. */
function repetitionsOf(expression: Expression): number {
  switch (expression.kind) {
    case 'interpolate':
      return 2 * expression.xs.length;
    case 'interpolate-grid':
      return 2 * expression.grid.values.length + 6 * expression.grid.ys.length;
    case 'element':
      return expression.values.length;
    case 'binary':
      return expression.operator === '%' || expression.operator === '^' ? 2 : 1;
    case 'call':
      if (expression.name === 'nlCurvature') return LABEL_POINTS;
      return expression.name === 'round' ? 2 : 1;
    default:
      return 1;
  }
}
