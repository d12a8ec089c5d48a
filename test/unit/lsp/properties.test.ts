/** Whatever is typed, the features answer. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complete } from '../../../src/lsp/features/completion.js';
import { findDefinition } from '../../../src/lsp/features/definition.js';
import { documentSymbols } from '../../../src/lsp/features/document-symbols.js';
import { hover } from '../../../src/lsp/features/hover.js';
import { findReferences } from '../../../src/lsp/features/references.js';
import { rename } from '../../../src/lsp/features/rename.js';
import { signatureHelp } from '../../../src/lsp/features/signature-help.js';
import { observeFile } from '../../../src/lsp/observations.js';
import { arbitraryProgram } from '../../support/arbitrary-program.js';
import { REPOSITORY } from '../../support/golden.js';
import { atCursor } from '../../support/editor.js';

const example = readFileSync(path.join(REPOSITORY, 'examples/eis-stdp/stdp.ion'), 'utf8').replaceAll('|', '');

/** Asks everything there is to ask about a place; the answers' ranges must lie in the text. */
function askAll(text: string): void {
  const { index, offset, workspace } = atCursor({ 'a.ion': text });
  const lines = index.text.split(/\r\n|[\r\n]/).length;
  const answer = hover(index, offset, workspace, () => observeFile('a.ion', workspace));
  if (answer?.range) expect(answer.range.end.line).toBeLessThan(lines);
  complete(index, offset, workspace);
  signatureHelp(index, offset, workspace);
  findDefinition(index, offset, workspace);
  rename(index, offset, 'somethingNew', workspace);
  for (const { range } of findReferences(index, offset, true, workspace)) expect(range.end.line).toBeLessThan(lines);
  for (const { range } of documentSymbols(index)) expect(range.end.line).toBeLessThan(lines);
}

const withCursor = (text: string, at: number): string => {
  const offset = Math.floor(at * (text.length + 1));
  return `${text.slice(0, offset)}|${text.slice(offset)}`;
};

describe('every feature', () => {
  it('answers at any place of an example, whole or cut', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
    fc.assert(
      fc.property(
        share,
        share,
        fc.nat(30),
        fc.constantFrom('', '"', '{', '}', ' = ', '.', '('),
        (at, cut, removed, inserted) => {
          // prettier-ignore
          const from = Math.floor(cut * example.length);
          askAll(withCursor(example.slice(0, from) + inserted + example.slice(from + removed), at));
        },
      ),
      { numRuns: 150, seed: 5 },
    );
  });

  it('answers at any place of generated programs', () => {
    const source = arbitraryProgram.map((text) => text.replaceAll('|', ''));
    fc.assert(
      fc.property(source, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (text, at) => {
        askAll(withCursor(text, at));
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});
