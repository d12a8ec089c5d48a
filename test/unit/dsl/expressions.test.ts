import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { checkExpression } from '../../../src/dsl/check/check-expression.js';
import { EMPTY_SCOPE, extendScope } from '../../../src/dsl/check/scope.js';
import { describeType, quantityType } from '../../../src/dsl/check/value-type.js';
import { parseExpression } from '../../../src/dsl/parse/parse-source.js';
import { parseUnit } from '../../../src/units/unit.js';

const scope = extendScope(
  EMPTY_SCOPE,
  [
    ['g', 'S'],
    ['v', 'V'],
    ['n', '1'],
  ].map(([name = '', unit = '']) => [
    name,
    { kind: 'value', type: quantityType(parseUnit(unit)!.dimension), expression: { kind: 'reference', name } },
  ]),
);

function check(text: string) {
  const diagnostics = new DiagnosticBag();
  const node = parseExpression('input.ion', text, diagnostics);
  const typed = node && checkExpression(node, { scope, diagnostics });
  const { start, end } = diagnostics.all[0]?.span ?? {};
  return {
    type: typed && describeType(typed.type),
    value: typed?.constant,
    codes: diagnostics.all.map(({ code }) => code),
    marked: text.slice(start?.offset, end?.offset),
  };
}

describe('expressions', () => {
  it.each([
    ['1 + 2 * 3 ^ 2 ^ 0', 7, 'a plain number'],
    ['-2 ^ 2', -4, 'a plain number'],
    ['2 ^ -1', 0.5, 'a plain number'],
    ['8 / 4 / 2', 1, 'a plain number'],
    ['10 - 3 - 2', 5, 'a plain number'],
    ['1 < 2 ? 3 : 4 > 5 ? 6 : 7', 3, 'a plain number'],
    ['2 < 1 ? 3 : 4 > 5 ? 6 : 7', 7, 'a plain number'],
    ['5 V ^ 2', 25, 'V^2'],
    ['5 V^2', 5, 'V^2'],
    ['sqrt(4 uS * 1 uS)', 2e-6, 'conductance (S)'],
    ['min(3 V, 2 V) + abs(-1 V)', 3, 'voltage (V)'],
    ['exp(0) + ln(1) + sinh(0) + cosh(0) + tanh(0) + asinh(0)', 2, 'a plain number'],
    ['10 mC/S * 1 uS', 1e-8, 'charge (C)'],
    ['50 % + 0.5', 1, 'a plain number'],
  ])('%s is %s', (text, value, type) => {
    const checked = check(text);
    expect(checked.codes).toEqual([]);
    expect(checked.value).toBeCloseTo(value, 15);
    expect(checked.type).toBe(type);
  });

  it('counts 100 clocks of 10 MHz in 10 us, to the last bit but one', () => {
    expect(check('10 us * 10 MHz').value).toBeCloseTo(100, 12);
  });

  it.each([
    ['g * v', 'current (A)'],
    ['g ^ 2', 'S^2'],
    ['g ^ 0.5 * g ^ 0.5', 'conductance (S)'],
    ['(g / 1 uS) ^ n', 'a plain number'],
    ['v / 1 s', 'V/s'],
    ['g > 1 uS', 'a condition'],
  ])('%s is %s', (text, type) => {
    expect(check(text)).toMatchObject({ codes: [], type });
  });

  it.each([
    ['g + v', 'dsl/dimension-mismatch', 'v'],
    ['g < 1 V', 'dsl/dimension-mismatch', '1 V'],
    ['n > 1 ? g : v', 'dsl/dimension-mismatch', 'v'],
    ['max(g, v)', 'dsl/dimension-mismatch', 'v'],
    ['exp(v)', 'dsl/unexpected-dimension', 'v'],
    ['n ^ v', 'dsl/unexpected-dimension', 'v'],
    ['g ^ n', 'dsl/exponent-not-constant', 'n'],
    ['g ? 1 : 2', 'dsl/truth-value', 'g'],
    ['(g > g) + 1', 'dsl/truth-value', '(g > g)'],
    ['abs(g > g)', 'dsl/truth-value', 'g > g'],
    ['-(g > g)', 'dsl/truth-value', '(g > g)'],
    ['sine(n)', 'dsl/unknown-name', 'sine'],
    ['toString(n)', 'dsl/unknown-name', 'toString'],
    ['__proto__', 'dsl/unknown-name', '__proto__'],
    ['hypot + g + exp(hypot) ^ hypot', 'dsl/unknown-name', 'hypot'],
    ['(g + v) * (unknown + 1)', 'dsl/dimension-mismatch', 'v'],
    ['5 mC / S', 'dsl/unknown-name', 'S'],
  ])('%s is refused with %s', (text, code, marked) => {
    const checked = check(text);
    expect(checked.codes[0]).toBe(code);
    expect(checked.marked).toBe(marked);
  });

  it('says one thing about one mistake', () => {
    expect(check('sqrt(exp(unknown) + 1) * g + v ^ unknown2').codes).toEqual(['dsl/unknown-name', 'dsl/unknown-name']);
    expect(check('(g + v) + 1 > 2 ? 3 : 4').codes).toEqual(['dsl/dimension-mismatch']);
  });
});
