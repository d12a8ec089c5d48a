/** What the first bytes of a data file say: how many samples there are and how large one is. */
import { constants, gunzipSync } from 'node:zlib';
import { countCsvColumns } from './csv.js';
import { dataFault, type DataFault } from './data-fault.js';

export type DataFormat = 'csv' | 'idx' | 'png' | 'nir';

/** Bytes from which a header is read. */
export const HEAD_BYTES = 65_536;

/** What a head of {@link HEAD_BYTES} can unpack to, at most. */
const MAX_UNPACKED_BYTES = 128 * 2 ** 20;

/** Bytes of one element of an IDX file by the code in its header. */
const IDX_ELEMENT_BYTES: Readonly<Record<number, number>> = { 0x08: 1, 0x09: 1, 0x0b: 2, 0x0c: 4, 0x0d: 4, 0x0e: 8 };

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const HDF5_SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const GZIP_SIGNATURE = [0x1f, 0x8b];

/** What is known of the samples without reading them. */
export interface DataHeader {
  readonly kind: 'header';
  readonly count?: number;
  /** Sizes of one sample; [] for plain numbers. */
  readonly shape?: readonly number[];
  /** Columns of a table, those of labels included. */
  readonly columns?: number;
}

/** The format that the ending of a name stands for; `.gz` behind it is left aside. */
export function dataFormatOf(name: string): DataFormat | undefined {
  const plain = name.toLowerCase().replace(/\.gz$/, '');
  if (/\.(csv|tsv|data|txt)$/.test(plain)) return 'csv';
  if (/(-ubyte|\.idx)$/.test(plain)) return 'idx';
  if (plain.endsWith('.png')) return 'png';
  return plain.endsWith('.nir') ? 'nir' : undefined;
}

/** The header in `head`, the first {@link HEAD_BYTES} of a file; never throws. */
export function readDataHeader(format: DataFormat, head: Uint8Array): DataHeader | DataFault {
  const plain = startsWith(head, GZIP_SIGNATURE) ? unpackHead(head) : head;
  if (!(plain instanceof Uint8Array)) return plain;
  switch (format) {
    case 'csv':
      return readCsvHeader(plain);
    case 'idx':
      return readIdxHeader(plain);
    case 'png':
      return readPngHeader(plain);
    case 'nir':
      return startsWith(plain, HDF5_SIGNATURE) ? { kind: 'header' } : dataFault('NIR data is HDF5, and this is not');
  }
}

/** What the head of a packed file unpacks to; a cut end is no fault. */
function unpackHead(head: Uint8Array): Uint8Array | DataFault {
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_UNPACKED_BYTES };
    return gunzipSync(head, options).subarray(0, HEAD_BYTES);
  } catch {
    return dataFault('the gzip data is damaged');
  }
}

function readCsvHeader(head: Uint8Array): DataHeader | DataFault {
  const columns = countCsvColumns(head, head.length >= HEAD_BYTES);
  return typeof columns === 'number' ? { kind: 'header', columns } : dataFault(columns.reason);
}

function readIdxHeader(head: Uint8Array): DataHeader | DataFault {
  const [first, second, type = 0, dimensions = 0] = head;
  if (first !== 0 || second !== 0 || IDX_ELEMENT_BYTES[type] === undefined) return dataFault('it has no IDX header');
  if (dimensions === 0) return dataFault('the IDX file has no dimensions');
  if (head.length < 4 + 4 * dimensions) return dataFault('the IDX header is cut short');
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const [count = 0, ...shape] = Array.from({ length: dimensions }, (_, index) => view.getUint32(4 + 4 * index));
  return { kind: 'header', count, shape };
}

function readPngHeader(head: Uint8Array): DataHeader | DataFault {
  if (!startsWith(head, PNG_SIGNATURE)) return dataFault('it is not PNG');
  if (head.length < 24) return dataFault('the PNG header is cut short');
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return { kind: 'header', count: 1, shape: [view.getUint32(20), view.getUint32(16)] };
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}
