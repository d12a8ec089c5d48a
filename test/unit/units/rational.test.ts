import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addRationals,
  divideRationals,
  isInteger,
  multiplyRationals,
  numberFromRational,
  raiseRational,
  rationalFromDecimal,
  rationalFromNumber,
  roundRational,
  subtractRationals,
  type Rational,
} from '../../../src/units/rational.js';

const decimal = (text: string): Rational => rationalFromDecimal(text)!;

/** Equal as fractions, whatever their form. */
function isEqual(left: Rational | undefined, right: Rational | undefined): boolean {
  return left !== undefined && right !== undefined && subtractRationals(left, right)?.numerator === 0n;
}

const rational = fc
  .tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(1n, 10n ** 6n), fc.integer({ min: -20, max: 20 }))
  .map(([numerator, denominator, exponent]): Rational => ({ numerator, denominator, exponent }));
const runs = { seed: 1, numRuns: 300 };

describe('exact numbers', () => {
  it.each([
    ['0', 0],
    ['12.50', 12.5],
    ['1e-5', 1e-5],
    ['2.5E+3', 2500],
    ['-273.15', -273.15],
    ['0.1000000000000000055511151231257827', 0.1],
    ['9007199254740993', 9007199254740992],
  ])('read %s as the nearest double %s', (text, value) => {
    expect(numberFromRational(decimal(text))).toBe(value);
  });

  it('give up on texts without an end and exponents beyond all doubles', () => {
    expect(rationalFromDecimal('1'.repeat(2000))).toBeUndefined();
    expect(rationalFromDecimal('1e9999')).toBeUndefined();
    expect(rationalFromNumber(Infinity)).toBeUndefined();
  });

  it('read every double from its shortest decimal', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(numberFromRational(rationalFromNumber(value)!) + 0).toBe(value + 0);
      }),
      runs,
    );
  });

  it('divide to the nearest double, as division of integers does', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 2 ** 31 - 1 }), (left, right) => {
        const quotient = divideRationals(rationalFromNumber(left)!, rationalFromNumber(right)!)!;
        expect(numberFromRational(quotient) + 0).toBe(left / right + 0);
      }),
      runs,
    );
  });

  it('obey the laws of a field', () => {
    fc.assert(
      fc.property(rational, rational, rational, (a, b, c) => {
        expect(isEqual(addRationals(a, b), addRationals(b, a))).toBe(true);
        expect(isEqual(addRationals(subtractRationals(a, b)!, b), a)).toBe(true);
        const distributed = addRationals(multiplyRationals(a, c)!, multiplyRationals(b, c)!);
        expect(isEqual(multiplyRationals(addRationals(a, b)!, c), distributed)).toBe(true);
        if (b.numerator !== 0n) expect(isEqual(multiplyRationals(divideRationals(a, b)!, b), a)).toBe(true);
        else expect(divideRationals(a, b)).toBeUndefined();
      }),
      runs,
    );
  });

  it('round halves away from zero', () => {
    const rounded = ['2.5', '-2.5', '2.49999999999999999999', '-0.5', '0.4'].map((text) =>
      roundRational(decimal(text)),
    );
    expect(rounded).toEqual([3n, -3n, 2n, -1n, 0n]);
    expect([isInteger(decimal('3.000')), isInteger(decimal('3.0001')), isInteger(decimal('5e3'))]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('raise to integer powers, and to no others', () => {
    expect(isEqual(raiseRational(decimal('0.1'), -3), decimal('1000'))).toBe(true);
    expect(isEqual(raiseRational(decimal('7'), 0), decimal('1'))).toBe(true);
    expect(raiseRational(decimal('2'), 0.5)).toBeUndefined();
    expect(raiseRational(decimal('0'), -1)).toBeUndefined();
  });

  it('stop growing', () => {
    let value: Rational | undefined = decimal('1.000000001');
    let steps = 0;
    for (; value && steps < 10_000; steps++) value = multiplyRationals(value, decimal('0.999999997'));
    expect(value).toBeUndefined();
    expect(steps).toBeLessThan(100);
  });
});
