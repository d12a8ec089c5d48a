/**
 * WebAssembly written as nested expressions: each function returns the bytes of an instruction after those
 * of its operands. Scalars and vectors of 128 bits; the opcodes are in wasm-opcodes.ts.
 */
import { ByteWriter, encodeModule, type DataSegment, type MemoryDeclaration, type ValueType } from './wasm-binary.js';
import { LANE_MEMORY, LANE_OPCODES, SCALAR_MEMORY, SCALAR_OPCODES } from './wasm-opcodes.js';
import { VECTOR_MEMORY, VECTOR_OPCODES } from './wasm-opcodes.js';

/** Instructions in binary form. */
export type Code = readonly number[];

const VECTOR_PREFIX = 0xfd;
/** Type of a block that leaves nothing on the stack. */
const NO_RESULT = 0x40;
const END = 0x0b;

/** A numeric instruction without immediate operands. */
export function op(
  name: keyof typeof SCALAR_OPCODES | keyof typeof VECTOR_OPCODES,
  ...operands: readonly Code[]
): Code {
  const opcode = name in SCALAR_OPCODES ? [SCALAR_OPCODES[name as keyof typeof SCALAR_OPCODES]] : vector(name);
  return [...operands.flat(), ...opcode];
}

/** Only called for names that are not scalar. */
function vector(name: string): Code {
  return [VECTOR_PREFIX, ...unsigned(VECTOR_OPCODES[name as keyof typeof VECTOR_OPCODES])];
}

/** Reads (`v128.load32_splat`, `i32.load16_u`) or writes (`f64.store`, with the value) at `address` + `offset` bytes. */
export function memory(
  name: keyof typeof SCALAR_MEMORY | keyof typeof VECTOR_MEMORY,
  address: Code,
  offset: number,
  value: Code = [],
): Code {
  const isScalar = name in SCALAR_MEMORY;
  const [opcode, align] = { ...SCALAR_MEMORY, ...VECTOR_MEMORY }[name];
  const instruction = isScalar ? [opcode] : [VECTOR_PREFIX, ...unsigned(opcode)];
  return [...address, ...value, ...instruction, align, ...unsigned(offset)];
}

/** Reads or writes one lane of `value` at `address` + `offset` bytes. */
export function laneMemory(
  name: keyof typeof LANE_MEMORY,
  place: { readonly lane: number; readonly offset: number },
  address: Code,
  value: Code,
): Code {
  const [opcode, align] = LANE_MEMORY[name];
  const immediates = [align, ...unsigned(place.offset), place.lane];
  return [...address, ...value, VECTOR_PREFIX, ...unsigned(opcode), ...immediates];
}

/** Takes a lane out of a vector, or puts a scalar into one. */
export function lane(name: keyof typeof LANE_OPCODES, index: number, ...operands: readonly Code[]): Code {
  return [...operands.flat(), VECTOR_PREFIX, ...unsigned(LANE_OPCODES[name]), index];
}

/** Picks four of the eight words of `low`, `high` (0-3, 4-7). */
export function shuffleWords(low: Code, high: Code, picks: readonly [number, number, number, number]): Code {
  const bytes = picks.flatMap((word) => [4 * word, 4 * word + 1, 4 * word + 2, 4 * word + 3]);
  return [...low, ...high, VECTOR_PREFIX, 0x0d, ...bytes];
}

/** The same double in both lanes. */
export function doubles(value: number): Code {
  return vectorConstant(new Uint8Array(Float64Array.of(value, value).buffer));
}

/** The same single-precision number in all four lanes. */
export function singles(value: number): Code {
  return vectorConstant(new Uint8Array(Float32Array.of(value, value, value, value).buffer));
}

/** The same 64-bit integer in both lanes. */
export function longs(value: bigint): Code {
  return vectorConstant(new Uint8Array(BigUint64Array.of(value, value).buffer));
}

/** Four words. */
export function words(...values: readonly [number, number, number, number]): Code {
  return vectorConstant(new Uint8Array(Uint32Array.from(values).buffer));
}

