/**
 * Sixteen neighbouring normal variates at once, in WebAssembly vectors: four Philox calls in the four words
 * of a vector, Box-Muller on two pairs of words at a time. Bit for bit the variates of philox.ts and
 * box-muller.ts, which say what is computed here and why, several times as fast.
 */
import { COSINE_SERIES, LN_SQRT_HALF, LOG_SERIES, RADIANS_PER_COUNT, SINE_SERIES } from './box-muller.js';
import { ROUNDS } from './philox.js';
import { philoxRoundOfKeys } from './philox-code.js';
import { assembleModule, call, doubles, get, integer, longs, memory as access, set } from './wasm-code.js';
import { op, shuffleWords, word, words, type Code, type WasmFunction } from './wasm-code.js';
import { compileModule, instantiateModule, type WasmMemory } from './wasm-host.js';

/** Bytes from the variates of one Philox call to those of the next. */
const QUARTET_BYTES = 32;
/** Where the words are that many draws have in common. */
const COMMON_ADDRESS = 4 * QUARTET_BYTES;

const binary = assembleModule({ functions: [boxMullerPairs(), philoxSixteen()] });
const { memory, run } = instantiateModule<{
  readonly memory: WasmMemory<ArrayBuffer>;
  readonly run: (line: number, sixteen: number) => void;
}>(compileModule(binary));

/** Draws places 16 x `sixteen` to 16 x `sixteen` + 15 of `line` into `SIXTEEN`, for the words in `COMMON`. */
export const drawSixteen = run;

/** Counter words 2 and 3 and both key words of the next draws; see normal.ts. */
export const COMMON = new Uint32Array(memory.buffer, COMMON_ADDRESS, 4);

/** The last variates drawn, by place. */
export const SIXTEEN = new Float64Array(memory.buffer, 0, 16);

/** (w0, w1, address): Box-Muller of words 0 and 1 of both vectors, to `address` and a quartet further. */
function boxMullerPairs(): WasmFunction {
  const [w0, w1, address, value, square, radius, quarter, sine, cosine, odd] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const product = (...factors: readonly [Code, Code]): Code => op('f64x2.mul', ...factors);
  const turned = (even: number, uneven: number, quarters: Code): Code => {
    const sign = op('i64x2.shl', op('i64x2.shr_u', quarters, integer(1)), integer(63));
    const selected = op('v128.bitselect', get(uneven), get(even), get(odd));
    return product(get(radius), op('v128.xor', selected, sign));
  };
  return {
    parameters: ['v128', 'v128', 'i32'],
    locals: vectors(7),
    body: [
      ...set(value, op('f64x2.add', op('f64x2.convert_low_i32x4_u', get(w0)), doubles(0.5))),
      ...set(radius, op('f64x2.sqrt', product(doubles(-2), logarithm({ value, s: sine, square })))),
      ...set(quarter, op('i32x4.add', op('i32x4.shr_u', get(w1), integer(29)), word(1))),
      ...set(quarter, op('i32x4.shr_u', get(quarter), integer(1))),
      // The angle after whole quarter turns.
      ...set(value, op('i32x4.sub', get(w1), op('i32x4.shl', get(quarter), integer(30)))),
      ...set(value, product(op('f64x2.convert_low_i32x4_s', get(value)), doubles(RADIANS_PER_COUNT))),
      ...set(square, product(get(value), get(value))),
      ...set(sine, product(get(value), horner(SINE_SERIES, square))),
      ...set(cosine, horner(COSINE_SERIES, square)),
      ...set(quarter, op('i64x2.extend_low_i32x4_u', get(quarter))),
      ...set(odd, op('i64x2.shr_s', op('i64x2.shl', get(quarter), integer(63)), integer(63))),
      ...set(value, turned(cosine, sine, op('i64x2.add', get(quarter), longs(1n)))),
      ...set(square, turned(sine, cosine, get(quarter))),
      ...access('v128.store', get(address), 0, shuffleWords(get(value), get(square), [0, 1, 4, 5])),
      ...access('v128.store', get(address), QUARTET_BYTES, shuffleWords(get(value), get(square), [2, 3, 6, 7])),
    ],
  };
}

function vectors(count: number): readonly 'v128'[] {
  return Array.from({ length: count }, () => 'v128');
}

/** ln(value / 2^32) of doubles below 2^32 from their exponent and mantissa; `s` and `square` are scratch. */
function logarithm({
  value,
  s,
  square,
}: {
  readonly value: number;
  readonly s: number;
  readonly square: number;
}): Code {
  const mantissa = op('v128.and', get(value), longs(0x000f_ffff_ffff_ffffn));
  const exponent = op('i64x2.shr_u', get(value), integer(52));
  // An integer e below 2^52 is the double 2^52 + e once the exponent of 2^52 is put above it.
  const zeros = op('f64x2.sub', doubles(2 ** 52 + 1054), op('v128.or', exponent, longs(0x4330_0000_0000_0000n)));
  const twoArtanh = op('f64x2.mul', doubles(2), op('f64x2.mul', get(s), horner(LOG_SERIES, square)));
  return [
    ...set(square, op('v128.or', mantissa, longs(0x3fe0_0000_0000_0000n))),
    ...set(
      s,
      op(
        'f64x2.div',
        op('f64x2.sub', get(square), doubles(Math.SQRT1_2)),
        op('f64x2.add', get(square), doubles(Math.SQRT1_2)),
      ),
    ),
    ...set(square, op('f64x2.mul', get(s), get(s))),
    ...op('f64x2.sub', op('f64x2.add', doubles(LN_SQRT_HALF), twoArtanh), op('f64x2.mul', zeros, doubles(Math.LN2))),
  ];
}

function horner(coefficients: readonly number[], x: number): Code {
  return coefficients
    .map(doubles)
    .reduceRight((sum, coefficient) => op('f64x2.add', coefficient, op('f64x2.mul', get(x), sum)));
}

/** (line, sixteen): the four calls of Philox that sixteen places need, and their transform to address 0. */
function philoxSixteen(): WasmFunction {
  const [line, sixteen] = [0, 1];
  const counter = [2, 3, 4, 5] as const;
  const keys = [6, 7] as const;
  const products = [8, 9, 10, 11] as const;
  const firstFour = op('i32x4.shl', op('i32x4.splat', get(sixteen)), integer(2));
  const common = (index: number): Code => access('v128.load32_splat', integer(COMMON_ADDRESS), 4 * index);
  const rounds = Array.from({ length: ROUNDS }, () => philoxRoundOfKeys(counter, keys, products));
  return {
    parameters: ['i32', 'i32'],
    locals: vectors(10),
    exportedAs: 'run',
    body: [
      ...set(counter[0], op('i32x4.splat', get(line))),
      ...set(counter[1], op('i32x4.add', firstFour, words(0, 1, 2, 3))),
      ...set(counter[2], common(0)),
      ...set(counter[3], common(1)),
      ...set(keys[0], common(2)),
      ...set(keys[1], common(3)),
      ...rounds.flat(),
      ...transformWords(counter[0], counter[1], 0),
      ...transformWords(counter[2], counter[3], QUARTET_BYTES / 2),
    ],
  };
}

/** Box-Muller of two words of all four generators, to `address` of each quartet. */
function transformWords(w0: number, w1: number, address: number): Code {
  const upper = (local: number): Code => shuffleWords(get(local), get(local), [2, 3, 2, 3]);
  return [
    ...call(0, get(w0), get(w1), integer(address)),
    ...call(0, upper(w0), upper(w1), integer(address + 2 * QUARTET_BYTES)),
  ];
}
