/** The WebAssembly binary format, as far as this engine uses it. Numbers of opcodes and sections are the standard's. */

export type ValueType = 'i32' | 'i64';

const VALUE_TYPE_CODES: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e };

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

/** A growing list of bytes with the format's variable-length numbers. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Unsigned LEB128. */
  unsigned(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  /** Signed LEB128. */
  signed(value: bigint): void {
    let rest = value;
    for (;;) {
      const low = Number(rest & 0x7fn);
      rest >>= 7n;
      const isDone = (rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40);
      this.byte(isDone ? low : low | 0x80);
      if (isDone) return;
    }
  }

  text(value: string): void {
    const bytes = new TextEncoder().encode(value);
    this.unsigned(bytes.length);
    this.append(bytes);
  }

  toBytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

export interface FunctionType {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** The body of one function under construction. */
export class FunctionWriter {
  readonly type: FunctionType;
  readonly #code = new ByteWriter();
  readonly #locals: ValueType[] = [];

  constructor(type: FunctionType) {
    this.type = type;
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

  /** The body as the code section holds it: locals in runs of equal type, instructions, `end`. */
  toBytes(): Uint8Array {
    const runs: { type: ValueType; count: number }[] = [];
    for (const type of this.#locals) {
      const last = runs.at(-1);
      if (last?.type === type) last.count += 1;
      else runs.push({ type, count: 1 });
    }
    const body = new ByteWriter();
    body.unsigned(runs.length);
    for (const { type, count } of runs) {
      body.unsigned(count);
      body.byte(VALUE_TYPE_CODES[type]);
    }
    body.append(this.#code.toBytes());
    body.byte(OPCODES.end);
    return body.toBytes();
  }
}

export interface ModuleParts {
  readonly functions: readonly FunctionWriter[];
  /** Exported functions by index. */
  readonly exports: ReadonlyMap<string, number>;
  /** Size of the exported memory `memory`. */
  readonly memoryBytes: number;
  readonly data: readonly { readonly address: number; readonly bytes: Uint8Array }[];
}

const PAGE_BYTES = 65_536;

/** The binary module. */
export function encodeModule({ functions, exports, memoryBytes, data }: ModuleParts): Uint8Array {
  const out = new ByteWriter();
  out.append(Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00));
  section(out, 1, functions, (body, { type }) => {
    body.byte(0x60);
    for (const list of [type.parameters, type.results]) {
      body.unsigned(list.length);
      for (const value of list) body.byte(VALUE_TYPE_CODES[value]);
    }
  });
  section(out, 3, [...functions.keys()], (body, index) => {
    body.unsigned(index);
  });
  const pages = Math.max(1, Math.ceil(memoryBytes / PAGE_BYTES));
  section(out, 5, [pages], (body, count) => {
    body.byte(0x01);
    body.unsigned(count);
    body.unsigned(count);
  });
  section(out, 7, [...exports, ['memory', 'memory'] as const], (body, [name, index]) => {
    body.text(name);
    body.byte(index === 'memory' ? 0x02 : 0x00);
    body.unsigned(index === 'memory' ? 0 : index);
  });
  section(out, 10, functions, (body, writer) => {
    const bytes = writer.toBytes();
    body.unsigned(bytes.length);
    body.append(bytes);
  });
  section(out, 11, data, (body, { address, bytes }) => {
    body.byte(0x00);
    body.byte(OPCODES['i32.const']);
    body.signed(BigInt(address));
    body.byte(OPCODES.end);
    body.unsigned(bytes.length);
    body.append(bytes);
  });
  return out.toBytes();
}

function section<Item>(
  out: ByteWriter,
  id: number,
  items: readonly Item[],
  write: (body: ByteWriter, item: Item) => void,
): void {
  if (items.length === 0) return;
  const body = new ByteWriter();
  body.unsigned(items.length);
  for (const item of items) write(body, item);
  out.byte(id);
  out.unsigned(body.length);
  out.append(body.toBytes());
}
