import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { checkConstant, checkInteger, checkQuantity } from '../../../src/dsl/check/check-constant.js';
import { checkDeclared } from '../../../src/dsl/check/check-declared.js';
import { DIMENSION } from '../../../src/dsl/check/dimensions.js';
import { describeType } from '../../../src/dsl/check/value-type.js';
import { parseExpression } from '../../../src/dsl/parse/parse-source.js';
import { clocksFor } from '../../../src/ir/passes/operations.js';
import { SCOPE } from '../../support/check-text.js';

function checked<Result>(
  text: string,
  check: (
    node: NonNullable<ReturnType<typeof parseExpression>>,
    context: { scope: typeof SCOPE; diagnostics: DiagnosticBag },
  ) => Result,
) {
  const diagnostics = new DiagnosticBag();
  const node = parseExpression('input.ion', text, diagnostics);
  const result = node && check(node, { scope: SCOPE, diagnostics });
  const [first] = diagnostics.all;
  return { result, codes: diagnostics.all.map(({ code }) => code), message: first?.message, help: first?.help };
}

const integer = (text: string) =>
  checked(text, (node, context) =>
    checkInteger(node, { what: 'number of cells', min: 0, max: Number.MAX_SAFE_INTEGER }, context),
  );
const time = (text: string) =>
  checked(text, (node, context) => checkConstant(node, { what: 'width', dimension: DIMENSION.time }, context));
const declared = (text: string, symbol: string) =>
  checked(text, (node, context) => {
    const { type, constant } = checkDeclared(
      node,
      { what: 'parameter `tau`', unit: { symbol, span: node.span } },
      context,
    );
    return [describeType(type), constant];
  });

describe('constants', () => {
  it.each([
    ['0.1 s + 0.2 s', 0.3],
    ['1 s / 3 * 3', 1],
    ['(0.7 s + 0.1 s) * 10', 8],
    ['1 h - 59 min', 60],
  ])('%s is rounded once', (text, value) => {
    expect(time(text)).toMatchObject({ result: value, codes: [] });
  });

  it.each([
    ['0.1 s + 0.2 s', 10, 3],
    ['10 us', 1e7, 100],
    ['10.01 us', 1e7, 101],
    ['1 us / 7 * 7', 1e6, 1],
    ['0 s', 1e6, 1],
  ])('%s at %s Hz takes %s clocks', (text, hertz, clocks) => {
    expect(clocksFor(time(text).result ?? NaN, hertz)).toBe(clocks);
  });

  it('depend on nothing that runs', () => {
    expect(time('t')).toMatchObject({ codes: ['dsl/constant-expected'], result: NaN });
    expect(time('1 s / 0')).toMatchObject({ codes: ['dsl/not-finite'] });
  });
});

describe('integers', () => {
  it.each([
    ['10 us * 10 MHz', 100],
    ['0.1 * 3 * 10', 3],
    ['9007199254740991', 9007199254740991],
    ['sqrt(16)', 4],
    ['50 % * 8', 4],
  ])('%s is %s', (text, value) => {
    expect(integer(text)).toMatchObject({ result: value, codes: [] });
  });

  it.each(['9007199254740993', '1 + 1e-30', '1e300', '0.5', '1 - 3', '3.0000000000000000001'])(
    '%s is refused, however near a double is to an integer',
    (text) => {
      expect(integer(text)).toMatchObject({ codes: ['dsl/integer-range'], result: NaN });
    },
  );
});

describe('declared units', () => {
  it.each([
    ['20 ms', 'ms', 'time (s)', 0.02],
    ['1 min', 's', 'time (s)', 60],
    ['25 degC', 'K', 'temperature (K)', 298.15],
    ['298.15 K', 'degC', 'temperature (degC)', 298.15],
    ['5 %', '1', 'a plain number', 0.05],
  ])('%s in %s is %s', (text, unit, type, value) => {
    expect(declared(text, unit)).toMatchObject({ codes: [], result: [type, value] });
  });

  it('tell how to write a number without its unit', () => {
    expect(declared('20', 'ms')).toMatchObject({
      codes: ['dsl/unexpected-dimension'],
      message: 'parameter `tau` must be time (s), found a plain number',
      help: 'write `20 ms`',
    });
    expect(declared('n / 2', 'ms').help).toBeUndefined();
  });

  it('tell a unit that differs in capitals only', () => {
    expect(declared('10 Ms', 's').codes).toEqual([]);
    expect(declared('10 mS', 's').help).toBe('did you mean `ms`?');
    expect(declared('10 MS', 's').help).toBe('did you mean `Ms`?');
    expect(declared('10 us', 'S').help).toBe('did you mean `uS`?');
    expect(declared('-10 mv', 'S').codes).toEqual(['dsl/unknown-unit']);
    expect(declared('10 V', 's').help).toBeUndefined();
  });

  it('ask for differences of temperature in kelvin', () => {
    const step = { what: 'deviation', dimension: DIMENSION.temperature, isDifference: true as const };
    const difference = (text: string) => checked(text, (node, context) => checkQuantity(node, step, context).constant);
    expect(difference('5 degC').codes).toEqual(['dsl/temperature-point']);
    expect(difference('5 K')).toMatchObject({ codes: [], result: 5 });
    expect(difference('30 degC - 25 degC').codes).toEqual([]);
  });
});
