/**
 * WebAssembly written as nested expressions: each function returns the bytes of an instruction after those
 * of its operands. Vectors of 128 bits only; opcodes are those of the WebAssembly core specification 2.0.
 */
import { ByteWriter, encodeModule } from './wasm-binary.js';

/** Instructions in binary form. */
export type Code = readonly number[];

const SIMD_PREFIX = 0xfd;

const SIMD = {
  'i8x16.shuffle': 0x0d,
  'i32x4.splat': 0x11,
  'v128.and': 0x4e,
  'v128.or': 0x50,
  'v128.xor': 0x51,
  'v128.bitselect': 0x52,
  'i32x4.shl': 0xab,
  'i32x4.shr_u': 0xad,
  'i32x4.add': 0xae,
  'i32x4.sub': 0xb1,
  'i64x2.extend_low_i32x4_u': 0xc9,
  'i64x2.shl': 0xcb,
  'i64x2.shr_s': 0xcc,
  'i64x2.shr_u': 0xcd,
  'i64x2.add': 0xce,
  'i64x2.extmul_low_i32x4_u': 0xde,
  'i64x2.extmul_high_i32x4_u': 0xdf,
  'f64x2.sqrt': 0xef,
  'f64x2.add': 0xf0,
  'f64x2.sub': 0xf1,
  'f64x2.mul': 0xf2,
  'f64x2.div': 0xf3,
  'f64x2.convert_low_i32x4_s': 0xfe,
  'f64x2.convert_low_i32x4_u': 0xff,
} as const;

/** A vector instruction without immediate operands. */
export function simd(name: Exclude<keyof typeof SIMD, 'i8x16.shuffle'>, ...operands: readonly Code[]): Code {
  return [...operands.flat(), SIMD_PREFIX, ...unsigned(SIMD[name])];
}

/** Picks four of the eight words of `low`, `high` (0-3, 4-7). */
export function shuffleWords(low: Code, high: Code, picks: readonly [number, number, number, number]): Code {
  const bytes = picks.flatMap((word) => [4 * word, 4 * word + 1, 4 * word + 2, 4 * word + 3]);
  return [...low, ...high, SIMD_PREFIX, SIMD['i8x16.shuffle'], ...bytes];
}

/** The same double in both lanes. */
export function doubles(value: number): Code {
  return constant(new Uint8Array(Float64Array.of(value, value).buffer));
}

/** The same 64-bit integer in both lanes. */
export function longs(value: bigint): Code {
  return constant(new Uint8Array(BigUint64Array.of(value, value).buffer));
}

/** Four words. */
export function words(...values: readonly [number, number, number, number]): Code {
  return constant(new Uint8Array(Uint32Array.from(values).buffer));
}

function constant(bytes: Uint8Array): Code {
  return [SIMD_PREFIX, 0x0c, ...bytes];
}

/** The integer `value`. */
export function integer(value: number): Code {
  return [0x41, ...signed(value)];
}

/** Value of a parameter or local variable. */
export function get(local: number): Code {
  return [0x20, ...unsigned(local)];
}

/** Assigns to a local variable. */
export function set(local: number, value: Code): Code {
  return [...value, 0x21, ...unsigned(local)];
}

/** Calls a function of the same module. */
export function call(functionIndex: number, ...operands: readonly Code[]): Code {
  return [...operands.flat(), 0x10, ...unsigned(functionIndex)];
}

/** Stores a vector at `address` + `offset` bytes. */
export function store(address: Code, offset: number, value: Code): Code {
  return [...address, ...value, SIMD_PREFIX, 0x0b, 3, ...unsigned(offset)];
}

/** The word at `address` + `offset` bytes in all four words. */
export function loadSplat(address: Code, offset: number): Code {
  return [...address, SIMD_PREFIX, 0x09, 2, ...unsigned(offset)];
}

/** A function without result; its locals are vectors that follow the parameters. */
export interface WasmFunction {
  readonly parameters: readonly ('v128' | 'i32')[];
  readonly localCount: number;
  readonly body: Code;
}

/** A module of `functions` with one exported page `memory`, which exports the last function as `run`. */
export function assembleModule(functions: readonly WasmFunction[]): Uint8Array {
  return encodeModule({
    functions: functions.map(({ parameters, localCount, body }) => ({
      type: { parameters, results: [] },
      locals: Array.from({ length: localCount }, () => 'v128' as const),
      code: Uint8Array.from(body),
    })),
    exports: new Map([['run', functions.length - 1]]),
    memoryBytes: 1,
    data: [],
  });
}

function unsigned(value: number): Code {
  const writer = new ByteWriter();
  writer.unsigned(value);
  return [...writer.toBytes()];
}

function signed(value: number): Code {
  const writer = new ByteWriter();
  writer.signed(BigInt(value));
  return [...writer.toBytes()];
}
