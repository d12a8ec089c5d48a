/** SHA-256 against Node's, for every length around the edges of a block. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256, sha256Hex } from '../../../src/core/sha256.js';

describe('SHA-256', () => {
  it('is that of the standard for `abc`', () => {
    expect(sha256Hex(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it.each([...Array(131).keys(), 1000, 100_003])('is that of Node for %i bytes', (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 167 + length) % 251);
    const expected = createHash('sha256').update(bytes).digest();
    expect(sha256Hex(bytes)).toBe(expected.toString('hex'));
    expect(sha256(bytes)).toEqual(new Uint8Array(expected));
  });
});
