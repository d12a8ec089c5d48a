import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeDimension, siSymbol } from '../../../src/units/describe-dimension.js';
import {
  dimensionOf as fromExponents,
  divideDimensions,
  isSameDimension,
  multiplyDimensions,
  raiseDimension,
} from '../../../src/units/dimension.js';
import { quantityFromLiteral } from '../../../src/units/quantity.js';
import { COUNTED_UNITS, NAMED_UNITS, PREFIXES, UNIT_SYMBOLS } from '../../../src/units/unit-table.js';
import { parseUnit, unitScale } from '../../../src/units/unit.js';

const dimensionOf = (symbol: string) => parseUnit(symbol)!.dimension;

describe('units', () => {
  it.each([
    ['S*V', 'A'],
    ['V/A', 'Ohm'],
    ['A*s', 'C'],
    ['C/V', 'F'],
    ['C*V', 'J'],
    ['J/s', 'W'],
    ['1/s', 'Hz'],
    ['V*s/m/m', 'T'],
  ])('know that %s is %s', (left, right) => {
    expect(isSameDimension(dimensionOf(left), dimensionOf(right))).toBe(true);
  });

  it('have unique spellings, each of which is itself', () => {
    expect(new Set(UNIT_SYMBOLS).size).toBe(UNIT_SYMBOLS.length);
    // 1, %, min, h, day, rad, deg and degC stand alone; g and eV take prefixes as the coherent units do
    expect(UNIT_SYMBOLS).toHaveLength(8 + COUNTED_UNITS.length + (NAMED_UNITS.length + 2) * PREFIXES.length);
    for (const symbol of UNIT_SYMBOLS) expect(parseUnit(symbol)?.symbol).toBe(symbol);
  });

  it('read the Greek spellings as the Latin ones', () => {
    expect(parseUnit('\u00b5S')).toEqual(parseUnit('uS'));
    expect(parseUnit('\u03bcS')).toEqual(parseUnit('uS'));
    expect(parseUnit('k\u2126')).toEqual(parseUnit('kOhm'));
  });

  it('refuse what is none', () => {
    for (const text of ['', 'x', 'Volt', 'mC/', '/S', 'mm S', 'uu', '__proto__', 'constructor']) {
      expect(parseUnit(text), text).toBeUndefined();
    }
  });

  it('combine exponents from left to right', () => {
    expect(unitScale(parseUnit('mC/S')!)).toBe(1e-3);
    expect(parseUnit('V/ms*uA')).toMatchObject({ exponent: -3 });
    expect(unitScale(parseUnit('%')!)).toBe(0.01);
  });
});

describe('dimensions', () => {
  const dimension = fc
    .record({
      mass: fc.integer({ min: -4, max: 4 }),
      length: fc.integer({ min: -4, max: 4 }),
      time: fc.integer({ min: -4, max: 4 }),
      current: fc.integer({ min: -4, max: 4 }),
      temperature: fc.integer({ min: -4, max: 4 }),
      pulses: fc.integer({ min: -4, max: 4 }),
    })
    .map((exponents) => fromExponents(exponents));

  it('multiply and divide back', () => {
    fc.assert(
      fc.property(dimension, dimension, (left, right) => {
        expect(isSameDimension(divideDimensions(multiplyDimensions(left, right), right), left)).toBe(true);
        expect(isSameDimension(raiseDimension(raiseDimension(left, 1 / 3), 3), left)).toBe(true);
        expect(isSameDimension(multiplyDimensions(left, right), multiplyDimensions(right, left))).toBe(true);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it.each([
    ['V', 'voltage (V)', 'V'],
    ['1', 'a plain number', '1'],
    ['S/s', 'S/s', 'S/s'],
    ['mC/S', 'C/S', 'C/S'],
    ['uS/V', 'S/V', 'S/V'],
    ['V*V', 'V^2', 'V^2'],
    ['S*S', 'S^2', 'S^2'],
    ['m*m', 'm^2', 'm^2'],
    ['V/m', 'V/m', 'V/m'],
    ['J*T', 'J*T', 'J*T'],
    ['m*m*m*m', 'm^4', 'm^4'],
  ])('of %s are described as %s', (unit, words, symbol) => {
    expect(describeDimension(dimensionOf(unit))).toBe(words);
    expect(siSymbol(dimensionOf(unit))).toBe(symbol);
  });
});

describe('literals', () => {
  it.each([
    ['10', 'us', 1e-5],
    ['0.1', 'uS', 1e-7],
    ['12', '%', 0.12],
    ['2.3', '%', 0.023],
    ['1.5e3', 'mV', 1.5],
    ['7', undefined, 7],
  ])('%s %s is the nearest double', (digits, unit, value) => {
    expect(quantityFromLiteral(digits, unit === undefined ? undefined : parseUnit(unit))).toBe(value);
  });

  it('are read as JavaScript reads the folded literal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99999 }), fc.integer({ min: -18, max: 12 }), (mantissa, exponent) => {
        const unit = { symbol: '', dimension: dimensionOf('1'), exponent };
        expect(quantityFromLiteral(String(mantissa), unit)).toBe(Number(`${mantissa}e${exponent}`));
      }),
      { seed: 2, numRuns: 200 },
    );
  });
});
