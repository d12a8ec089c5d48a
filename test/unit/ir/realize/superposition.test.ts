/** Kernels of spike timing become waveforms, and what those cannot do is refused with its reason. */
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import { planSuperposition, type SuperpositionPlan } from '../../../../src/ir/realize/superposition/plan.js';
import { predict, predictChange } from '../../../../src/ir/realize/superposition/predict.js';
import { voltageResponse } from '../../../../src/ir/realize/voltage-response.js';
import { KERNELS, mapStdp, ruleText, type StdpText } from '../../../support/stdp-study.js';
import { testDevice } from '../../../support/test-device.js';

function planOf(text: StdpText): { readonly plan: SuperpositionPlan | undefined; readonly faults: readonly string[] } {
  const mapped = mapStdp(text);
  const bag = new DiagnosticBag();
  const plan = planSuperposition(mapped, mapped.projections[0]!, 100e-9, bag);
  return { plan, faults: bag.all.map(({ code, message }) => `${code} ${message}`) };
}

describe('on a device that follows sinh of the voltage', () => {
  it.each(Object.entries(KERNELS))('%s is met with 8 bit', (_, kernel) => {
    const { plan } = planOf({ rules: ruleText('stdp', kernel) });
    const { correlation, error, drift, peak } = predict(plan!, plan!.rules[0]!);
    expect(correlation).toBeGreaterThan(0.998);
    expect(error).toBeLessThan(0.015);
    expect(drift).toBeLessThan(1e-3);
    expect(peak).toBeGreaterThan(0.09e-9);
    expect(peak).toBeLessThan(0.11e-9);
  });

  it('waveforms are asinh of the kernel', () => {
    const { plan } = planOf({});
    const { converter, rules, amplitude, sampleSeconds } = plan!;
    const { first, codes } = rules[0]!.waveform;
    const fieldVolts = 0.35;
    const a = converter.volts(amplitude);
    const perSecond = 0.19e-9 / 1e-3 / Math.sinh(2 / fieldVolts);
    const c = 2 * sampleSeconds * perSecond * (Math.cosh(a / fieldVolts) - 1);
    for (const [index, code] of codes.entries()) {
      const time = (first + index + 0.5) * sampleSeconds;
      const kernel = Math.sign(time) * 0.1e-9 * Math.exp(-Math.abs(time) / 20e-3);
      const wanted = fieldVolts * Math.asinh(kernel / c);
      expect(Math.abs(converter.volts(code) - wanted)).toBeLessThan(4 / 256);
    }
  });

  it('a kernel whose integral is not zero is paid back in a weak tail', () => {
    const { plan } = planOf({ rules: ruleText('stdp', KERNELS.symmetric) });
    const [rule] = plan!.rules;
    const { first, codes, tail, tailShare } = rule!.waveform;
    expect(tail).toBeGreaterThan(100);
    expect(tailShare).toBeLessThan(0.08);
    const inTail = predictChange(plan!, rule!, first + codes.length - 50);
    expect(inTail / predict(plan!, rule!).peak).toBeCloseTo(-tailShare, 2);
    const balanced = planOf({}).plan!.rules[0]!.waveform;
    expect(balanced.tail).toBe(0);
  });

  it('rules of columns are told apart by what the columns play, rules of rows by the rows', () => {
    const rules = ruleText('up', KERNELS.hebbian) + ruleText('down', KERNELS.antiHebbian, 1);
    const learn = (side: string) => `learn up when ${side}.index % 2 == 0\n    learn down when ${side}.index % 2 == 1`;
    for (const side of ['pre', 'post']) {
      const { plan } = planOf({ rules, learn: learn(side) });
      expect(plan?.assignment.player).toBe(side);
      for (const rule of plan!.rules) expect(predict(plan!, rule).error).toBeLessThan(0.015);
      const changes = plan!.rules.map((rule) => predictChange(plan!, rule, 5));
      expect(changes[0]).toBeGreaterThan(0);
      expect(changes[1]).toBeLessThan(0);
    }
  });
});

