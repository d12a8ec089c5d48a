import { describe, expect, test } from 'vitest';
import { philox4x32 } from '../../../src/numerics/philox.js';

/** `philox4x32 10` lines of Random123's kat_vectors: counter, key, output. */
const KNOWN_ANSWERS = [
  ['00000000 00000000 00000000 00000000', '00000000 00000000', '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
  ['ffffffff ffffffff ffffffff ffffffff', 'ffffffff ffffffff', '408f276d 41c83b0e a20bc7c6 6d5451fd'],
  ['243f6a88 85a308d3 13198a2e 03707344', 'a4093822 299f31d0', 'd16cfe09 94fdcceb 5001e420 24126ea1'],
] as const;

const words = (text: string): Uint32Array => Uint32Array.from(text.split(' '), (word) => Number.parseInt(word, 16));

describe('philox4x32', () => {
  test.each(KNOWN_ANSWERS)('counter %s under key %s gives %s', (counter, key, expected) => {
    const out = new Uint32Array(4);
    philox4x32(words(counter), words(key), out);
    expect(out).toEqual(words(expected));
  });

  test('agrees with the definition in exact integers', () => {
    const out = new Uint32Array(4);
    for (let trial = 0; trial < 200; trial++) {
      const counter = Uint32Array.from([1, 2, 3, 4], (salt) => Math.imul(trial + 1, 0x9e3779b1 * salt));
      const key = Uint32Array.from([5, 6], (salt) => Math.imul(trial + 7, 0x85ebca6b * salt));
      philox4x32(counter, key, out);
      expect(out).toEqual(exactPhilox(counter, key));
    }
  });

  test('may write its output over its counter', () => {
    const [counter, key, out] = [words(KNOWN_ANSWERS[2][0]), words(KNOWN_ANSWERS[2][1]), new Uint32Array(4)];
    philox4x32(counter, key, out);
    philox4x32(counter, key, counter);
    expect(counter).toEqual(out);
  });
});

/** The generator written with 64-bit products of BigInt. */
function exactPhilox(counter: Uint32Array, key: Uint32Array): Uint32Array {
  let [a, b, c, d] = Array.from(counter, BigInt) as [bigint, bigint, bigint, bigint];
  let [k0, k1] = Array.from(key, BigInt) as [bigint, bigint];
  const low = (value: bigint): bigint => value & 0xffffffffn;
  for (let round = 0; round < 10; round++) {
    const [p0, p1] = [0xd2511f53n * a, 0xcd9e8d57n * c];
    [a, b, c, d] = [(p1 >> 32n) ^ b ^ k0, low(p1), (p0 >> 32n) ^ d ^ k1, low(p0)];
    [k0, k1] = [low(k0 + 0x9e3779b9n), low(k1 + 0xbb67ae85n)];
  }
  return Uint32Array.from([a, b, c, d], Number);
}
