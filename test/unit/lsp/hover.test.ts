/** Hover over names, numbers, keywords and words. */
import { describe, expect, it } from 'vitest';
import { hover } from '../../../src/lsp/features/hover.js';
import { observeFile } from '../../../src/lsp/observations.js';
import { atCursor } from '../../support/editor.js';

function hoverText(files: Readonly<Record<string, string>>): string {
  const { index, offset, workspace } = atCursor(files);
  const found = hover(index, offset, workspace, () => observeFile(index.file, workspace));
  return found ? (found.contents as { readonly value: string }).value : '';
}

const PARAMS = `param tau = 20 ms
// Ten of them.
// Not more.
param length = 10 * tau
param ratio = length / tau > 5 ? 1 : 2
param voltages = [for i in 0 .. 3 : i * 1 mV]
`;

const at = (needle: string, shift = 0): Readonly<Record<string, string>> => {
  const offset = PARAMS.indexOf(needle) + shift;
  return { 'a.ion': `${PARAMS.slice(0, offset)}|${PARAMS.slice(offset)}` };
};

describe('hover', () => {
  it('over a parameter shows its text, dimension, value and the comment above it', () => {
    const text = hoverText(at('length ='));
    expect(text).toContain('param length = 10 * tau');
    expect(text).toContain('time (s), `200 ms`');
    expect(text).toContain('Ten of them.  \nNot more.');
    expect(hoverText(at('tau\nparam ratio'))).toContain('param tau = 20 ms');
    expect(hoverText(at('ratio'))).toContain('a plain number, `1`');
  });

  it('over a number shows what it measures', () => {
    expect(hoverText(at('20 ms', 1))).toBe('time (s), `20 ms`');
    expect(hoverText(at('20 ms', 4))).toBe('time (s), `20 ms`');
  });

  it('over vectors and indices shows what they are', () => {
    expect(hoverText(at('voltages'))).toContain('voltage (V)');
    expect(hoverText(at('i * 1', 0))).toContain('index');
  });

  it('over a name of a device shows unit, source and confidence', () => {
    const library = 'import device yszEcram from "std/devices"\n\nprogram P {\n  device yszE|cram window mid\n}\n';
    expect(hoverText({ 'a.ion': library })).toContain('device');
    const window = hoverText({ 'a.ion': library.replace('|', '').replace('mid', 'm|id') });
    expect(window).toContain('window mid = 2 uS .. 4 uS step 20 nS');
    expect(window).toContain('window of `yszEcram`');
    expect(window).toContain('(derived)');
  });

  it('over a table shows its text, dimension, source and confidence', () => {
    const text =
      'device d {\n  table rise(part, g : uS) : nS from "a.csv" source "page 3" confidence measured\n  current = ri|se(1, g)\n}\n';
    const found = hoverText({ 'a.ion': text });
    expect(found).toContain('table rise(part, g : uS) : nS from "a.csv"');
    expect(found).toContain('table of `d`: conductance (S)');
    expect(found).toContain('source: page 3 (measured)');
  });

  it('over what the language gives says what it is', () => {
    const rule = (text: string) => ({ 'a.ion': `rule r {\n  weight w : S\n  ${text}\n}\n` });
    expect(hoverText(rule('on sample { w += post.err|or }'))).toContain('derivative of the loss');
    expect(hoverText(rule('realize super|position'))).toContain('waveforms');
    expect(hoverText(rule('realize pulses { frac|tion = 4 bit }'))).toContain('binary places');
    expect(hoverText({ 'a.ion': 'param a = si|n(pi)' })).toContain('`sin(x)`');
    expect(hoverText({ 'a.ion': 'param a = p|i' })).toContain('3.14');
    expect(hoverText({ 'a.ion': 'network N {\n  population p : li|f[3]\n}\n' })).toContain('leaky integrate and fire');
  });

  it('over a keyword says what the construct is for and how it is written', () => {
    const text = hoverText({ 'a.ion': 'chip C {\n  clo|ck 10 MHz\n}\n' });
    expect(text).toContain('**clock**: The clock of the controller.');
    expect(text).toContain('clock FREQUENCY');
    const constant = hoverText({ 'a.ion': 'chip C {\n  tile 2 x 2 {\n    con|st settle 1 us\n  }\n}\n' });
    expect(constant).toContain('or with `const` a part of its hardware');
    expect(hoverText({ 'a.ion': 'network N {\n  projection a -> b all-to|-all\n}\n' })).toContain('**all-to-all**');
  });

  it('over nothing shows nothing', () => {
    expect(hoverText({ 'a.ion': 'param a = 1\n|\n' })).toBe('');
    expect(hoverText({ 'a.ion': 'param a = nob|ody\n' })).toBe('');
    expect(hoverText({ 'a.ion': '// par|am\n' })).toBe('');
  });
});
