/** What an HDF5 file holds, as plain data that can be sent between threads. */

/** Numbers as they are stored, in the byte order of this machine. */
export type Hdf5Numbers =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** A dataset of numbers; a scalar has an empty shape. */
export interface Hdf5Array {
  readonly kind: 'array';
  readonly shape: readonly number[];
  /** Row-major, as many as the shape says. */
  readonly values: Hdf5Numbers;
}

/** A dataset of strings, of fixed or variable length. */
export interface Hdf5Text {
  readonly kind: 'text';
  readonly shape: readonly number[];
  readonly values: readonly string[];
}

/** Something that is there and cannot be read: a link to another file, a compound type. */
export interface Hdf5Unread {
  readonly kind: 'unread';
  readonly reason: string;
}

export interface Hdf5Group {
  readonly kind: 'group';
  readonly items: ReadonlyMap<string, Hdf5Item>;
}

export type Hdf5Item = Hdf5Array | Hdf5Text | Hdf5Unread | Hdf5Group;

/** A group of the given items. */
export function hdf5Group(items: Readonly<Record<string, Hdf5Item>>): Hdf5Group {
  return { kind: 'group', items: new Map(Object.entries(items)) };
}

/** One string. */
export function hdf5Text(value: string): Hdf5Text {
  return { kind: 'text', shape: [], values: [value] };
}

/** What a file may hold at most; one that holds more is refused before it takes memory. */
export interface Hdf5Limits {
  /** Groups and datasets. */
  readonly items: number;
  /** Groups inside one another. */
  readonly depth: number;
  /** Bytes of all datasets together, unpacked. */
  readonly bytes: number;
  /** After this time a file counts as one that is never read to its end; 10 where absent [s]. */
  readonly seconds?: number;
}
