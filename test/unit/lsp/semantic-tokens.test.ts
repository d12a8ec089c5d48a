/** Highlighting: what each word of a text is, keywords that are names among them. */
import { describe, expect, it } from 'vitest';
import { semanticTokens } from '../../../src/lsp/features/semantic-tokens.js';
import { atCursor } from '../../support/editor.js';

/** `text:kind` of every token. */
function tokensOf(text: string): readonly string[] {
  const { index, workspace } = atCursor({ 'a.ion': `${text}|` });
  return semanticTokens(index, workspace.resolver).map(({ from, to, kind }) => `${text.slice(from, to)}:${kind}`);
}

describe('tokens', () => {
  it('of a clause: keywords, numbers, units, comments', () => {
    expect(tokensOf('// bench\nchip Board {\n  clock 10 MHz // fast\n}')).toEqual([
      ...['// bench:comment', 'chip:keyword', 'Board:item', '{:operator', 'clock:keyword', '10:number', 'MHz:unit'],
      ...['// fast:comment', '}:operator'],
    ]);
  });

  it('of a keyword that is used as a name are those of the name', () => {
    const text = 'rule step {\n  param window : nS = 2 nS\n  weight w : S in 0 S .. window\n}';
    const tokens = tokensOf(text);
    expect(tokens).toContain('step:item');
    expect(tokens.filter((token) => token.startsWith('window'))).toEqual(['window:value', 'window:value']);
    expect(tokens).toContain('nS:unit');
  });

  it('of calls and of what another file declares', () => {
    const tokens = tokensOf('import device yszEcram from "std/devices"\nparam a = exp(2) * missing');
    expect(tokens).toEqual([
      ...['import:keyword', 'device:keyword', 'yszEcram:item', 'from:keyword', '"std/devices":text'],
      ...['param:keyword', 'a:value', '=:operator', 'exp:function', '(:operator', '2:number', '):operator'],
      ...['*:operator', 'missing:name'],
    ]);
  });

  it('cover a text with mistakes in order and without overlap', () => {
    const { index, workspace } = atCursor({ 'a.ion': 'chip { clock 10 § tile 4 x 4 {|' });
    const tokens = semanticTokens(index, workspace.resolver);
    expect(tokens.length).toBeGreaterThan(3);
    for (const [position, { from, to }] of tokens.entries()) {
      expect(to).toBeGreaterThan(from);
      expect(from).toBeGreaterThanOrEqual(tokens[position - 1]?.to ?? 0);
    }
  });
});
