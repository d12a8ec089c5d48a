import { describe, expect, it } from 'vitest';
import { decideExpectation } from '../../../src/ir/expectations.js';
import { METRICS, type Expectation, type MetricName } from '../../../src/ir/network.js';
import { ORIGIN } from '../../support/mapped-fixture.js';

function metrics(rmsError: number): Record<MetricName, number> {
  const zero = Object.fromEntries(Object.keys(METRICS).map((name) => [name, 0])) as Record<MetricName, number>;
  return { ...zero, rmsError };
}

function expecting(operator: Expectation['operator'], limit: number): Expectation {
  const [left, right] = [{ kind: 'metric', name: 'rmsError' } as const, { kind: 'number', value: limit } as const];
  return { text: 'test', origin: ORIGIN, left, operator, right };
}

describe('decideExpectation', () => {
  const seeds = [metrics(0.02), metrics(0.04), metrics(0.03)];

  it('must hold for every seed and reports the one nearest to failing', () => {
    expect(decideExpectation(expecting('<=', 0.05), seeds)).toMatchObject({ ok: true, value: 0.04, limit: 0.05 });
    expect(decideExpectation(expecting('<=', 0.035), seeds)).toMatchObject({ ok: false, value: 0.04 });
    expect(decideExpectation(expecting('>', 0.02), seeds)).toMatchObject({ ok: false, value: 0.02 });
    expect(decideExpectation(expecting('==', 0.03), seeds)).toMatchObject({ ok: false });
    expect(decideExpectation(expecting('!=', 0.05), seeds)).toMatchObject({ ok: true, value: 0.04 });
  });

  it('averages over the seeds where asked', () => {
    const mean = { ...expecting('<', 0.031), left: { kind: 'mean', name: 'rmsError' } as const };
    expect(decideExpectation(mean, seeds)).toMatchObject({ ok: true, value: expect.closeTo(0.03, 12) });
  });

  it('fails on a value that is not a number', () => {
    const result = decideExpectation(expecting('<=', 1), [metrics(0.1), metrics(NaN)]);
    expect(result).toMatchObject({ ok: false, value: NaN });
  });
});
