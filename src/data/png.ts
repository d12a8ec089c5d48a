/**
 * Grey PNG. The chunks are checked here before pngjs sees them: it allocates what the header asks for,
 * and on damaged pixel data its inflater reports outside of the call.
 */
import { Buffer } from 'node:buffer';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import type * as Pngjs from 'pngjs';
import { joinBytes } from '../core/join-bytes.js';
import { imageFault, sizeFault, type GreyImage, type ImageFault } from './grey-image.js';

const require = createRequire(import.meta.url);

/** The decoder, loaded with the first picture: most commands read none, and it takes 11 ms. */
function loadPngjs(): typeof Pngjs {
  return require('pngjs') as typeof Pngjs;
}

interface Header {
  readonly columns: number;
  readonly rows: number;
  readonly bitDepth: number;
  readonly colorType: number;
}

/** Samples per pixel by color type, with the bit depths that go with it (PNG specification, table 11.1). */
const COLOR_TYPES = new Map<number, { samples: number; depths: readonly number[] }>([
  [0, { samples: 1, depths: [1, 2, 4, 8, 16] }],
  [2, { samples: 3, depths: [8, 16] }],
  [3, { samples: 1, depths: [1, 2, 4, 8] }],
  [4, { samples: 2, depths: [8, 16] }],
  [6, { samples: 4, depths: [8, 16] }],
]);

/** The picture, `scale: 'grey'`; transparent pixels are shown on black; color is a fault. */
export function readPng(bytes: Uint8Array): GreyImage | ImageFault {
  const header = readHeader(bytes);
  if ('kind' in header) return header;
  const damage = sizeFault(header.rows, header.columns) ?? pixelDataFault(bytes, header);
  if (damage) return damage;
  try {
    // pngjs scales every depth below 16 to 8 bits
    const { data } = loadPngjs().PNG.sync.read(Buffer.from(bytes), { skipRescale: header.bitDepth === 16 });
    return toGrey(data, header);
  } catch {
    return imageFault('a chunk of the PNG or its checksum is damaged');
  }
}

function readHeader(bytes: Uint8Array): Header | ImageFault {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33 || view.getUint32(8) !== 13 || nameAt(bytes, 12) !== 'IHDR') {
    return imageFault('the PNG header is damaged or cut short');
  }
  const [bitDepth = 0, colorType = 0] = bytes.subarray(24, 26);
  if (!COLOR_TYPES.get(colorType)?.depths.includes(bitDepth)) {
    return imageFault(`PNG color type ${colorType} with ${bitDepth} bits does not exist`);
  }
  if (bytes[28] !== 0) return imageFault('the PNG is interlaced; save it without interlacing');
  return { columns: view.getUint32(16), rows: view.getUint32(20), bitDepth, colorType };
}

/** Why the pixel data does not unpack to exactly what the header announces, or undefined. */
function pixelDataFault(bytes: Uint8Array, { rows, columns, bitDepth, colorType }: Header): ImageFault | undefined {
  const bitsPerPixel = bitDepth * (COLOR_TYPES.get(colorType)?.samples ?? 0);
  // One byte before each row names its filter
  const expected = rows * (1 + Math.ceil((columns * bitsPerPixel) / 8));
  const packed = collectPixelData(bytes);
  if (!packed) return imageFault('the PNG is cut short');
  try {
    const { length } = inflateSync(packed, { maxOutputLength: expected });
    return length === expected ? undefined : imageFault(`PNG pixels: expected ${expected} bytes, found ${length}`);
  } catch {
    return imageFault('the pixel data of the PNG is damaged');
  }
}

/** The joined IDAT chunks, or undefined where the file ends before IEND. */
function collectPixelData(bytes: Uint8Array): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  // A chunk: length, name, content, checksum (which pngjs checks)
  for (let offset = 8; offset + 12 <= bytes.length;) {
    const length = view.getUint32(offset);
    const name = nameAt(bytes, offset + 4);
    if (offset + 12 + length > bytes.length) return undefined;
    if (name === 'IEND') return joinBytes(parts);
    if (name === 'IDAT') parts.push(bytes.subarray(offset + 8, offset + 8 + length));
    offset += 12 + length;
  }
  return undefined;
}

function nameAt(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}

/** @param data  red, green, blue and alpha of each pixel */
function toGrey(data: ArrayLike<number>, { rows, columns, bitDepth }: Header): GreyImage | ImageFault {
  const white = bitDepth === 16 ? 65535 : 255;
  const values = new Float64Array(rows * columns);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const red = data[4 * pixel] ?? 0;
    if (data[4 * pixel + 1] !== red || data[4 * pixel + 2] !== red) {
      return imageFault(
        `the pixel in row ${Math.floor(pixel / columns) + 1}, column ${(pixel % columns) + 1} is not grey`,
      );
    }
    values[pixel] = (red / white) * ((data[4 * pixel + 3] ?? 0) / white);
  }
  return { kind: 'image', rows, columns, values, scale: 'grey' };
}
