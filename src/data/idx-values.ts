/** Whole IDX files, the format of MNIST: numbers of any of its element types in any number of dimensions. */
import { dataFault, type DataFault } from './data-fault.js';

type ReadElement = (view: DataView, offset: number) => number;

/** Bytes and reader of each element type, by its code in the header; numbers are big-endian. */
const ELEMENTS: Readonly<Record<number, { readonly bytes: number; readonly read: ReadElement }>> = {
  0x08: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
  0x09: { bytes: 1, read: (view, offset) => view.getInt8(offset) },
  0x0b: { bytes: 2, read: (view, offset) => view.getInt16(offset) },
  0x0c: { bytes: 4, read: (view, offset) => view.getInt32(offset) },
  0x0d: { bytes: 4, read: (view, offset) => view.getFloat32(offset) },
  0x0e: { bytes: 8, read: (view, offset) => view.getFloat64(offset) },
};

/** The numbers of an IDX file, still in its bytes. */
export interface IdxValues {
  readonly kind: 'idx';
  /** Samples: the first dimension. */
  readonly count: number;
  /** The other dimensions, the last one fastest; none for plain numbers. */
  readonly shape: readonly number[];
  /** The number at an index from 0 over the whole file. */
  readonly at: (index: number) => number;
}

/** Reads the header and checks that the numbers are all there. */
export function readIdxValues(bytes: Uint8Array): IdxValues | DataFault {
  const [first, second, type = 0, dimensions = 0] = bytes;
  const element = ELEMENTS[type];
  if (first !== 0 || second !== 0 || !element) return dataFault('it has no IDX header');
  const start = 4 + 4 * dimensions;
  if (dimensions === 0) return dataFault('the IDX file has no dimensions');
  if (bytes.length < start) return dataFault('the IDX header is cut short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizes = Array.from({ length: dimensions }, (_, index) => view.getUint32(4 + 4 * index));
  const [count = 0, ...shape] = sizes;
  const needed = sizes.reduce((product, size) => product * size, element.bytes);
  const found = bytes.length - start;
  if (found !== needed) {
    const fault = found < needed ? 'cut short' : 'too long';
    return dataFault(
      `the IDX file is ${fault}: ${sizes.join(' x ')} numbers take ${needed} bytes, and it has ${found}`,
    );
  }
  return { kind: 'idx', count, shape, at: (index) => element.read(view, start + element.bytes * index) };
}
