import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameDimension } from '../../../src/units/dimension.js';
import { exactLiteral, quantityFromLiteral, toCycles } from '../../../src/units/quantity.js';
import { rationalFromDecimal } from '../../../src/units/rational.js';
import { displayUnit, parseUnit, unitScale } from '../../../src/units/unit.js';

const value = (digits: string, unit: string): number => quantityFromLiteral(digits, parseUnit(unit));

describe('literals in units that are no power of ten', () => {
  it.each([
    ['1', 'min', 60],
    ['1.5', 'h', 5400],
    ['7', 'day', 604_800],
    ['1', 'eV', 1.602176634e-19],
    ['0.1', 'MeV', 1.602176634e-14],
    ['2', 'kg', 2],
    ['5', 'ug', 5e-9],
    ['1', 'N', 1],
    ['3', 'hPa', undefined],
    ['3', 'kPa', 3000],
    ['180', 'deg', Math.PI],
    ['1', 'rad', 1],
    ['10', '1/min', 10 / 60],
    ['25', 'degC', 298.15],
    ['25', '\u00b0C', 298.15],
    ['-273.15', 'degC', 0],
    ['36.6', 'degC', 309.75],
    ['5', 'V^2', 5],
    ['5', 'mV^2', 5e-6],
    ['2', 'cm^2', undefined],
    ['3', 'um^2', 3e-12],
    ['4', 's^-1', 4],
    ['4', 'ms^-2', 4e6],
    ['1', 'm^2/V/s', 1],
  ])('%s %s is %s', (digits, unit, expected) => {
    if (expected === undefined) expect(parseUnit(unit)).toBeUndefined();
    else expect(value(digits, unit)).toBe(expected);
  });

  it('round once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 0, max: 9 }), (mantissa, decimals) => {
        const digits = (mantissa / 10 ** decimals).toFixed(decimals);
        // 60 and 3600 times a decimal are decimals again, which the platform reads correctly
        const seconds = `${BigInt(digits.replace('.', '')) * 3600n}e-${decimals}`;
        expect(value(digits, 'h')).toBe(Number(seconds));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('are exact where the unit is', () => {
    expect(exactLiteral('1.5', parseUnit('h'))).toEqual({ numerator: 15n * 3600n, denominator: 1n, exponent: -1 });
    expect(exactLiteral('180', parseUnit('deg'))).toBeUndefined();
    expect(exactLiteral('10', parseUnit('us'))).toEqual({ numerator: 10n, denominator: 1n, exponent: -6 });
  });
});

describe('units', () => {
  it.each([
    ['V^2', 'V*V'],
    ['s^-1', '1/s'],
    ['m^2/s', 'm*m/s'],
    ['J/eV', '1'],
    ['N/m^2', 'Pa'],
    ['kg*m/s^2', 'N'],
    ['m^0', '1'],
  ])('know that %s is %s', (left, right) => {
    expect(isSameDimension(parseUnit(left)!.dimension, parseUnit(right)!.dimension)).toBe(true);
  });

  it.each(['degC/s', 'mdegC', 'degC^2', 'V^', 'V^x', 'V^2^2', 'V^13', '^2', 'V^^2', 'm*'.repeat(20) + 'm'])(
    'refuse %s',
    (text) => {
      expect(parseUnit(text)).toBeUndefined();
    },
  );

  it('show temperatures in kelvin, which is what they are kept in', () => {
    expect(displayUnit(parseUnit('degC')!)).toEqual({ symbol: 'K', scale: 1 });
    expect(displayUnit(parseUnit('min')!)).toEqual({ symbol: 'min', scale: 60 });
    expect(unitScale(parseUnit('mV/min')!)).toBe(1e-3 / 60);
  });
});

describe('cycles', () => {
  it.each([
    [1e-5, 1e7, { count: 100n, atLeast: 100n, isExact: true }],
    [0.3, 10, { count: 3n, atLeast: 3n, isExact: true }],
    [1.1, 50e6, { count: 55_000_000n, atLeast: 55_000_000n, isExact: true }],
    [2.5e-7, 1e7, { count: 3n, atLeast: 3n, isExact: false }],
    [2.4e-7, 1e7, { count: 2n, atLeast: 3n, isExact: false }],
    [3600, 1e9, { count: 3_600_000_000_000n, atLeast: 3_600_000_000_000n, isExact: true }],
    [1e-9, 1e6, { count: 0n, atLeast: 1n, isExact: false }],
  ])('%s s at %s Hz', (seconds, hertz, cycles) => {
    expect(toCycles(seconds, hertz)).toEqual(cycles);
  });

  it('are counted beyond what doubles count', () => {
    expect(toCycles(rationalFromDecimal('9007199254740993')!, 1)).toEqual({
      count: 9007199254740993n,
      atLeast: 9007199254740993n,
      isExact: true,
    });
  });

  it('need numbers', () => {
    expect(toCycles(NaN, 1)).toBeUndefined();
    expect(toCycles(1, Infinity)).toBeUndefined();
  });

  it('of whole microseconds at whole megahertz are their product', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 6 }), fc.integer({ min: 1, max: 1000 }), (us, megahertz) => {
        const cycles = toCycles(quantityFromLiteral(String(us), parseUnit('us')), megahertz * 1e6);
        expect(cycles).toMatchObject({ count: BigInt(us) * BigInt(megahertz), isExact: true });
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});
