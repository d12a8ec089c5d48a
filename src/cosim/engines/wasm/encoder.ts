/** Scalar WebAssembly written instruction by instruction. Opcodes are those of the standard. */
import { ByteWriter, type EncodedFunction, type FunctionType } from '../../../numerics/wasm-binary.js';

/** Types of the values that circuits are computed in. */
export type ValueType = 'i32' | 'i64';

/** One-byte instructions by their name in the standard's text format. */
export const OPCODES = {
  block: 0x02, loop: 0x03, if: 0x04, else: 0x05, end: 0x0b, br: 0x0c, br_if: 0x0d, return: 0x0f, call: 0x10,
  drop: 0x1a, select: 0x1b, 'local.get': 0x20, 'local.set': 0x21, 'local.tee': 0x22,
  'i32.load': 0x28, 'i64.load': 0x29, 'i32.load8_u': 0x2d, 'i32.load16_u': 0x2f,
  'i32.store': 0x36, 'i64.store': 0x37, 'i32.store8': 0x3a, 'i32.store16': 0x3b,
  'i32.const': 0x41, 'i64.const': 0x42,
  'i32.eqz': 0x45, 'i32.eq': 0x46, 'i32.ne': 0x47, 'i32.lt_s': 0x48, 'i32.lt_u': 0x49, 'i32.ge_u': 0x4f,
  'i64.eqz': 0x50, 'i64.eq': 0x51, 'i64.ne': 0x52, 'i64.lt_s': 0x53, 'i64.lt_u': 0x54,
  'i32.popcnt': 0x69, 'i32.add': 0x6a, 'i32.sub': 0x6b, 'i32.mul': 0x6c, 'i32.div_u': 0x6e, 'i32.rem_u': 0x70,
  'i32.and': 0x71, 'i32.or': 0x72, 'i32.xor': 0x73, 'i32.shl': 0x74, 'i32.shr_s': 0x75, 'i32.shr_u': 0x76,
  'i64.popcnt': 0x7b, 'i64.add': 0x7c, 'i64.sub': 0x7d, 'i64.mul': 0x7e, 'i64.div_u': 0x80, 'i64.rem_u': 0x82,
  'i64.and': 0x83, 'i64.or': 0x84, 'i64.xor': 0x85, 'i64.shl': 0x86, 'i64.shr_s': 0x87, 'i64.shr_u': 0x88,
  'i32.wrap_i64': 0xa7, 'i64.extend_i32_u': 0xad,
} as const; // prettier-ignore

export type Opcode = keyof typeof OPCODES;

/** Block type of `if`, `loop` and `block` without a result. */
const NO_RESULT = 0x40;

/** The body of one function under construction. */
export class FunctionWriter implements EncodedFunction {
  readonly type: FunctionType;
  readonly #code = new ByteWriter();
  readonly #locals: ValueType[] = [];

  constructor(type: FunctionType) {
    this.type = type;
  }

  get locals(): readonly ValueType[] {
    return this.#locals;
  }

  get code(): Uint8Array {
    return this.#code.toBytes();
  }

  /** A new local variable, zero at the start of the function. */
  local(type: ValueType): number {
    this.#locals.push(type);
    return this.type.parameters.length + this.#locals.length - 1;
  }

  op(name: Opcode): void {
    this.#code.byte(OPCODES[name]);
  }

  /** An instruction with one index: locals, functions, branch depths. */
  indexed(name: Opcode, index: number): void {
    this.op(name);
    this.#code.unsigned(index);
  }

  /** `block`, `loop` or `if`, without a result; closed by `end`. */
  open(name: 'block' | 'loop' | 'if'): void {
    this.op(name);
    this.#code.byte(NO_RESULT);
  }

  /** A load or store at a constant offset from the address on the stack; no alignment is promised. */
  memory(name: Opcode, offset: number): void {
    this.op(name);
    this.#code.unsigned(0);
    this.#code.unsigned(offset);
  }

  constant(type: ValueType, value: bigint): void {
    this.op(`${type}.const`);
    this.#code.signed(BigInt.asIntN(type === 'i32' ? 32 : 64, value));
  }
}
