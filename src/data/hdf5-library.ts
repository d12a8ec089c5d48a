/**
 * The door to h5wasm, the HDF5 library as WebAssembly: bytes of a file to a tree. Files lie in the library's own file
 * system in memory; the disk is never touched. A file made to do harm may end in an endless loop or an abort of the
 * library, so that {@link import('./hdf5.js')} calls this in a thread of its own.
 */
import h5wasm from 'h5wasm';
import type { Hdf5Group, Hdf5Item, Hdf5Limits, Hdf5Numbers } from './hdf5-tree.js';

type Library = Awaited<typeof h5wasm.ready>;
type OpenGroup = InstanceType<typeof h5wasm.Group>;
type OpenDataset = InstanceType<typeof h5wasm.Dataset>;
type Metadata = OpenDataset['metadata'];

/** The file in the library's file system. */
const PLACE = '/file.h5';

/** The tree of a file. Throws {@link Hdf5Error} beyond `limits`, and whatever the library throws. */
export async function readHdf5Bytes(bytes: Uint8Array, limits: Hdf5Limits): Promise<Hdf5Group> {
  const library = await openLibrary();
  library.FS.writeFile(PLACE, bytes);
  const file = new h5wasm.File(PLACE, 'r');
  try {
    return new TreeReader(library, limits).readGroup(file, 0);
  } finally {
    file.close();
    library.FS.unlink(PLACE);
  }
}

/** The bytes of a file that holds `root`; the same tree makes the same bytes. */
export async function writeHdf5Bytes(root: Hdf5Group): Promise<Uint8Array> {
  const library = await openLibrary();
  const file = new h5wasm.File(PLACE, 'w');
  try {
    writeItems(file, root);
  } finally {
    file.close();
  }
  const bytes = library.FS.readFile(PLACE);
  library.FS.unlink(PLACE);
  return bytes;
}

async function openLibrary(): Promise<Library> {
  const library = await h5wasm.ready;
  library.activate_throwing_error_handler();
  return library;
}

/** A file that holds more than it may; reading ends, and the library stays as it was. */
export class Hdf5Error extends Error {}

/** Whether WebAssembly has stopped: a trap, or an abort of the C library. */
function isAbort(error: Error): boolean {
  return !error.message.startsWith('HDF5-DIAG') && !error.message.endsWith('not supported');
}

/** The library's own words about what is wrong deepest down, without places in its sources. */
export function libraryReason({ message }: Error): string {
  const filter = /required filter '([^']*)' is not registered/.exec(message);
  if (filter) return `it is packed with the filter \`${filter[1] ?? ''}\``;
  const lines = [...message.matchAll(/^ *#\d+: .*?\(\): (.*)$/gm)];
  return (lines.at(-1)?.[1] ?? message.split('\n')[0] ?? '').slice(0, 200);
}

/** Element types of HDF5 by their numbers in the file format. */
const TYPE = { integer: 0, float: 1, string: 3, enumeration: 8 } as const;

class TreeReader {
  readonly #library: Library;
  readonly #limits: Hdf5Limits;
  #items = 0;
  #bytes = 0;

  constructor(library: Library, limits: Hdf5Limits) {
    this.#library = library;
    this.#limits = limits;
  }

  readGroup(group: OpenGroup, depth: number): Hdf5Group {
    const { depth: maxDepth, items: maxItems } = this.#limits;
    if (depth > maxDepth) throw new Hdf5Error(`its groups lie more than ${maxDepth} deep`);
    const items = new Map<string, Hdf5Item>();
    for (const name of group.keys()) {
      this.#items++;
      if (this.#items > maxItems) throw new Hdf5Error(`it holds more than ${maxItems} groups and datasets`);
      items.set(name, this.#readItem(group, name, depth));
    }
    return { kind: 'group', items };
  }

  #readItem(group: OpenGroup, name: string, depth: number): Hdf5Item {
    try {
      const found = group.get(name);
      if (found instanceof h5wasm.Group) return this.readGroup(found, depth + 1);
      if (found instanceof h5wasm.Dataset) return this.#readDataset(found);
      return { kind: 'unread', reason: 'it is neither a group nor a dataset of this file' };
    } catch (error) {
      // An abort leaves the library in no state to go on, and limits end the reading
      if (error instanceof Hdf5Error || !(error instanceof Error) || isAbort(error)) throw error;
      return { kind: 'unread', reason: libraryReason(error) };
    }
  }

  #readDataset(dataset: OpenDataset): Hdf5Item {
    const { metadata } = dataset;
    const { shape, type } = metadata;
    if (!shape) return { kind: 'unread', reason: 'it is empty' };
    this.#account(metadata, shape);
    switch (type) {
      case TYPE.string:
        return { kind: 'text', shape, values: this.#texts(dataset, metadata) };
      case TYPE.integer:
      case TYPE.float:
      case TYPE.enumeration: {
        const values = this.#numbers(dataset, metadata);
        return values ? { kind: 'array', shape, values } : unreadNumbers(metadata);
      }
      default:
        return { kind: 'unread', reason: 'it holds neither numbers nor strings' };
    }
  }

  /** Counts what the dataset takes in memory, its largest packed piece included, before any of it is read. */
  #account({ size, chunks }: Metadata, shape: readonly number[]): void {
    const bytes = size * product(shape);
    const chunk = chunks ? size * product(chunks) : 0;
    this.#bytes += bytes;
    if (Math.max(this.#bytes, chunk) <= this.#limits.bytes) return;
    throw new Hdf5Error(`its datasets take more than ${this.#limits.bytes} bytes`);
  }

  #texts(dataset: OpenDataset, { vlen, strpad }: Metadata): readonly string[] {
    const value: unknown = dataset.value;
    const texts = (Array.isArray(value) ? value : [value]).map(String);
    // Padding with blanks is part of how such strings are stored
    return !vlen && strpad === SPACE_PADDED ? texts.map((text) => text.replace(/ +$/, '')) : texts;
  }

  #numbers(dataset: OpenDataset, metadata: Metadata): Hdf5Numbers | undefined {
    const { type, size, signed } = metadata;
    if (type === TYPE.float && size === 2) return this.#halves(dataset, metadata);
    const make = type === TYPE.float ? FLOATS[size] : INTEGERS[`${signed ? 'i' : 'u'}${size}`];
    if (!make) return undefined;
    const value: unknown = dataset.value;
    // Of a scalar the library makes a plain number
    if (typeof value === 'number' || typeof value === 'bigint') return make.of(value);
    return make.is(value) ? value : undefined;
  }

  /** Half precision, which the library hands over as bytes only. */
  #halves({ file_id: file, path }: OpenDataset, { total_size: count, littleEndian }: Metadata): Float32Array {
    const place = this.#library._malloc(2 * count);
    try {
      this.#library.get_dataset_data(file, path, null, null, null, BigInt(place));
      const bytes = this.#library.HEAPU8.slice(place, place + 2 * count);
      const view = new DataView(bytes.buffer);
      return Float32Array.from({ length: count }, (_, index) => halfToNumber(view.getUint16(2 * index, littleEndian)));
    } finally {
      this.#library._free(place);
    }
  }
}

