/** What the compiler uses of `node:zlib`, through fflate, with the limits that the callers ask for. */
import { Gunzip, Unzlib } from 'fflate';
import { joinBytes } from '../../../src/core/join-bytes.js';
import { crc32 } from '../../../src/cosim/engines/remote/crc32.js';

export const constants = { Z_SYNC_FLUSH: 2 };

interface UnpackOptions {
  /** [bytes] */
  readonly maxOutputLength?: number;
  /** `Z_SYNC_FLUSH`: a cut end is no fault. */
  readonly finishFlush?: number;
}

/** Bytes that are unpacked before the limit is looked at again; what they can become is bounded by the format. */
const SLICE_BYTES = 16 * 1024;

/** fflate's code of data that end too early, where it notices. */
const UNEXPECTED_END = 0;

/** @throws RangeError where more than `maxOutputLength` bytes come out, Error where the data are damaged */
export function gunzipSync(bytes: Uint8Array, options: UnpackOptions = {}): Uint8Array {
  let others = 0;
  const stream = new Gunzip();
  stream.onmember = () => others++;
  const unpacked = unpackWith(stream, bytes, options);
  // Of several members only the last one has its sums at the end
  if (options.finishFlush === undefined && others === 0) checkSums(bytes, unpacked);
  return unpacked;
}

/** fflate looks neither at the checksum nor at the length behind the data, and takes data that end too early. */
function checkSums(bytes: Uint8Array, unpacked: Uint8Array): void {
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + Math.max(0, bytes.length - 8));
  const isRight = trailer.getUint32(0, true) === crc32(unpacked);
  const isWhole = trailer.getUint32(4, true) === unpacked.length >>> 0;
  if (!isRight && !isWhole) throw cutOff();
  if (!isRight) throw new Error('incorrect data check');
}

/** What Node throws where data end too early. */
function cutOff(): Error {
  return Object.assign(new Error('unexpected end of file'), { code: 'Z_BUF_ERROR' });
}

/** The same for zlib's format. */
export function inflateSync(bytes: Uint8Array, options: UnpackOptions = {}): Uint8Array {
  return unpackWith(new Unzlib(), bytes, options);
}

function unpackWith(stream: Gunzip | Unzlib, bytes: Uint8Array, options: UnpackOptions): Uint8Array {
  const { maxOutputLength = Infinity, finishFlush } = options;
  const parts: Uint8Array[] = [];
  let length = 0;
  stream.ondata = (part) => {
    parts.push(part);
    length += part.length;
    if (length > maxOutputLength) throw new RangeError(`more than ${String(maxOutputLength)} bytes`);
  };
  try {
    for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
      const end = start + SLICE_BYTES;
      stream.push(bytes.slice(start, end), end >= bytes.length && finishFlush === undefined);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNEXPECTED_END) throw cutOff();
    throw error;
  }
  return joinBytes(parts);
}
