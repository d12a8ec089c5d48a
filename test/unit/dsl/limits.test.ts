import { describe, expect, it } from 'vitest';
import { compileText } from '../../support/compile-text.js';

/** The codes of the errors; that a name is not used is no error. */
function errorsOf(content: string | Uint8Array): string[] {
  const { diagnostics } = compileText('', { 'input.ion': content });
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

const param = (expression: string) => errorsOf(`param a = ${expression}\n`);
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
  ])('allow chains of 250 %s and refuse 25 000 without overflow', (_, chain) => {
    expect(param(chain(250))).toEqual([]);
    expect(param(chain(25_000))).toEqual(['dsl/too-deep']);
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
    expect(param(`"${repeat('a', 1_000_000)}"`)).toEqual([]);
    expect(param(`"${repeat('a', 1_000_000)}`)).toEqual(['dsl/unterminated-text']);
    expect(param(`"${repeat('\\', 1_000_001)}`)).toEqual(['dsl/unterminated-text']);
    expect(param(`exp(${repeat('1, ', 100_000)}1)`)).toEqual(['dsl/argument-count']);
  });

  it.each([
    ['NUL', repeat('\0', 1_000_000), 1],
    ['NUL on every line', repeat('\0\n', 100_000), 100],
    ['letters of another alphabet', repeat('\u00e9\n', 100_000), 100],
    ['clauses that are none', repeat('param\n', 3_000), 100],
    ['errors far apart', repeat('param = 1\n\nparam a = 1\n', 1_000), 100],
  ])('bound the messages that a file of %s takes, and end', (_, text, count) => {
    const { codes } = compileText(text);
    expect(codes.slice(0, count)).not.toContain('dsl/more-faults');
    expect(codes.slice(count)).toEqual(count === 100 ? ['dsl/more-faults'] : []);
  });

  it('refuse more than a quarter of a million tokens', () => {
    expect(errorsOf(repeat('+ ', 250_001))).toEqual(['dsl/too-large']);
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
    expect(errorsOf(content)).toEqual(codes);
  });

  it('bound imports in number and size', () => {
    const imports = Array.from({ length: 1_000 }, (_, index) => `import chip C${index} from "./${index}.ion"\n`);
    const missing = compileText(imports.join('')).codes;
    expect(missing.filter((code) => code === 'dsl/too-large')).toHaveLength(1);
    const chain = Object.fromEntries(
      Array.from({ length: 6 }, (_, index) => [`${index}.ion`, `${imports[index + 1]}//${repeat(' ', 900_000)}`]),
    );
    expect(compileText(imports[0] ?? '', chain).codes).toEqual(['dsl/too-large']);
  });

  it('compare a misspelt name with few others, however many there are', () => {
    const names = Array.from({ length: 15_000 }, (_, index) => `param p${index} = q${index}\n`);
    const { diagnostics } = compileText(names.join(''));
    expect(diagnostics.map(({ code }) => code)).toEqual([
      ...Array<string>(100).fill('dsl/unknown-name'),
      'dsl/more-faults',
    ]);
    expect(diagnostics[99]).toMatchObject({ message: 'unknown name `q99`', help: 'did you mean `p99`?' });
  });

  it.each([
    ['text', 'param a = "b'],
    ['text behind a backslash', 'param a = "b\\'],
    ['block', 'chip a {'],
    ['bracket', 'param a = (1'],
    ['vector', 'param a = [1, 2'],
    ['call', 'param a = max(1,'],
    ['condition', 'param a = b ? 1'],
    ['list', 'import device a,'],
    ['range', 'chip a { tile 1 x 1 { rails 0 V .. '],
    ['name', 'param '],
    ['comment', 'param a = // 1'],
  ])('say once that a %s does not end', (_, text) => {
    expect(errorsOf(text)).toHaveLength(1);
    expect(errorsOf(`${text}\n`)).toHaveLength(1);
  });

  it.each([
    'module',
    'endmodule',
    'always_ff',
    'logic',
    'wire',
    'begin',
    'interface',
    'class',
    'const',
    'await',
    'yield',
  ])('take %s, which other languages reserve, as a name', (name) => {
    expect(param(`${name}\nparam ${name} = 1`)).toEqual(['dsl/used-before-declared']);
    expect(errorsOf(`param ${name} = 1\nparam a = ${name}`)).toEqual([]);
  });

  it.each([
    ['a lone continuation byte', [0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['an encoded surrogate', [0xed, 0xa0, 0x80]],
    ['a code point beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['a sequence that is cut short', [0xe2, 0x82]],
    ['a byte that never occurs', [0xfe]],
  ])('refuse %s', (_, bytes) => {
    expect(errorsOf(Uint8Array.from([...Buffer.from('// '), ...bytes]))).toEqual(['dsl/not-utf8']);
  });

  const lines = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');

  // With work by pairs of names, each of these takes ten seconds and more
  it.each([
    [
      'imported names',
      () =>
        compileText(
          `import ${lines(30_000, (i) => `m${i},`).replaceAll('\n', ' ')}module m30000 from "./many.ion"`.replace(
            'import m0',
            'import module m0',
          ),
          { 'many.ion': lines(30_001, (i) => `module m${i} {\n}`) },
        ),
    ],
    [
      'traces',
      () =>
        compileText(`rule r {
      weight w : S
      ${lines(10_000, (i) => `trace t${i} : 1 per pre\n evolve t${i} = -t${i} / 1 s`)}
      on pre { w += 1 nS * t0 }
    }`),
    ],
    [
      'populations that conditions name',
      () => compileText(`network N {\n${lines(6000, (i) => `population a${i} : lif\n invariant a${i}.rate < 5 Hz`)}}`),
    ],
  ])('take time in proportion to %s', (_, compiled) => {
    const start = performance.now();
    expect(compiled().diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('bound what modules with many settings cost together', () => {
    const text = `module Wide {
      param n = 1
      ${lines(300, (i) => `population p${i} : lif[n]`)}
    }
    network Net {
      ${lines(900, (i) => `use Wide as m${i} { n = ${i + 2} }`)}
    }`;
    expect(errorsOf(text)).toEqual(['dsl/expansion-limit']);
  });

  it.each([
    ['indices', 'projection a[i % 8] -> b all-to-all'],
    ['connections', 'connect a[0] -> m[i].in'],
  ])('bound how many rounds of loops are tried for %s', (_, clause) => {
    const text = `module M {
      input in : spikes
      population p : lif
      projection in -> p all-to-all
    }
    network N {
      population a : spikes[8]
      population b : lif[8]
      use M[4096] as m
      for i in 0 .. 4095 {
        ${repeat(`${clause}\n`, 1000)}
      }
    }`;
    expect(errorsOf(text)).toContain('dsl/expansion-limit');
  });

  it('take huge numbers for what they are', () => {
    expect(param(repeat('9', 308))).toEqual([]);
    expect(param(repeat('9', 400))).toEqual(['dsl/number-out-of-range']);
    expect(param(repeat('9', 1_000_000))).toEqual(['dsl/number-out-of-range']);
    expect(param('1e-999999999999999999999')).toEqual(['dsl/number-out-of-range']);
  });

  it('take inherited names as names', () => {
    const { network } = compileText(
      'param __proto__ = 1\nparam constructor = __proto__ + 1\nparam toString = constructor\n',
    );
    expect(network).toBeDefined();
  });
});
