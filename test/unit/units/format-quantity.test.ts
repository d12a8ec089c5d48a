import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatApart,
  formatCount,
  formatInterval,
  formatNumber,
  formatPercent,
  formatQuantity,
} from '../../../src/units/format-quantity.js';

describe('formatQuantity', () => {
  it.each([
    [284e-12, 'J', '284 pJ'],
    [1.0512e-9, 'J', '1.05 nJ'],
    [999.96, 'V', '1.00 kV'],
    [0.1, 'V', '100 mV'],
    [1e-7, 's', '100 ns'],
    [-2.5e-6, 'A', '-2.50 µA'],
    [0, 'J', '0 J'],
    [5, 'V', '5 V'],
    [3.2e-21, 'J', '0.00320 aJ'],
    [1234.5e-12, 'J', '1.23 nJ'],
    [4e22, 'Hz', '40000 EHz'],
    [NaN, 'J', 'not a number J'],
    [-Infinity, 'J', '-infinite J'],
    [12.345, '1', '12.3'],
    [0.03125, 'pulses', '0.0313 pulses'],
    [1e8, 'pulses', '100\u202F000\u202F000 pulses'],
  ])('prints %d %s as %s', (value, unit, text) => {
    expect(formatQuantity(value, unit)).toBe(text);
  });

  it('keeps the value within the printed digits', () => {
    const prefixes: Record<string, number> = { f: 1e-15, p: 1e-12, n: 1e-9, µ: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6 };
    fc.assert(
      fc.property(fc.double({ min: 1e-14, max: 1e8, noNaN: true }), (value) => {
        const [, mantissa, prefix] = /^([\d.]+) (.?)J$/u.exec(formatQuantity(value, 'J')) ?? [];
        const read = Number(mantissa) * (prefixes[prefix ?? ''] ?? NaN);
        expect(Math.abs(read - value) / value).toBeLessThan(0.0051);
        expect(Number(mantissa)).toBeLessThan(1000);
      }),
    );
  });
});

describe('formatApart', () => {
  it('tells different numbers apart', () => {
    expect(formatApart([3.00244, 3], 'V')).toEqual(['3.002 V', '3 V']);
    expect(formatApart([1, -1, 0.99951], 'V')).toEqual(['1 V', '-1 V', '999.5 mV']);
    expect(formatApart([6.47, 6.45], 'V')).toEqual(['6.47 V', '6.45 V']);
  });

  it('prints equal numbers equally, and ends where doubles do', () => {
    expect(formatApart([0.125, 0.125], 'S')).toEqual(['125 mS', '125 mS']);
    expect(formatApart([0.1 + 0.2, 0.3], 'V')).toEqual(['300 mV', '300 mV']);
  });
});

describe('other figures', () => {
  it('prints intervals with one prefix', () => {
    expect(formatInterval(0.82e-9, 12.4e-9, 'J')).toBe('0.82 to 12 nJ');
    expect(formatInterval(142e-12, 568e-12, 'J')).toBe('140 to 570 pJ');
    expect(formatInterval(0, 3e-6, 'W')).toBe('0 to 3 µW');
  });

  it('prints percentages and plain numbers', () => {
    expect(formatPercent(0.04213)).toBe('4.21 %');
    expect(formatPercent(0.5)).toBe('50 %');
    expect(formatNumber(4096)).toBe('4096');
    expect([0, 7, 100, 999].map((count) => formatCount(count))).toEqual(['0', '7', '100', '999']);
    expect(formatCount(8_120_000_000)).toBe('8\u202F120\u202F000\u202F000');
    expect([formatCount(4096), formatCount(-12345), formatCount(30.25)]).toEqual([
      '4\u202F096',
      '-12\u202F345',
      '30.3',
    ]);
    expect([formatCount(9999.96), formatCount(165_130_133.2)]).toEqual(['10\u202F000.0', '165\u202F130\u202F133']);
    expect(formatNumber(1.5e-9)).toBe('1.50e-9');
  });
});
