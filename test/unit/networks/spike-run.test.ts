/** Experiments on spiking networks: what is measured is what the device does under the pulse program. */
import { describe, expect, it } from 'vitest';
import type { StudyResult } from '../../../src/ir/study-result.js';
import { createStudyRun } from '../../../src/networks/run/create-study-run.js';
import type { StudyCheckpoint, StudyRun } from '../../../src/networks/run/study-run.js';
import { RealizationFault } from '../../../src/networks/spikes/realization-fault.js';
import { spikeSchedule } from '../../../src/networks/spikes/spike-schedule.js';
import { StudyFault } from '../../../src/networks/study-fault.js';
import { KERNELS, mapStdp, ruleText, type StdpText } from '../../support/stdp-study.js';

function runOf(text: StdpText, checkpoint?: StudyCheckpoint): StudyRun {
  const noSamples = (): never => {
    throw new Error('no experiment on spikes asks for samples');
  };
  return createStudyRun(mapStdp(text), noSamples, checkpoint);
}

function finish(run: StudyRun): StudyResult {
  while (run.step()) continue;
  return run.result();
}

const PAIRS = 'pair pre with post at -59 ms .. 59 ms step 2 ms';

describe('pairs of spikes', () => {
  it.each(Object.entries(KERNELS))('show the window of a rule: %s', (_, kernel) => {
    const expectations = [
      'expect correlation(synapses.dw, stdp.dw) >= 0.99',
      'expect error(synapses.dw, stdp.dw) <= 5 %',
      'expect drift(synapses.dw) <= 1 %',
      'expect rate(pre) > 0 Hz and spikes(post) == 240 spikes',
    ];
    const clauses = ['without gain, cycle', PAIRS, ...expectations];
    const result = finish(runOf({ rules: ruleText('stdp', kernel), clauses }));
    expect(result.expectations.filter(({ ok }) => !ok)).toEqual([]);
    expect(result.windows).toHaveLength(1);
    const [{ seconds, change, deviation }] = result.windows as [StudyResult['windows'][number]];
    expect(seconds).toHaveLength(60);
    expect(Math.max(...deviation)).toBeLessThan(1e-6 * Math.max(...change.map(Math.abs)));
  });

  it('vary from one to the next by as much as the device is said to', () => {
    const clauses = ['pair pre with post at 5 ms .. 15 ms step 10 ms repeat 100', 'expect variation(synapses.dw) > 0'];
    const { measures } = finish(runOf({ clauses }));
    expect(measures['variation(synapses.dw)']?.mean).toBeGreaterThan(0.008);
    expect(measures['variation(synapses.dw)']?.mean).toBeLessThan(0.012);
  });

  it('show two rules in one array', () => {
    const clauses = [
      'without gain, cycle',
      PAIRS,
      'expect correlation(synapses.dw, up.dw) >= 0.99 where post.index % 2 == 0',
      'expect correlation(synapses.dw, down.dw) >= 0.99 where post.index % 2 == 1',
      'expect correlation(synapses.dw, down.dw) <= -0.99 where post.index % 2 == 0',
    ];
    const rules = ruleText('up', KERNELS.hebbian) + ruleText('down', KERNELS.antiHebbian, 1);
    const learn = 'learn up when post.index % 2 == 0\n    learn down when post.index % 2 == 1';
    const result = finish(runOf({ rules, learn, clauses }));
    expect(result.expectations.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(result.windows.map(({ rule }) => rule)).toEqual(['up', 'down']);
    expect(result.realizations.map(({ rule }) => rule)).toEqual(['up', 'down']);
  });

  it('take energy that the shares of the device add up to', () => {
    const clauses = [PAIRS, 'expect energy(gate) + energy(ions) == energy(total)', 'expect energy(ions) > 0 J'];
    const { activity, expectations } = finish(runOf({ clauses }));
    expect(Object.keys(activity.energy)).toEqual(['gate', 'ions']);
    expect(expectations[1]?.ok).toBe(true);
    expect(activity.energy['gate']! / activity.energy['ions']!).toBeGreaterThan(10);
  });
});

it('a run that is taken up from a checkpoint ends with the same bits', () => {
  const text: StdpText = { clauses: ['seeds 2 from 1', `${PAIRS} repeat 2`, 'expect mean(synapses.w) > 0 S'] };
  const whole = runOf(text);
  whole.step();
  const saved = JSON.parse(JSON.stringify(whole.checkpoint())) as StudyCheckpoint;
  const { seconds: _, ...result } = finish(whole);
  const { seconds: __, ...again } = finish(runOf(text, saved));
  expect(again).toEqual(result);
  expect(() => runOf({ ...text, clauses: [PAIRS] }, saved)).toThrow(StudyFault);
});

it('rules on devices without superposition are counted in pulses', () => {
  const rules = ruleText('stdp', KERNELS.hebbian, 0, 'realize pulses { fraction = 8 bit }');
  const clauses = ['set stdp.a = 2 nS', 'without gain, cycle', PAIRS, 'expect error(synapses.dw, stdp.dw) <= 10 %'];
  const { expectations, realizations, activity } = finish(runOf({ rules, clauses, size: 2 }));
  expect(expectations[0]?.ok).toBe(true);
  expect(activity.pulses).toBeGreaterThan(100);
  expect(realizations[0]?.figures.find(({ name }) => name === 'pulses an update at most')?.value).toBe(11);
});

it('stimuli come at regular and at random times, the same for the same seed', () => {
  const clauses = ['stimulate post with regular(4 Hz)', 'stimulate pre with poisson(40 Hz) for 2 s', 'wait 1 s'];
  const mapped = mapStdp({ clauses });
  const [first, second, other] = [1, 1, 2].map((seed) => spikeSchedule(mapped, seed));
  expect(first).toEqual(second);
  expect(first).not.toEqual(other);
  expect(first?.map((step) => step.kind === 'run' && step.seconds)).toEqual([2, 1]);
  const [run] = first!;
  const spikes = run?.kind === 'run' ? run.spikes : [];
  expect(spikes.filter(({ population }) => population === 1)).toHaveLength(4 * 8);
  const random = spikes.filter(({ population }) => population === 0).length;
  expect(Math.abs(random - 4 * 80)).toBeLessThan(4 * Math.sqrt(320));
  expect(finish(runOf({ clauses })).activity.spikes).toBeGreaterThan(300);
});

describe('is refused', () => {
  it.each<[string, StdpText, string, string]>([
    [
      'a population that would fire by itself',
      { clauses: ['stimulate pre with regular(1 Hz) for 1 s'] },
      'realize/spikes-not-run',
      '`post`',
    ],
    [
      'a rule that its device cannot follow',
      { rules: ruleText('stdp', '9 * (a * exp(-abs(dt) / tau))') },
      'realize/kernel-too-large',
      'stdp',
    ],
    [
      'a rule for samples',
      { rules: ruleText('stdp', KERNELS.hebbian, 0, 'realize programming') },
      'realize/spikes-not-run',
      'programming',
    ],
    [
      'a rule of which coarse converters leave too little',
      { dac: 'dac -2 V .. 2 V by 3 bit at 5 kHz' },
      'realize/spikes-not-run',
      'with these converters its window on `protonEis` is off by',
    ],
    [
      'a device that a pulse up does not raise',
      {
        items: `device deaf {
  pulse 2 V for 1 ms source "test" confidence estimate
  read 0.1 V source "test" confidence estimate
  window full = 10 nS .. 200 nS step 1 nS source "test" confidence estimate
  default window full
  state g : S in 10 nS .. 200 nS = 10 nS
  on pulse when v > 3 V { g = min(200 nS, g + 1 nS) }
  current = g * v
  energy = 1 fF * v ^ 2 source "test" confidence estimate
}
`,
        device: 'deaf',
        rules: ruleText('stdp', KERNELS.hebbian, 0, 'realize pulses'),
      },
      'realize/spikes-not-run',
      'a pulse does not raise it',
    ],
    [
      'a run that is longer than the device may be driven',
      {
        items: 'device brief extends protonEis {\n  maximum duration 100 ms source "test" confidence estimate\n}\n',
        device: 'brief',
      },
      'realize/spikes-not-run',
      'takes 100 ms at a time',
    ],
  ])('%s', (_, text, code, words) => {
    let fault: unknown;
    try {
      runOf(text);
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(RealizationFault);
    const { diagnostics, span, reason } = fault as RealizationFault;
    expect(diagnostics.map((each) => each.code)).toEqual([code]);
    expect(reason).toContain(words);
    expect(span).toBeDefined();
  });
});