describe('is refused', () => {
  const two = ruleText('up', KERNELS.hebbian) + ruleText('down', KERNELS.antiHebbian, 1);
  const long = ruleText('stdp', 'a * cos(dt / tau)');
  it.each<[string, StdpText, string, string]>([
    [
      'a device that follows the voltage in proportion',
      { items: deviceText(), device: 'linear' },
      'realize/cannot-superpose',
      'proportional',
    ],
    [
      'a device that forgets',
      { items: deviceText('(v / 1 V) ^ 3 * 1 nS / 1 s - 0.01 * g / 1 s'), device: 'linear' },
      'realize/cannot-superpose',
      'moves without',
    ],
    [
      'bounds that the rate softens',
      { items: deviceText('(v / 1 V) ^ 3 * g / 1 s + v / 1 V * 1 nS / 1 s'), device: 'linear' },
      'realize/cannot-superpose',
      'more than a factor',
    ],
    [
      'a larger kernel than a pair can reach',
      { rules: ruleText('stdp', '9 * (a * exp(-abs(dt) / tau))') },
      'realize/kernel-too-large',
      'kernel of `stdp` wants 878 pS',
    ],
    ['a kernel that goes on', { rules: long }, 'realize/cannot-superpose', 'does not die out'],
    [
      'rules that depend on both sides',
      { rules: two, learn: 'learn up when pre.index == post.index\n    learn down' },
      'realize/cannot-superpose',
      'both of its neurons',
    ],
    [
      'two rules in one bank',
      {
        rules: ruleText('up', KERNELS.hebbian) + ruleText('down', KERNELS.symmetric),
        learn: 'learn up when pre.index == 0\n    learn down',
      },
      'realize/cannot-superpose',
      'same waveform bank',
    ],
    ['a chip that spikes do not reach', { aer: '' }, 'realize/superposition-chip', 'no `aer in`'],
    ['addresses that do not name all lines', { aer: 'aer in 2 bit' }, 'realize/superposition-chip', 'take 3'],
    ['lines without converters', { dac: '' }, 'realize/superposition-chip', 'no `dac`'],
    ['a clock that is too slow for the steps', { clock: '100 kHz' }, 'realize/superposition-chip', 'needs a clock of'],
    [
      'converters that are too slow',
      { dac: 'dac -2 V .. 2 V by 8 bit at 500 Hz' },
      'realize/superposition-chip',
      'take 500 a second',
    ],
  ])('%s', (_, text, code, words) => {
    const { plan, faults } = planOf(text);
    expect(plan).toBeUndefined();
    expect(faults).toHaveLength(1);
    expect(faults[0]?.startsWith(code)).toBe(true);
    expect(faults[0]).toContain(words);
  });

  it('a device by its equations: sinh passes, whatever it is called', () => {
    const sinh = testDevice({ rate: '0.01 * sinh(v / 0.3)' });
    const response = voltageResponse(sinh, undefined, 0.5, 1);
    expect(response).toMatchObject({ followsWeight: false });
    const scaled = testDevice({ rate: '0.01 * g * sinh(v / 0.3)' });
    expect(voltageResponse(scaled, undefined, 0.5, 1)).toMatchObject({ followsWeight: true });
    const oneWay = testDevice({ rate: '0.01 * exp(v) - 0.01' });
    expect(voltageResponse(oneWay, undefined, 0.5, 1)).toContain('two signs');
  });
});

/** A device with a rate of its own. */
function deviceText(rate = 'v / 1 V * 1 nS / 1 s'): string {
  return `device linear "test" {
  pulse 2 V for 1 ms source "test" confidence estimate
  read 0.1 V source "test" confidence estimate
  window full = 10 nS .. 200 nS source "test" confidence estimate
  state g : S in 10 nS .. 200 nS = window.low
  evolve g = ${rate}
  current = g * v
  gated
  energy gate = 1 fF * v ^ 2 source "test" confidence estimate
}
`;
}
