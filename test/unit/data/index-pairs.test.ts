import { describe, expect, it } from 'vitest';
import { readIndexPairs } from '../../../src/data/index-pairs.js';

const limits = { preSize: 4, postSize: 3 };
const read = (text: string) => readIndexPairs(new TextEncoder().encode(text), limits);

describe('files of connections', () => {
  it.each([
    ['0,1\n3,2\n', [0, 3], [1, 2]],
    ['# pre,post\r\n0 ; 1\r\n\r\n', [0], [1]],
    ['0\t1 # comment', [0], [1]],
  ])('%j', (text, pre, post) => {
    expect(read(text)).toEqual({ kind: 'pairs', pre, post });
  });

  it.each([
    ['', 0, 'it lists no pairs'],
    ['0,1\n4,0\n', 2, 'neuron before 4 does not exist; there are 4, counted from 0'],
    ['0,1\n\n0,3\n', 3, 'neuron behind 3 does not exist; there are 3, counted from 0'],
    ['0,1,2\n', 1, 'expected `pre,post`, found "0,1,2"'],
    ['-1,0\n', 1, 'expected `pre,post`, found "-1,0"'],
    ['0,99999999999999999999\n', 1, 'neuron behind 99999999999999999999 does not exist; there are 3, counted from 0'],
  ])('refuses %j', (text, line, reason) => {
    expect(read(text)).toEqual({ kind: 'pair-fault', line, reason });
  });

  it('refuses what is not text', () => {
    expect(readIndexPairs(new Uint8Array([0xff, 0xfe]), limits)).toMatchObject({ reason: 'it is not text' });
  });
});
