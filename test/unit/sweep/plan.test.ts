/** Plans: points, their identifiers, and the text of the file. */
import { describe, expect, it } from 'vitest';
import { parsePlan, planSweep, planText, sweepPoints, type SweepOrder } from '../../../src/sweep/sweep-plan.js';

const ORDER: SweepOrder = {
  version: '0.1.0',
  set: [['bits', '8 bit']],
  vary: [
    { name: 'a', values: ['1 V', '2 V'] },
    { name: 'b', values: ['x', 'y', 'z'] },
  ],
  seeds: 2,
  files: [{ path: 'a.ion', sha256: '00' }],
};

describe('points', () => {
  it('are all combinations, seeds innermost', () => {
    const texts = sweepPoints(ORDER).map(({ settings, seedOffset }) => `${settings.map(([, value]) => value).join(' ')} ${seedOffset}`); // prettier-ignore
    expect(texts).toHaveLength(12);
    expect(texts.slice(0, 5)).toEqual(['1 V x 0', '1 V x 1', '1 V y 0', '1 V y 1', '1 V z 0']);
  });

  it('keep their identifiers when others come along', () => {
    const more = { ...ORDER, vary: [ORDER.vary[0]!, { name: 'b', values: ['w', 'z', 'y', 'x'] }], seeds: 5 };
    const ids = new Set(sweepPoints(more).map(({ id }) => id));
    expect(sweepPoints(ORDER).filter(({ id }) => !ids.has(id))).toEqual([]);
    expect(new Set(sweepPoints(ORDER).map(({ id }) => id)).size).toBe(12);
  });

  it('are one point where nothing is varied, and run the seeds of the file where none are asked for', () => {
    expect(sweepPoints({ vary: [] })).toEqual([
      { id: expect.stringMatching(/^[0-9a-f]{16}$/) as string, settings: [] },
    ]);
  });
});

describe('the file of a plan', () => {
  it('is read back, and not where anything of it has changed', () => {
    const plan = planSweep(ORDER);
    const text = planText(plan);
    expect(parsePlan(text)).toEqual(plan);
    const damaged = [
      text.replace('8 bit', '9 bit'),
      text.replace('"seeds": 2', '"seeds": 3'),
      text.slice(0, -9),
      '{}',
      '',
    ];
    expect(damaged.filter((each) => each === text || parsePlan(each) !== undefined)).toEqual([]);
  });

  it.each<[string, Partial<SweepOrder>]>([
    ['version', { version: '0.2.0' }],
    ['experiment', { experiment: 'E' }],
    ['set', { set: [] }],
    ['order of values', { vary: [ORDER.vary[1]!, ORDER.vary[0]!] }],
    ['seed', { seed: 0 }],
    ['seeds', { seeds: 3 }],
    ['sources', { files: [{ path: 'a.ion', sha256: '01' }] }],
  ])('has another digest with another %s', (_, change) => {
    expect(planSweep({ ...ORDER, ...change }).digest).not.toBe(planSweep(ORDER).digest);
  });
});
