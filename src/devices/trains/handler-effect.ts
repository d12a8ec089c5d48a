/** What one counted pulse leaves of the weight, as a single equation: the handlers run on names instead of numbers. */
import type { DeviceModel } from '../device-model.js';
import { numbersOf } from '../device-numbers.js';
import type { Expression } from '../expression.js';
import { simplify } from '../simplify.js';
import type { Statement } from '../statement.js';
import { substitute } from '../substitute.js';
import { numeral } from '../symbolic.js';

type Environment = Map<string, Expression>;

const NOTHING_KNOWN: ReadonlyMap<string, number> = new Map();

/** `expression` with names replaced, and what is then known computed. */
export function evaluateWith(expression: Expression, values: ReadonlyMap<string, Expression>): Expression {
  return simplify(substitute(expression, values), NOTHING_KNOWN);
}

/**
 * Numbers and derived values of `device` by name, as equations; modulators at their initial values where `settings`
 * has no other, the default window. Spreads and states stay names.
 */
export function namesOfDevice(device: DeviceModel, settings: ReadonlyMap<string, number> = NOTHING_KNOWN): Environment {
  const { modulators, windows, defaultWindow } = device;
  const window = windows.find(({ name }) => name === defaultWindow) ?? windows[0];
  const values: Environment = new Map([
    ...numbersOf(device).map(({ name, value }) => [name, numeral(value)] as const),
    ...modulators.map(({ name, initial }) => [name, numeral(settings.get(name) ?? initial)] as const),
  ]);
  if (window) values.set('window.low', numeral(window.low)).set('window.high', numeral(window.high));
  for (const { name, value } of device.derived) values.set(name, evaluateWith(value, values));
  return values;
}

/** A pulse as handlers see it; both may be names. */
export interface PulseText {
  readonly volts: Expression;
  readonly duration: Expression;
}

/**
 * Every state after one nominal pulse of `volts`, in terms of the states before it and of spreads; states that stay as
 * they are have no entry.
 */
export function effectOfPulse(device: DeviceModel, volts: number): ReadonlyMap<string, Expression> {
  return effectOfAnyPulse(device, { volts: numeral(volts), duration: numeral(device.pulse.seconds) });
}

/** Like {@link effectOfPulse} for a pulse of any form, under modulators set to `settings`. */
export function effectOfAnyPulse(
  device: DeviceModel,
  { volts, duration }: PulseText,
  settings: ReadonlyMap<string, number> = NOTHING_KNOWN,
): ReadonlyMap<string, Expression> {
  const values = namesOfDevice(device, settings);
  values.set('v', volts).set('duration', duration);
  let after = new Map(values);
  for (const { condition, body } of device.pulseSteps) {
    const holds = condition ? evaluateWith(condition, after) : numeral(1);
    after = choose(holds, runStatements(body, after), after);
  }
  return new Map(
    device.states.flatMap(({ name }) => {
      const value = after.get(name);
      return value ? [[name, value] as const] : [];
    }),
  );
}

/** Values of names behind `statements`, in terms of those that `before` holds. */
export function runStatements(statements: readonly Statement[], before: Environment): Environment {
  let values = new Map(before);
  for (const statement of statements) {
    switch (statement.kind) {
      case 'assign':
        values.set(statement.target, evaluateWith(statement.value, values));
        break;
      case 'local':
        values.set(statement.name, evaluateWith(statement.value, values));
        break;
      case 'if': {
        const whenTrue = runStatements(statement.whenTrue, values);
        const whenFalse = runStatements(statement.whenFalse, values);
        values = choose(evaluateWith(statement.condition, values), whenTrue, whenFalse);
        break;
      }
    }
  }
  return values;
}

/** The values of one of two ways that a handler may go. */
export function choose(condition: Expression, whenTrue: Environment, whenFalse: Environment): Environment {
  if (condition.kind === 'number') return condition.value === 0 ? whenFalse : whenTrue;
  const names = new Set([...whenTrue.keys(), ...whenFalse.keys()]);
  return new Map(
    [...names].map((name) => {
      // A state that only one way assigns keeps its value on the other.
      const [yes, no] = [whenTrue, whenFalse].map((way) => way.get(name) ?? ({ kind: 'reference', name } as const));
      return [name, yes === no || !yes || !no ? (yes ?? numeral(NaN)) : conditional(condition, yes, no)];
    }),
  );
}

function conditional(condition: Expression, whenTrue: Expression, whenFalse: Expression): Expression {
  return { kind: 'conditional', condition, whenTrue, whenFalse };
}
