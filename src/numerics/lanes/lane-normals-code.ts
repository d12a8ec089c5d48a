/** WebAssembly functions that draw what lane-normals.ts draws, four calls of Philox in the lanes of each vector. */
import { QUANTILE_COUNT, TAIL_PARTS, TAIL_START } from '../normal-quantiles.js';
import { ROUNDS, WEYL_0, WEYL_1, type PhiloxKey } from '../philox.js';
import { philoxRound } from '../philox-code.js';
import { branchIf, call, get, integer, laneMemory, Locals, loop } from '../wasm-code.js';
import { memory, op, set, tee, when, word, type Code, type WasmFunction } from '../wasm-code.js';
import { TAIL_BIT } from './lane-normals.js';

/** Where the functions find the words of the rounds' keys, and the table. */
export interface NormalsMemory {
  /** Twenty words, see {@link roundKeys}. */
  readonly keys: number;
  /** See normal-quantiles.ts. */
  readonly table: number;
}

/** What the functions write behind the address `scratch` that they get [bytes]. */
export const NORMALS_SCRATCH = {
  words: 0,
  offsets: 64,
  /** The thirty-two variates: those of half word h in the four lanes at 16 h. */
  variates: 192,
  tails: 320,
  bytes: 448,
} as const;

/** Index of {@link normalsFunctions}' function `(c0, c1, c2, c3: vectors of counter words, scratch)`. */
export const DRAW_NORMALS = 2;

/** Both key words of every round, in order. */
export function roundKeys([k0 = 0, k1 = 0]: PhiloxKey): Uint32Array {
  return Uint32Array.from({ length: 2 * ROUNDS }, (_, index) => {
    const round = index >> 1;
    return (index & 1) === 0 ? k0 + Math.imul(round, WEYL_0) : k1 + Math.imul(round, WEYL_1);
  });
}

/** The first functions of a module that draws. */
export function normalsFunctions(at: NormalsMemory): readonly WasmFunction[] {
  return [philoxWords(at), tails(at), normals(at)];
}

const PARAMETERS = ['v128', 'v128', 'v128', 'v128', 'i32'] as const;
const COUNTER = [0, 1, 2, 3] as const;
const SCRATCH = 4;
const PHILOX = 0;
const TAILS = 1;

/** Ten rounds on four counters; the four words go to `scratch`. */
function philoxWords({ keys }: NormalsMemory): WasmFunction {
  const locals = new Locals(PARAMETERS);
  const products = [locals.add('v128'), locals.add('v128'), locals.add('v128'), locals.add('v128')] as const;
  const key = (index: number): Code => memory('v128.load32_splat', integer(keys), 4 * index);
  const rounds = Array.from({ length: ROUNDS }, (_, round) =>
    philoxRound(COUNTER, [key(2 * round), key(2 * round + 1)], products),
  );
  const stores = COUNTER.map((index) =>
    memory('v128.store', get(SCRATCH), NORMALS_SCRATCH.words + 16 * index, get(index)),
  );
  return { parameters: PARAMETERS, locals: locals.types, body: [...rounds.flat(), ...stores.flat()] };
}

/** Bits of a table offset [bytes], 4 for each part. */
const OFFSET_BITS = 4 * 0x7fff;
const TAIL_OFFSET = 4 * TAIL_START;

/** Thirty-two variates: halves to offsets, offsets to entries, signs. */
function normals({ table }: NormalsMemory): WasmFunction {
  const locals = new Locals(PARAMETERS);
  const [bits, offsets, far] = [locals.add('v128'), locals.add('v128'), locals.add('v128')];
  const halves = Array.from({ length: 8 }, (_, half): Code => {
    const isLow = (half & 1) === 0;
    const shifted = isLow ? op('i32x4.shl', get(bits), integer(2)) : op('i32x4.shr_u', get(bits), integer(14));
    const sign = op('v128.and', isLow ? op('i32x4.shl', get(bits), integer(16)) : get(bits), word(0x8000_0000));
    return [
      ...(isLow ? set(bits, memory('v128.load', get(SCRATCH), NORMALS_SCRATCH.words + 8 * half)) : []),
      ...set(offsets, op('v128.and', shifted, word(OFFSET_BITS))),
      ...memory('v128.store', get(SCRATCH), NORMALS_SCRATCH.offsets + 16 * half, get(offsets)),
      ...set(far, op('v128.or', get(far), op('i32x4.gt_s', get(offsets), word(TAIL_OFFSET - 1)))),
      ...memory(
        'v128.store',
        get(SCRATCH),
        NORMALS_SCRATCH.variates + 16 * half,
        op('v128.xor', entries(table, half), sign),
      ),
    ];
  });
  return {
    parameters: PARAMETERS,
    locals: locals.types,
    body: [
      ...call(PHILOX, ...COUNTER.map(get), get(SCRATCH)),
      ...halves.flat(),
      ...when(op('v128.any_true', get(far)), call(TAILS, ...COUNTER.map(get), get(SCRATCH))),
    ],
  };
}

/** The entries at the four offsets of half word `half`. */
function entries(table: number, half: number): Code {
  const offset = (index: number): Code =>
    memory('i32.load', get(SCRATCH), NORMALS_SCRATCH.offsets + 16 * half + 4 * index);
  const first = memory('v128.load32_zero', offset(0), table);
  return [1, 2, 3].reduce(
    (vector, index) => laneMemory('v128.load32_lane', { lane: index, offset: table }, offset(index), vector),
    first,
  );
}

/** Replaces the variates whose part is one of the tail. */
function tails({ table }: NormalsMemory): WasmFunction {
  const locals = new Locals(PARAMETERS);
  const [at, bits] = [locals.add('i32'), locals.add('v128')];
  const firstTail = 4 * (QUANTILE_COUNT - TAIL_PARTS);
  const toOffset = (shifted: Code): Code =>
    op('i32x4.add', op('v128.and', shifted, word(4 * (TAIL_PARTS - 1))), word(firstTail));
  const writes = COUNTER.map((index): Code => {
    const place = NORMALS_SCRATCH.tails + 32 * index;
    return [
      ...set(bits, memory('v128.load', get(SCRATCH), NORMALS_SCRATCH.words + 16 * index)),
      ...memory('v128.store', get(SCRATCH), place, toOffset(op('i32x4.shl', get(bits), integer(2)))),
      ...memory('v128.store', get(SCRATCH), place + 16, toOffset(op('i32x4.shr_u', get(bits), integer(14)))),
    ];
  });
  const read = (offset: number): Code => memory('i32.load', get(at), offset);
  const variate = memory('f32.load', get(at), NORMALS_SCRATCH.variates);
  return {
    parameters: PARAMETERS,
    locals: locals.types,
    body: [
      ...call(PHILOX, ...[0, 1, 2].map(get), op('v128.or', get(3), word(TAIL_BIT)), get(SCRATCH)),
      ...writes.flat(),
      ...set(at, get(SCRATCH)),
      ...loop(
        when(
          op('i32.ge_u', read(NORMALS_SCRATCH.offsets), integer(TAIL_OFFSET)),
          memory(
            'f32.store',
            get(at),
            NORMALS_SCRATCH.variates,
            op('f32.copysign', memory('f32.load', read(NORMALS_SCRATCH.tails), table), variate),
          ),
        ),
        branchIf(
          0,
          op('i32.lt_u', tee(at, op('i32.add', get(at), integer(4))), op('i32.add', get(SCRATCH), integer(128))),
        ),
      ),
    ],
  };
}
