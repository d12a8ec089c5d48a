/** The WebAssembly binary format as far as modules of ours need it; numbers of types and sections are the standard's. */

export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

const VALUE_TYPE_CODES: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};
const CONSTANT = 0x41;
const END = 0x0b;

export interface FunctionType {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** A function whose instructions are encoded. */
export interface EncodedFunction {
  readonly type: FunctionType;
  /** Local variables behind the parameters, zero at the start. */
  readonly locals: readonly ValueType[];
  /** Instructions without the last `end`. */
  readonly code: Uint8Array;
}

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

/** The memory of a module: one of its own, exported as `memory`, or one that the host gives it as `env.memory`. */
export type MemoryDeclaration =
  | { readonly kind: 'own'; readonly bytes: number }
  /** `shared` between threads; the host's memory has at least `bytes`, and at most the same where it is shared. */
  | { readonly kind: 'imported'; readonly bytes: number; readonly shared: boolean };

/** Bytes that memory holds at the start. */
export interface DataSegment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** What a module is made of. */
export interface ModuleParts {
  readonly functions: readonly EncodedFunction[];
  /** Exported functions by index. */
  readonly exports: ReadonlyMap<string, number>;
  readonly memory: MemoryDeclaration;
  readonly data: readonly DataSegment[];
}

/** Unit of the size of a memory [bytes]. */
export const PAGE_BYTES = 65_536;

/** The binary module. */
export function encodeModule({ functions, exports, memory, data }: ModuleParts): Uint8Array {
  const out = new ByteWriter();
  out.append(Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00));
  section(out, 1, functions, (body, { type }) => {
    body.byte(0x60);
    for (const list of [type.parameters, type.results]) {
      body.unsigned(list.length);
      for (const value of list) body.byte(VALUE_TYPE_CODES[value]);
    }
  });
  const pages = Math.max(1, Math.ceil(memory.bytes / PAGE_BYTES));
  const isOwn = memory.kind === 'own';
  section(out, 2, isOwn ? [] : [memory], (body, { shared }) => {
    body.text('env');
    body.text('memory');
    body.byte(0x02);
    writeLimits(body, pages, shared ? 'shared' : 'growing');
  });
  section(out, 3, [...functions.keys()], (body, index) => {
    body.unsigned(index);
  });
  section(out, 5, isOwn ? [pages] : [], (body, count) => {
    writeLimits(body, count, 'fixed');
  });
  const exported = isOwn ? [...exports, ['memory', 'memory'] as const] : [...exports];
  section(out, 7, exported, (body, [name, index]) => {
    body.text(name);
    body.byte(index === 'memory' ? 0x02 : 0x00);
    body.unsigned(index === 'memory' ? 0 : index);
  });
  section(out, 10, functions, (body, encoded) => {
    const bytes = bodyOf(encoded);
    body.unsigned(bytes.length);
    body.append(bytes);
  });
  section(out, 11, data, (body, { address, bytes }) => {
    body.byte(0x00);
    body.byte(CONSTANT);
    body.signed(BigInt(address));
    body.byte(END);
    body.unsigned(bytes.length);
    body.append(bytes);
  });
  return out.toBytes();
}

const LIMITS_FLAGS = { growing: 0x00, fixed: 0x01, shared: 0x03 } as const;

/** The least size of a memory, and the same as its greatest where it has one. */
function writeLimits(body: ByteWriter, pages: number, kind: keyof typeof LIMITS_FLAGS): void {
  body.byte(LIMITS_FLAGS[kind]);
  body.unsigned(pages);
  if (kind !== 'growing') body.unsigned(pages);
}

/** What the code section holds of a function: locals in runs of equal type, instructions, `end`. */
function bodyOf({ locals, code }: EncodedFunction): Uint8Array {
  const runs: { type: ValueType; count: number }[] = [];
  for (const type of locals) {
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
  body.append(code);
  body.byte(END);
  return body.toBytes();
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
