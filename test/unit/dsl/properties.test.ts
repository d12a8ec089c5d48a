import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { formatSource, compileSource } from '../../../src/dsl/front-end.js';
import { parseSource } from '../../../src/dsl/parse/parse-source.js';
import { printSource } from '../../../src/dsl/print-ast.js';
import { TOKENS } from '../../../src/dsl/parse/tokens.js';
import { arbitraryProgram } from '../../support/arbitrary-program.js';
import { memoryHost } from '../../support/memory-host.js';
import { withoutSpans } from '../../support/without-spans.js';

function parse(text: string) {
  const diagnostics = new DiagnosticBag();
  const tree = parseSource('input.ion', text, diagnostics);
  expect(diagnostics.all, text).toEqual([]);
  return tree!;
}

const commentsOf = (text: string) => [...text.matchAll(/\/\/(?: \w+)?$/gm)].length;

describe('random programs', () => {
  it('print to text that parses to the same tree', () => {
    fc.assert(
      fc.property(arbitraryProgram, (text) => {
        const tree = parse(text);
        expect(withoutSpans(parse(printSource(tree)))).toEqual(withoutSpans(tree));
      }),
      { seed: 20231, numRuns: 300 },
    );
  });

  it('keep all comments, and are formatted once for all', () => {
    fc.assert(
      fc.property(arbitraryProgram, (text) => {
        const once = formatSource('input.ion', text, new DiagnosticBag()) ?? '';
        expect(formatSource('input.ion', once, new DiagnosticBag())).toBe(once);
        expect(commentsOf(once)).toBe(commentsOf(text.replaceAll('\r\n', '\n')));
      }),
      { seed: 20232, numRuns: 300 },
    );
  });

  it('compile or are diagnosed', () => {
    fc.assert(
      fc.property(arbitraryProgram, (text) => {
        const diagnostics = new DiagnosticBag();
        const network = compileSource('input.ion', memoryHost({ 'input.ion': text }), new Map(), diagnostics);
        expect(network === undefined).toBe(diagnostics.hasErrors);
      }),
      { seed: 20233, numRuns: 300 },
    );
  });
});

describe('random soup', () => {
  const words = TOKENS.flatMap(({ LABEL = '' }) => /^`(.*)`$/.exec(LABEL)?.[1] ?? []);
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...words, '5', '5 uS', 'name', '"text"', '// comment\n', '\n') },
    fc.string({ unit: 'binary', maxLength: 4 }),
  );

  it('never throws', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const diagnostics = new DiagnosticBag();
        const host = memoryHost({ 'input.ion': pieces.join(' ') });
        const network = compileSource('input.ion', host, new Map(), diagnostics);
        expect(network === undefined).toBe(diagnostics.hasErrors);
      }),
      { seed: 20234, numRuns: 500 },
    );
  });

  it('never throws as bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const diagnostics = new DiagnosticBag();
        const network = compileSource('input.ion', memoryHost({ 'input.ion': bytes }), new Map(), diagnostics);
        expect(network === undefined).toBe(diagnostics.hasErrors);
      }),
      { seed: 20235, numRuns: 300 },
    );
  });
});
