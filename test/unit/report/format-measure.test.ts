/** Sides of expectations for people: every number with the unit of what is compared. */
import { describe, expect, it } from 'vitest';
import { formatSide } from '../../../src/report/format-measure.js';

const measures = {
  'energy(gate)': { mean: 0, min: 0, max: 0, unit: 'J' },
  pulses: { mean: 0, min: 0, max: 0, unit: 'pulses' },
  'accuracy(digits.test)': { mean: 0, min: 0, max: 0, unit: '1' },
};

describe('a side of an expectation', () => {
  it('that is a ratio has the unit of the ratio', () => {
    const text = 'energy(gate) / pulses >= 2.375 fJ / 1 pulses';
    expect(formatSide({ text, unit: 'J/pulses' }, 2.5e-15, { measures })).toBe('2.50 fJ/pulses');
    expect(formatSide({ text, unit: '1' }, 0.25, { measures })).toBe('0.250');
    expect(formatSide({ text }, 0.25, { measures })).toBe('0.250');
  });

  it('takes no prefix where the unit begins with a number or is a power', () => {
    const text = 'pulses / energy(gate) <= 1 / 1 J';
    expect(formatSide({ text, unit: '1/V' }, 2e-3, { measures })).toBe('0.00200 1/V');
    expect(formatSide({ text, unit: 'm^2' }, 2e-3, { measures })).toBe('0.00200 m^2');
  });

  it('that is one measure is printed like the measure', () => {
    const parts = { text: 'accuracy(digits.test) >= 92 %', unit: '1' };
    expect(formatSide(parts, 0.91, { measures })).toBe('91 %');
    expect(formatSide({ text: 'energy(gate) <= 3 pJ', unit: 'J' }, 2e-12, { measures })).toBe('2 pJ');
  });

  it('of counts has its thousands set off', () => {
    expect(formatSide({ text: 'pulses <= pulses', unit: 'pulses' }, 12_345, { measures })).toContain('345 pulses');
  });
});
