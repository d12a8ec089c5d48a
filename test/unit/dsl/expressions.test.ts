import { describe, expect, it } from 'vitest';
import { checkText as check } from '../../support/check-text.js';

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
    ['log10(1000) + sin(0) + cos(0) + atan(0) + acosh(1) + atanh(0)', 4, 'a plain number'],
    ['floor(-1.5) + ceil(-1.5) + round(-1.5)', -5, 'a plain number'],
    ['floor(2.5 pulses)', 2, 'a number of pulses (pulses)'],
    ['sign(-3 V)', -1, 'a plain number'],
    ['(-1) % 3', 2, 'a plain number'],
    ['7 mV % 2 mV', 1e-3, 'voltage (V)'],
    ['min(3 V, 2 V, 1 V) + max(1 V, 5 V, 2 V, 3 V)', 6, 'voltage (V)'],
    ['clamp(7 V, 0 V, 5 V) + clamp(-1 V, 0 V, 5 V)', 5, 'voltage (V)'],
    ['sigmoid(0)', 0.5, 'a plain number'],
    ['heaviside(-1 V) + heaviside(0 V) + heaviside(1 V)', 2, 'a plain number'],
    ['not (1 > 2) and 2 > 1 or 1 > 3 ? 1 : 0', 1, 'a plain number'],
    ['boltzmann * 300 K / elementaryCharge', 0.025852, 'voltage (V)'],
    ['faraday / (elementaryCharge * avogadro)', 1, 'a plain number'],
    ['gasConstant / (boltzmann * avogadro)', 1, 'a plain number'],
    ['cos(pi)', -1, 'a plain number'],
    ['1 min + 1 s', 61, 'time (s)'],
    ['1 eV / elementaryCharge', 1, 'voltage (V)'],
  ])('%s is %s', (text, value, type) => {
    const checked = check(text);
    expect(checked.codes).toEqual([]);
    expect(checked.value).toBeCloseTo(value, value > 1e-3 ? 6 : 15);
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
    ['g > 1 uS and not (v < 0 V) or n == 1', 'a condition'],
    ['1 / t', 'frequency or rate (1/s)'],
    ['count / t', 'pulses/s'],
    ['clamp(g, 1 uS, 2 uS)', 'conductance (S)'],
    ['v ^ 2 / g ^ -1', 'power (W)'],
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
    ['v + v + g', 'dsl/dimension-mismatch', 'g'],
    ['g + v + v', 'dsl/dimension-mismatch', 'g'],
    ['v + g - v + v', 'dsl/dimension-mismatch', 'g'],
    ['v - (v + g)', 'dsl/dimension-mismatch', 'g'],
    ['g % v', 'dsl/dimension-mismatch', 'v'],
    ['max(v, v, g)', 'dsl/dimension-mismatch', 'g'],
    ['clamp(v, 0 V, 1)', 'dsl/dimension-mismatch', '1'],
    ['floor(v)', 'dsl/unexpected-dimension', 'v'],
    ['sin(v)', 'dsl/unexpected-dimension', 'v'],
    ['v and g > g', 'dsl/truth-value', 'v'],
    ['not n', 'dsl/truth-value', 'n'],
    ['"text" + 1', 'dsl/number-expected', '"text"'],
    ['min(v)', 'dsl/unexpected-type', 'v'],
    ['clamp(v)', 'dsl/argument-count', 'clamp(v)'],
    ['g(1)', 'dsl/unexpected-type', 'g'],
    ['sigmod(n)', 'dsl/unknown-name', 'sigmod'],
    ['v + count', 'dsl/dimension-mismatch', 'count'],
    ['3 mdegC', 'dsl/temperature-point', 'mdegC'],
    ['3 degC/s', 'dsl/temperature-point', 'degC/s'],
  ])('%s is refused with %s', (text, code, marked) => {
    const checked = check(text);
    expect(checked.codes[0]).toBe(code);
    expect(checked.marked).toBe(marked);
  });

  it('says one thing about one mistake', () => {
    expect(check('sqrt(exp(unknown) + 1) * g + v ^ unknown2').codes).toEqual(['dsl/unknown-name', 'dsl/unknown-name']);
    expect(check('(g + v) + 1 > 2 ? 3 : 4').codes).toEqual(['dsl/dimension-mismatch']);
  });

  it('marks the odd term by what most terms are, and says both dimensions', () => {
    const { messages, diagnostics } = check('t / 1 s + n + v + n');
    expect(messages).toEqual(['`+` needs the same dimension on both sides, found a plain number and voltage (V)']);
    expect(diagnostics[0]?.related?.map(({ message }) => message)).toEqual(['this side is a plain number']);
  });

  it('has the name of what is nearest, also among functions and constants', () => {
    expect(check('boltzman * n').diagnostics[0]?.help).toBe('did you mean `boltzmann`?');
    expect(check('sqr(n)').diagnostics[0]?.help).toBe('did you mean `sqrt`?');
  });

  it('lets names of the text hide constants and functions', () => {
    expect(check('pi', ['pi = 3 V'])).toMatchObject({ value: 3, type: 'voltage (V)' });
    expect(check('abs(2)', ['abs(x) = x * x * x'])).toMatchObject({ value: 8, codes: [] });
  });

  it('warns of percentages among counts', () => {
    expect(check('20 + 10 %')).toMatchObject({ codes: ['dsl/percentage-of-count'], marked: '10 %', value: 20.1 });
    expect(check('20 < 10 %').codes).toEqual(['dsl/percentage-of-count']);
    expect(check('1 + 10 %').codes).toEqual([]);
    expect(check('count + 10 %').diagnostics[0]?.help).toContain('multiply');
  });
});

describe('temperatures', () => {
  it.each([
    ['25 degC', 298.15, 'temperature (degC)'],
    ['-40 degC', 233.15, 'temperature (degC)'],
    ['25 degC - 20 degC', 5, 'temperature (K)'],
    ['25 degC + 5 K', 303.15, 'temperature (degC)'],
    ['5 K + 25 degC', 303.15, 'temperature (degC)'],
    ['25 degC - 5 K', 293.15, 'temperature (degC)'],
    ['300 K - 25 degC', 1.85, 'temperature (K)'],
    ['max(25 degC, 300 K)', 300, 'temperature (degC)'],
    ['25 degC > 298 K ? 1 : 0', 1, 'a plain number'],
    ['2 * (30 degC - 25 degC)', 10, 'temperature (K)'],
    ['mean([20 degC - 0 degC, 40 K])', 30, 'temperature (K)'],
  ])('%s is %s', (text, value, type) => {
    const checked = check(text);
    expect(checked.codes).toEqual([]);
    expect(checked.value).toBeCloseTo(value, 10);
    expect(checked.type).toBe(type);
  });

  it.each([
    ['20 degC + 25 degC', '25 degC'],
    ['2 * 25 degC', '25 degC'],
    ['25 degC / 2', '25 degC'],
    ['25 degC ^ 2', '25 degC'],
    ['boltzmann * 25 degC', '25 degC'],
    ['-(25 degC)', '(25 degC)'],
    ['abs(25 degC)', '25 degC'],
    ['sum([25 degC, 30 degC])', '[25 degC, 30 degC]'],
  ])('%s is refused', (text, marked) => {
    expect(check(text)).toMatchObject({ codes: ['dsl/temperature-point'], marked });
  });
});