/** The same word in all four lanes. */
export function word(value: number): Code {
  return words(value, value, value, value);
}

function vectorConstant(bytes: Uint8Array): Code {
  return [VECTOR_PREFIX, 0x0c, ...bytes];
}

/** The 32-bit integer `value`. */
export function integer(value: number): Code {
  return [0x41, ...signed(value | 0)];
}

/** The scalar `value` in double precision. */
export function double(value: number): Code {
  return [0x44, ...new Uint8Array(Float64Array.of(value).buffer)];
}

/** The scalar `value` in single precision. */
export function single(value: number): Code {
  return [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];
}

/** Value of a parameter or local variable. */
export function get(local: number): Code {
  return [0x20, ...unsigned(local)];
}

/** Assigns to a local variable. */
export function set(local: number, value: Code): Code {
  return [...value, 0x21, ...unsigned(local)];
}

/** Assigns to a local variable and leaves the value on the stack. */
export function tee(local: number, value: Code): Code {
  return [...value, 0x22, ...unsigned(local)];
}

/** `whenTrue` where `condition` is not 0; both are computed. */
export function select(condition: Code, whenTrue: Code, whenFalse: Code): Code {
  return [...whenTrue, ...whenFalse, ...condition, 0x1b];
}

/** Calls a function of the same module; imported ones come first. */
export function call(functionIndex: number, ...operands: readonly Code[]): Code {
  return [...operands.flat(), 0x10, ...unsigned(functionIndex)];
}

/** Statements that {@link branch} leaves at their end. */
export function block(...body: readonly Code[]): Code {
  return [0x02, NO_RESULT, ...body.flat(), END];
}

/** Statements that {@link branch} starts again. */
export function loop(...body: readonly Code[]): Code {
  return [0x03, NO_RESULT, ...body.flat(), END];
}

/** Statements for a condition. */
export function when(condition: Code, whenTrue: Code, whenFalse: Code = []): Code {
  const otherwise = whenFalse.length > 0 ? [0x05, ...whenFalse] : [];
  return [...condition, 0x04, NO_RESULT, ...whenTrue, ...otherwise, END];
}

/** Goes to the `depth`-th enclosing block, loop or `when`, 0 for the innermost. */
export function branch(depth: number): Code {
  return [0x0c, ...unsigned(depth)];
}

/** {@link branch} where `condition` is not 0. */
export function branchIf(depth: number, condition: Code): Code {
  return [...condition, 0x0d, ...unsigned(depth)];
}

/** A function; its locals, all zero at the start, follow the parameters. */
export interface WasmFunction {
  readonly parameters: readonly ValueType[];
  readonly results?: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly body: Code;
  /** Absent where only the module calls it. */
  readonly exportedAs?: string;
}

/** Hands out the local variables of a function. */
export class Locals {
  readonly #types: ValueType[];
  readonly #parameterCount: number;

  constructor(parameters: readonly ValueType[]) {
    this.#types = [...parameters];
    this.#parameterCount = parameters.length;
  }

  /** Types of the variables without the parameters. */
  get types(): readonly ValueType[] {
    return this.#types.slice(this.#parameterCount);
  }

  /** A new variable. */
  add(type: ValueType): number {
    this.#types.push(type);
    return this.#types.length - 1;
  }
}

/** What a module consists of; the defaults are one exported page and no data. */
export interface ModuleText {
  readonly functions: readonly WasmFunction[];
  readonly memory?: MemoryDeclaration;
  readonly data?: readonly DataSegment[];
}

/** The binary module. */
export function assembleModule({ functions, memory: declared, data = [] }: ModuleText): Uint8Array {
  return encodeModule({
    functions: functions.map(({ parameters, results = [], locals, body }) => ({
      type: { parameters, results },
      locals,
      code: Uint8Array.from(body),
    })),
    exports: new Map(functions.flatMap(({ exportedAs }, index) => (exportedAs ? [[exportedAs, index]] : []))),
    memory: declared ?? { kind: 'own', bytes: 1 },
    data,
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
