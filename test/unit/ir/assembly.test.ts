/** The assembly language: any words survive it, and what is not understood is told where it stands. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { ASSEMBLY_CATALOGUE } from '../../../src/ir/assembly/catalogue.js';
import { parseAssembly } from '../../../src/ir/assembly/parse.js';
import { printAssembly } from '../../../src/ir/assembly/print.js';
import type { ControllerSizes, LegalModule } from '../../../src/ir/legal.js';
import { opFormat } from '../../../src/ir/microcode.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { hasEvenParity, toLanes, unpackWord } from '../../../src/ir/word-format.js';
import { arbitraryProgram } from '../../support/arbitrary-pulse-program.js';
import { pulseProgram, scheduledModule, segment } from '../../support/pulse-program.js';

const BASE: LegalModule = encode(scheduledModule(pulseProgram({ rows: 4, columns: 4, operations: [segment({})] })));

function formatOf(sizes: Partial<ControllerSizes>) {
  return opFormat({ ...BASE.sizes, ...sizes });
}

const FORMAT = formatOf({ rowPlaneBits: 4, columnPlaneBits: 5, levelBits: 2, tiles: 3, addressBits: 6 });

function parse(text: string, format = FORMAT) {
  const diagnostics = new DiagnosticBag();
  const parsed = parseAssembly({ text, file: 'trial.s' }, format, diagnostics);
  return { words: parsed?.words, labels: parsed?.labels, found: diagnostics.all };
}

describe('assembly language', () => {
  it('gives back arbitrary words', () => {
    const sizes = fc.record({
      rowPlaneBits: fc.nat(6),
      columnPlaneBits: fc.nat(6),
      levelBits: fc.integer({ min: 1, max: 3 }),
      tiles: fc.integer({ min: 1, max: 4 }),
      addressBits: fc.integer({ min: 4, max: 10 }),
      dwellBits: fc.integer({ min: 20, max: 48 }),
    });
    const words = fc.array(fc.bigInt({ min: 0n, max: 2n ** 200n - 1n }), { maxLength: 16 });
    fc.assert(
      fc.property(sizes, words, (chosen, numbers) => {
        const format = formatOf(chosen);
        const lanes = numbers.map((number) => toLanes(BigInt.asUintN(format.width, number), format.width));
        expect(parse(printAssembly(lanes, format), format).words).toEqual(lanes);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('gives back the words of random programs, in words of the language', () => {
    fc.assert(
      fc.property(arbitraryProgram({ hasSpikes: true, hasMarks: true, hasControl: true }), ({ program }) => {
        const { program: legal, opFormat: format } = encode(scheduledModule(program));
        const text = printAssembly(legal.words, format);
        expect(text).not.toContain('.word');
        expect(parse(text, format).words).toEqual(legal.words);
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('reads labels, alignment, comments and defaults', () => {
    const { words, labels, found } = parse(`
      ; a loop of two segments
      start:  fire rows=counter1 columns=plane(0x11) row-level=2 for=10 rest=always
              drive sample=-add hold for=3 ends=1 -> body
              .align 4
      body:   .word 0x0
      out:    set 2 100 -> start
      last:
    `);
    expect(found).toEqual([]);
    expect([...(labels ?? [])]).toEqual([
      ['start', 0],
      ['body', 4],
      ['out', 5],
      ['last', 6],
    ]);
    const fields = words?.map((lanes) => unpackWord(FORMAT, lanes)) ?? [];
    expect(fields).toHaveLength(6);
    expect(fields[0]).toMatchObject({ kind: 1, fires: 1, row: 3, column: 8, column_plane: 17, row_level: 2, next: 1 });
    expect(fields[1]).toMatchObject({ fires: 0, samples: 12, hold: 1, end: 2, next: 4, column_level: 1, tiles: 7 });
    expect(fields[5]).toMatchObject({ kind: 3, dwell: 2 + 4 * 100, next: 0 });
  });

  it.each([
    ['assembly/unknown-instruction', 'jump w0', 'jump'],
    ['assembly/unknown-operand', 'drive colour=red', 'colour=red'],
    ['assembly/unknown-operand', 'stop now', 'now'],
    ['assembly/unknown-operand', 'fire hold=yes', 'hold=yes'],
    ['assembly/operand-twice', 'fire rail=1 rail=2', 'rail=2'],
    ['assembly/operand-missing', 'wait', 'wait'],
    ['assembly/operand-missing', 'set 1', 'set'],
    ['assembly/bad-value', 'wait rain', 'rain'],
    ['assembly/bad-value', 'fire rows=several', 'rows=several'],
    ['assembly/bad-value', 'fire rows=__proto__', 'rows=__proto__'],
    ['assembly/bad-value', 'drive for=ever', 'for=ever'],
    ['assembly/bad-value', '.align 3', '3'],
    ['assembly/bad-value', '.word twelve', 'twelve'],
    ['assembly/bad-value', 'drive ends=3', 'ends=3'],
    ['assembly/does-not-fit', 'drive rows=plane(16)', 'rows=plane(16)'],
    ['assembly/does-not-fit', 'command field 256', '256'],
    [
      'assembly/does-not-fit',
      '.word 0xfffffffffffffffffffffffffffffffffffff',
      '0xfffffffffffffffffffffffffffffffffffff',
    ],
    ['assembly/does-not-fit', 'drive -> 64', '64'],
    ['assembly/unknown-label', 'drive -> nowhere', 'nowhere'],
    ['assembly/label-twice', 'a: stop\na: stop', 'a'],
  ])('tells %s of `%s`', (code, text, place) => {
    const { words, found } = parse(text);
    expect(words).toBeUndefined();
    expect(found.map((diagnostic) => diagnostic.code)).toEqual([code]);
    const span = found[0]?.span;
    expect(text.slice(span?.start.offset, span?.end.offset).replace(/:$/, '')).toBe(place);
  });

  it('computes parities, and tells and keeps a wrong one', () => {
    const { words, found } = parse('fire rows=all for=10\nwait tick\n.word 0x7');
    expect(words?.map(hasEvenParity)).toEqual([true, true, false]);
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([['assembly/wrong-parity', 'warning']]);
    const text = printAssembly(words ?? [], FORMAT);
    expect(text.match(/; parity is wrong$/gm)).toHaveLength(1);
    expect(parse(text).words).toEqual(words);
  });

  it('tells of every diagnostic of its catalogue above', () => {
    expect(Object.keys(ASSEMBLY_CATALOGUE.entries)).toHaveLength(9);
  });

  it('refuses more words than addresses', () => {
    expect(parse('stop\n'.repeat(65)).found.map(({ code }) => code)).toEqual(['assembly/does-not-fit']);
    expect(parse('stop\n'.repeat(64)).words).toHaveLength(64);
  });
});
