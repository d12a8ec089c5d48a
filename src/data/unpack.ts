/** Files packed with gzip, as MNIST comes. */
import { gunzipSync } from 'node:zlib';
import { dataFault, type DataFault } from './data-fault.js';

/** Largest unpacked file [bytes]: an hour of patience, and what an array of bytes can hold. */
const MAX_UNPACKED_BYTES = 2 ** 31;

/** The content of a file that may be packed; others stay as they are. */
export function unpack(bytes: Uint8Array): Uint8Array | DataFault {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (error) {
    if (error instanceof RangeError) return dataFault(`it unpacks to more than ${MAX_UNPACKED_BYTES} bytes`);
    const isCut = error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR';
    return dataFault(isCut ? 'the gzip data ends too early: it is not the whole file' : 'the gzip data is damaged');
  }
}
