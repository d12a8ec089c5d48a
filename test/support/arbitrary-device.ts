/** Random devices of several states with everything that a device can say, and random things to do to them. */
import fc, { type Arbitrary } from 'fast-check';
import type { DeviceModel, PulseStep, StateVariable } from '../../src/devices/device-model.js';
import type { Expression } from '../../src/devices/expression.js';
import type { Statement } from '../../src/devices/statement.js';
import { binary, call, numeral } from '../../src/devices/symbolic.js';
import { equation } from './equation.js';
import { arbitraryEquation } from './arbitrary-equation.js';
import { testDevice } from './test-device.js';

const base = testDevice({ parameters: { a: 2.5, b: -0.3, one: 1 }, derived: { half: 'a / 5 + window.high' } });
const { origin } = base;

/** Rates of moderate size without jumps: integrators of fixed step agree on them. */
const RATES = [
  'v * a',
  '0.8 * v * (1 - g)',
  'b * (h - half / 2)',
  'sinh(v) * 0.4 - 0.5 * (h - 0.3)',
  '-(g - 0.2) / 0.7 * field',
  'v * g ^ 0.4',
  'tanh(h - g) + 0.2 * v',
  'field * exp(-2 * h) * v',
  '(g - 0.5) * v - 0.3 * h',
  '0 * a',
] as const;
const POWERS = ['field ^ 2 * (g + half)', 'a * h ^ 2', 'one', 'g * 3 - h', 'exp(-g)'] as const;

/** Any equation of moderate size: what jumps is no harm where nothing is integrated. */
const moderate = (names: readonly string[]): Arbitrary<Expression> =>
  arbitraryEquation(names).map((operand) => call('tanh', operand));

const condition: Arbitrary<Expression> = fc
  .constantFrom('v > 0', 'v < 0', 'g > 0.4', 'h * v < 0.1', 'field > 1')
  .map(equation);

function statements(names: readonly string[], depth: number): Arbitrary<readonly Statement[]> {
  const target = fc.constantFrom('g', 'h');
  const assign = fc.tuple(target, moderate(names)).map(([name, step]): Statement => ({
    kind: 'assign',
    target: name,
    value: binary({ kind: 'reference', name }, '+', binary(numeral(0.1), '*', step)),
    origin,
  }));
  if (depth === 0) return fc.array(assign, { minLength: 1, maxLength: 2 });
  const local = `l${String(depth)}`;
  const inner = statements([...names, local], depth - 1);
  return fc
    .tuple(moderate(names), condition, inner, inner, assign)
    .map(([value, test, whenTrue, whenFalse, last]) => [
      { kind: 'local', name: local, value, origin },
      { kind: 'if', condition: test, whenTrue, whenFalse, origin },
      last,
    ]);
}

const NAMES = ['a', 'one', 'half', 'g', 'h', 'field', 'v', 'duration'] as const;
const step: Arbitrary<PulseStep> = fc
  .tuple(fc.option(condition, { nil: undefined }), statements(NAMES, 1))
  .map(([test, body]) => ({ ...(test && { condition: test }), body, origin }));

function state(name: string, rate: string | undefined, initial: string): StateVariable {
  const unit = { symbol: '1', scale: 1 };
  return { name, unit, min: 0, max: 1, initial: equation(initial), ...(rate && { rate: equation(rate) }), origin };
}

/** Devices with states `g` and `h` between 0 and 1 and the modulator `field`. */
export const arbitraryDevice: Arbitrary<DeviceModel> = fc
  .record({
    rates: fc.array(fc.option(fc.constantFrom(...RATES), { nil: undefined }), { minLength: 2, maxLength: 2 }),
    steps: fc.array(step, { maxLength: 2 }),
    power: fc.array(fc.constantFrom(...POWERS), { maxLength: 2 }),
    energy: moderate([...NAMES, 'change.g', 'change.h']),
    current: arbitraryEquation(['a', 'half', 'g', 'h', 'field', 'v']),
  })
  .map(({ rates, steps, power, energy, current }) => ({
    ...base,
    states: [state('g', rates[0], 'window.low'), state('h', rates[1], 'half / 2.6')],
    modulators: [{ name: 'field', unit: { symbol: '1', scale: 1 }, initial: 0.5, origin }],
    pulseSteps: steps,
    pulseEnergy: energy,
    powerTerms: power.map((text) => ({ ...base.energyTerms[0]!, value: equation(text) })),
    current,
  }));

/** Something that happens to two cells. */
export type Happening =
  | {
      readonly kind: 'pulse';
      readonly volts: readonly [number, number];
      readonly seconds: number;
      readonly continues: boolean;
    }
  | { readonly kind: 'rest'; readonly seconds: number }
  | { readonly kind: 'modulate'; readonly values: readonly [number, number] }
  | { readonly kind: 'look' };

const volts = fc.constantFrom(0, 0.5, -0.5, 1, -1.25);
const seconds = fc.constantFrom(0.05, 0.2, 0.6);

export const arbitraryHappenings: Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('pulse' as const),
      volts: fc.tuple(volts, volts),
      seconds,
      continues: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('rest' as const), seconds }),
    fc.record({
      kind: fc.constant('modulate' as const),
      values: fc.tuple(fc.constantFrom(0, 0.5, 2), fc.constantFrom(0.25, 1)),
    }),
    fc.constant({ kind: 'look' as const }),
  ),
  { minLength: 1, maxLength: 6 },
);