/** `H5T_STR_SPACEPAD`. */
const SPACE_PADDED = 2;

interface Maker {
  of(value: number | bigint): Hdf5Numbers;
  is(value: unknown): value is Hdf5Numbers;
}

function maker<Numbers extends Hdf5Numbers>(create: (value: number | bigint) => Numbers): Maker {
  const sample = create(0).constructor;
  return {
    of: create,
    is: (value): value is Numbers => typeof value === 'object' && value !== null && value.constructor === sample,
  };
}

/** Arrays of floating-point numbers by their size in bytes. */
const FLOATS: Readonly<Partial<Record<number, Maker>>> = {
  4: maker((value) => Float32Array.of(Number(value))),
  8: maker((value) => Float64Array.of(Number(value))),
};

/** Arrays of integers by sign and size in bytes. */
const INTEGERS: Readonly<Partial<Record<string, Maker>>> = {
  i1: maker((value) => Int8Array.of(Number(value))),
  u1: maker((value) => Uint8Array.of(Number(value))),
  i2: maker((value) => Int16Array.of(Number(value))),
  u2: maker((value) => Uint16Array.of(Number(value))),
  i4: maker((value) => Int32Array.of(Number(value))),
  u4: maker((value) => Uint32Array.of(Number(value))),
  i8: maker((value) => BigInt64Array.of(BigInt(value))),
  u8: maker((value) => BigUint64Array.of(BigInt(value))),
};

function unreadNumbers({ type, size }: Metadata): Hdf5Item {
  return { kind: 'unread', reason: `it holds ${type === TYPE.float ? 'floats' : 'integers'} of ${8 * size} bits` };
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all * size, 1);
}

/** IEEE 754 binary16. */
function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(half >> 10) & 0x1f, half & 0x3ff];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

// Writing

/** Arrays of at least as many numbers are packed. */
const PACKED_NUMBERS = 1024;

/** Numbers that are packed together, about. */
const PIECE_NUMBERS = 2 ** 18;

function writeItems(group: OpenGroup, { items }: Hdf5Group): void {
  for (const [name, item] of items) {
    switch (item.kind) {
      case 'group':
        writeItems(group.create_group(name), item);
        break;
      case 'text':
        group.create_dataset({ name, data: [...item.values], shape: [...item.shape], dtype: 'S' });
        break;
      case 'array': {
        const shape = [...item.shape];
        const isPacked = item.values.length >= PACKED_NUMBERS;
        const packing = isPacked ? { chunks: pieceOf(shape), compression: 'gzip' as const } : {};
        group.create_dataset({ name, data: item.values, shape, ...packing });
        break;
      }
      case 'unread':
        throw new Hdf5Error(`${name} cannot be written: ${item.reason}`);
    }
  }
}

/** A piece of an array: all of it but for the first sizes. */
function pieceOf(shape: readonly number[]): number[] {
  const piece = [...shape];
  for (let axis = 0; axis < piece.length && product(piece) > PIECE_NUMBERS; axis++) {
    const rest = product(piece.slice(axis + 1));
    piece[axis] = Math.max(1, Math.floor(PIECE_NUMBERS / rest));
  }
  return piece;
}
