/** Philox4x32 in WebAssembly vectors: four generators at once, one in each lane; philox.ts says what is computed. */
import { MULTIPLIER_0, MULTIPLIER_1, WEYL_0, WEYL_1 } from './philox.js';
import { get, op, set, shuffleWords, word, type Code } from './wasm-code.js';

/** Four variables that hold vectors. */
export type FourVectors = readonly [number, number, number, number];

/** One round on the words in `counter` under both key words; `products` is scratch. */
export function philoxRound(
  [x0, x1, x2, x3]: FourVectors,
  [k0, k1]: readonly [Code, Code],
  [p0, p1, q0, q1]: FourVectors,
): Code {
  const product = (half: 'low' | 'high', x: number, by: number): Code =>
    op(`i64x2.extmul_${half}_i32x4_u`, get(x), word(by));
  const lower = (low: number, high: number): Code => shuffleWords(get(low), get(high), [0, 2, 4, 6]);
  const upper = (low: number, high: number): Code => shuffleWords(get(low), get(high), [1, 3, 5, 7]);
  const mix = (high: Code, x: number, key: Code): Code => op('v128.xor', high, op('v128.xor', get(x), key));
  return [
    ...set(p0, product('low', x0, MULTIPLIER_0)),
    ...set(p1, product('high', x0, MULTIPLIER_0)),
    ...set(q0, product('low', x2, MULTIPLIER_1)),
    ...set(q1, product('high', x2, MULTIPLIER_1)),
    ...set(x0, mix(upper(q0, q1), x1, k0)),
    ...set(x1, lower(q0, q1)),
    ...set(x2, mix(upper(p0, p1), x3, k1)),
    ...set(x3, lower(p0, p1)),
  ];
}

/** A round under the keys in two variables, which then hold those of the next round. */
export function philoxRoundOfKeys(
  counter: FourVectors,
  [k0, k1]: readonly [number, number],
  products: FourVectors,
): Code {
  return [
    ...philoxRound(counter, [get(k0), get(k1)], products),
    ...set(k0, op('i32x4.add', get(k0), word(WEYL_0))),
    ...set(k1, op('i32x4.add', get(k1), word(WEYL_1))),
  ];
}
