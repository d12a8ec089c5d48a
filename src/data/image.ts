/** Reads a picture of any supported format; the content decides which it is, the name only where content cannot. */
import { gunzipSync } from 'node:zlib';
import { readCsv } from './csv.js';
import { imageFault, type GreyImage, type ImageFault } from './grey-image.js';
import { readIdx } from './idx.js';
import { readPgm } from './pgm.js';
import { readPng } from './png.js';

export type { GreyImage, ImageFault } from './grey-image.js';

/** Largest unpacked size of a `.gz` file [bytes]; MNIST's largest file has 47 MB. */
const MAX_UNPACKED_BYTES = 128 * 2 ** 20;

/**
 * The picture in `bytes`, or why there is none; never throws.
 * @param name   file name, for its extension only
 * @param index  which picture of an IDX file, from 0; undefined where the source says nothing
 */
export function decodeImage(name: string, bytes: Uint8Array, index: number | undefined): GreyImage | ImageFault {
  if (!startsWith(bytes, [0x1f, 0x8b])) return decodePlain(name, bytes, index);
  const unpacked = unpack(bytes);
  return unpacked instanceof Uint8Array ? decodePlain(name.replace(/\.gz$/i, ''), unpacked, index) : unpacked;
}

function unpack(bytes: Uint8Array): Uint8Array | ImageFault {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (error) {
    if (error instanceof RangeError) return imageFault(`it unpacks to more than ${MAX_UNPACKED_BYTES} bytes`);
    return imageFault('the gzip data is damaged or cut short');
  }
}

function decodePlain(name: string, bytes: Uint8Array, index: number | undefined): GreyImage | ImageFault {
  if (bytes.length === 0) return imageFault('the file is empty');
  // Two zero bytes open an IDX file, and no text does
  if (startsWith(bytes, [0, 0])) return readIdx(bytes, index);
  if (index !== undefined) return imageFault('the file holds one picture; `at` chooses from an IDX file');
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47])) return readPng(bytes);
  if (isNetpbm(bytes)) return readPgm(bytes);
  return decodeByName(name, bytes);
}

function decodeByName(name: string, bytes: Uint8Array): GreyImage | ImageFault {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  switch (extension) {
    case 'png':
    case 'pgm':
      return imageFault(`the content is not ${extension.toUpperCase()}`);
    case 'idx':
      return imageFault('the content is not IDX: it does not begin with two zero bytes');
    default:
      return readCsv(bytes);
  }
}

/** `P1` to `P7` and white space: PBM, PGM, PPM, PAM; {@link readPgm} says which of them it takes. */
function isNetpbm(bytes: Uint8Array): boolean {
  const [letter, digit, space] = bytes;
  return letter === 0x50 && digit !== undefined && digit >= 0x31 && digit <= 0x37 && /\s/.test(charOf(space));
}

function charOf(byte: number | undefined): string {
  return byte === undefined ? '' : String.fromCharCode(byte);
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, position) => bytes[position] === byte);
}
