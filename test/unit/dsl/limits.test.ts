import { describe, expect, it } from 'vitest';
import { compileText } from '../../support/compile-text.js';

const param = (expression: string) => compileText(`param a = ${expression}\n`).codes;
const repeat = (text: string, count: number) => text.repeat(count);

describe('limits', () => {
  it('allow 256 levels of brackets and refuse 257', () => {
    expect(param(`${repeat('(', 255)}1${repeat(')', 255)}`)).toEqual([]);
    expect(param(`${repeat('(', 257)}1${repeat(')', 257)}`)).toEqual(['dsl/too-deep']);
  });

  it.each([
    ['sums', (count: number) => `1${repeat(' + 1', count)}`],
    ['powers', (count: number) => `1${repeat(' ^ 1', count)}`],
    ['signs', (count: number) => `${repeat('-', count)}1`],
    ['conditions', (count: number) => `${repeat('1 < 2 ? 1 : ', count)}1`],
  ])('allow chains of 250 %s and refuse 50 000 without overflow', (_, chain) => {
    expect(param(chain(250))).toEqual([]);
    expect(param(chain(50_000))).toEqual(['dsl/too-deep']);
  });

  it.each([
    ['brackets', '('],
    ['blocks', 'chip a {'],
    ['conditions', '1 ? '],
    ['calls', 'f('],
    ['brackets behind colons', ':('],
    ['brackets behind questions', '? ('],
  ])('stop at unclosed %s', (_, opening) => {
    expect(param(repeat(opening, 20_000))).toEqual(['dsl/too-deep']);
  });

  it('allow texts and calls of any length', () => {
    expect(param(`"${repeat('a', 2_000_000)}"`)).toEqual([]);
    expect(param(`"${repeat('a', 2_000_000)}`)).toEqual(['dsl/unterminated-text']);
    expect(param(`"${repeat('\\', 2_000_001)}`)).toEqual(['dsl/unterminated-text']);
    expect(param(`exp(${repeat('1, ', 150_000)}1)`)).toEqual(['dsl/argument-count']);
  });

  it.each([
    ['NUL', repeat('\0', 2_000_000), 1],
    ['NUL on every line', repeat('\0\n', 100_000), 100],
    ['letters of another alphabet', repeat('\u00e9\n', 100_000), 100],
    ['clauses that are none', repeat('param\n', 3_000), 100],
    ['errors far apart', repeat('param = 1\n\nparam a = 1\n', 1_000), 100],
  ])('bound the messages that a file of %s takes, and end', (_, text, count) => {
    const { codes } = compileText(text);
    expect(codes.slice(0, count)).not.toContain('dsl/more-faults');
    expect(codes.slice(count)).toEqual(count === 100 ? ['dsl/more-faults'] : []);
  });

  it('refuse more than half a million tokens', () => {
    expect(compileText(repeat('+ ', 500_001)).codes).toEqual(['dsl/too-large']);
  });

  it.each([
    ['a byte order mark and CRLF', '\ufeffparam a = 1\r\nparam b = 2\r\n', []],
    ['a lone carriage return', 'param a = 1\rparam b = a\r', []],
    ['an empty file', '', []],
    ['no final newline', 'param a = 1', []],
    ['NUL', 'param a = \0 1', ['dsl/unexpected-character']],
    ['a second byte order mark', '\ufeff\ufeffparam a = 1', ['dsl/unexpected-character']],
    ['UTF-16', Uint8Array.from(Buffer.from('\ufeffparam a = 1', 'utf16le')), ['dsl/not-utf8']],
    ['a byte that is no UTF-8', Uint8Array.of(0x2f, 0x2f, 0xff), ['dsl/not-utf8']],
    ['a direction mark outside a comment', 'param a\u202e = 1', ['dsl/unexpected-character']],
    ['a direction mark in a comment', '// \u202e\nparam a = 1', []],
    ['an unpaired surrogate escape', 'param \ud83d\ude00 = 1', ['dsl/unexpected-character']],
  ] as const)('give %s a defined result', (_, content, codes) => {
    expect(compileText('', { 'input.ion': content }).codes).toEqual(codes);
  });

  it('take inherited names as names', () => {
    const { network } = compileText(
      'param __proto__ = 1\nparam constructor = __proto__ + 1\nparam toString = constructor\n',
    );
    expect(network).toBeDefined();
  });
});
