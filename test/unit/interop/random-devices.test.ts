/** Devices nobody thought of: random equations and handlers, in ngspice and in the compiler. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countTerms } from '../../../src/backends/interop/count-terms.js';
import { pulseResults } from '../../../src/backends/interop/pulse-result.js';
import { createCell } from '../../../src/devices/advance.js';
import type { DeviceModel, PulseStep } from '../../../src/devices/device-model.js';
import { evaluate } from '../../../src/devices/evaluate.js';
import type { Expression } from '../../../src/devices/expression.js';
import { applyPulseSteps, initialValues } from '../../../src/devices/interpret-device.js';
import type { Statement } from '../../../src/devices/statement.js';
import { binary, call, jumpsWith, numeral } from '../../../src/devices/symbolic.js';
import { arbitraryEquation } from '../../support/arbitrary-equation.js';
import { equation } from '../../support/equation.js';
import { hasNgspice } from '../../support/ngspice.js';
import { spiceStates, type SpicePulse } from '../../support/pulse-response.js';
import { testDevice } from '../../support/test-device.js';

const plain = testDevice({ parameters: { k: 0.7 }, initial: '0.45' });
const { origin } = plain;

/** Amplitudes and lengths at which no random equation jumps. */
const PULSES: readonly SpicePulse[] = [
  { volts: 1.3, seconds: 0.013, rest: 0.011 },
  { volts: -0.83, seconds: 0.0047, rest: 0.007 },
  { volts: 0.61, seconds: 0.029, rest: 0.0053 },
];

/** Largest difference of a state between 0 and 1. */
const TOLERANCE = 1e-3;

const sample = (names: readonly string[], count: number, seed: number): readonly Expression[] =>
  fc
    .sample(arbitraryEquation(names), { numRuns: 4 * count, seed })
    .filter(
      (expression) =>
        countTerms(expression, 'source') > 4 && countTerms(expression, 'source') < 300 && !jumpsWith(expression, 'g'),
    )
    .slice(0, count);

/** Between -1 and 1. */
const limited = (expression: Expression): Expression => call('tanh', expression);

describe.skipIf(!hasNgspice)('random rates', () => {
  test.each(sample(['g', 'v', 'k'], 12, 11).map((rate, index) => [index, rate] as const))('%i', async (_, rate) => {
    // Nothing moves at rest, so that the compiler's single cell can be asked pulse by pulse
    const driven = binary(limited(rate), '*', equation('30 * tanh(2 * v)'));
    const [state] = plain.states;
    const device: DeviceModel = { ...plain, states: [{ ...state!, rate: driven }] };
    const found = await spiceStates(device, PULSES);
    const cell = createCell(device, { low: 0.2, high: 0.8 });
    let g = 0.45;
    PULSES.forEach(({ volts, seconds }, index) => {
      g = cell.advance(g, volts, seconds);
      expect(Math.abs(found[index]!.get('g')! - g), `pulse ${String(index)}`).toBeLessThan(TOLERANCE);
    });
  });
});

/** Handlers of every kind of statement, with random equations in their places. */
function handlers([first, second, third, fourth]: readonly Expression[]): readonly PulseStep[] {
  const assign = (value: Expression): Statement => ({ kind: 'assign', target: 'g', value, origin });
  const inside: Statement = {
    kind: 'if',
    condition: { kind: 'compare', operator: '>', left: limited(second!), right: numeral(0.05) },
    whenTrue: [assign(binary(equation('g'), '+', binary(equation('part'), '*', limited(third!))))],
    whenFalse: [assign(binary(equation('g'), '*', call('abs', limited(third!))))],
    origin,
  };
  return [
    {
      condition: equation('v > 0'),
      body: [{ kind: 'local', name: 'part', value: binary(numeral(0.3), '*', limited(first!)), origin }, inside],
      origin,
    },
    { body: [assign(binary(equation('g'), '+', binary(numeral(0.1), '*', limited(fourth!))))], origin },
  ];
}

describe.skipIf(!hasNgspice)('random handlers', () => {
  const equations = sample(['g', 'v', 'duration', 'k'], 32, 5);
  test.each([0, 1, 2, 3, 4, 5, 6, 7])('%i', async (index) => {
    const [state] = plain.states;
    const { rate: _rate, ...still } = state!;
    const pulseSteps = handlers(equations.slice(4 * index, 4 * index + 4));
    const device: DeviceModel = { ...plain, states: [still], pulseSteps };
    const found = await spiceStates(device, PULSES);
    let values = new Map(initialValues(device, { low: 0.2, high: 0.8 }));
    PULSES.forEach(({ volts, seconds }, at) => {
      values = applyPulseSteps(device, values, { volts, seconds });
      expect(Math.abs(found[at]!.get('g')! - values.get('g')!), `pulse ${String(at)}`).toBeLessThan(TOLERANCE);
    });
  });
});

test('what a pulse up does is no part of what one down does', () => {
  const step = (condition: string, value: string): PulseStep => ({
    condition: equation(condition),
    body: [{ kind: 'assign', target: 'g', value: equation(value), origin }],
    origin,
  });
  const resultOf = (...pulseSteps: readonly PulseStep[]): Expression =>
    pulseResults({ ...plain, pulseSteps }).get('g')!;
  expect(resultOf(step('v > 0', 'g + k'), step('v < 0', 'g * k'))).toEqual(
    equation('v < 0 ? g * k : v > 0 ? g + k : g'),
  );
  expect(resultOf(step('v >= 0', 'g + k'), step('v <= 0', 'g * k'))).toEqual(
    equation('v <= 0 ? (v >= 0 ? g + k : g) * k : v >= 0 ? g + k : g'),
  );
});

test('handlers as equations are the handlers', () => {
  const [state] = plain.states;
  const device: DeviceModel = { ...plain, pulseSteps: handlers(sample(['g', 'v', 'duration', 'k'], 4, 9)) };
  const before = new Map(initialValues(device, { low: 0.2, high: 0.8 }));
  for (const volts of [-1.7, 0.4, 2.2]) {
    const after = applyPulseSteps(device, before, { volts, seconds: 0.02 });
    const values = new Map(before).set('v', volts).set('duration', 0.02);
    const result = evaluate(pulseResults(device).get('g')!, (name) => values.get(name) ?? NaN);
    expect(Math.min(state!.max, Math.max(state!.min, result))).toBeCloseTo(after.get('g')!, 14);
  }
});
