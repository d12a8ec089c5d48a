/**
 * PNG to red, green, blue and alpha, as pngjs decodes it in Node, without Node's streams and buffers. Called by
 * `src/data/png.ts`, which has looked at the header and at the length of the pixel data before.
 * @see https://www.w3.org/TR/png-3/
 */
import { joinBytes } from '../../../src/core/join-bytes.js';
import { crc32 } from '../../../src/cosim/engines/remote/crc32.js';
import { inflateSync } from './zlib.js';

interface Png {
  readonly columns: number;
  readonly rows: number;
  readonly depth: number;
  readonly samples: number;
  readonly palette: Uint8Array | undefined;
  readonly transparency: Uint8Array | undefined;
  readonly packed: readonly Uint8Array[];
}

/** Samples of a pixel by color type; 3 is one index into the palette. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Four numbers a pixel: of 8 bits, or of 16 where the file has them and `skipRescale` is set.
 * @throws Error where a chunk or its checksum is damaged
 */
export function decodePng(bytes: Uint8Array, skipRescale: boolean): Uint8Array | Uint16Array {
  const png = readChunks(bytes);
  const { columns, rows, depth, samples } = png;
  const values = samplesOf(unfilter(inflateSync(joinBytes(png.packed)), png), png);
  const isWide = depth === 16 && skipRescale;
  const pixels = isWide ? new Uint16Array(4 * columns * rows) : new Uint8Array(4 * columns * rows);
  const most = 2 ** depth - 1;
  const scaled = (value: number): number => (isWide ? value : Math.floor((value * 255) / most + 0.5));
  for (let pixel = 0; pixel < columns * rows; pixel++) {
    const raw = values.subarray(pixel * samples, (pixel + 1) * samples);
    pixels.set(png.palette ? fromPalette(raw[0] ?? 0, png) : colorOf(raw, png).map(scaled), 4 * pixel);
  }
  return pixels;
}

function readChunks(bytes: Uint8Array): Png {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = new Map<string, Uint8Array[]>();
  for (let offset = 8; offset + 12 <= bytes.length;) {
    const end = offset + 8 + view.getUint32(offset);
    const name = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    if (view.getUint32(end) !== crc32(bytes.subarray(offset + 4, end))) throw new Error(`checksum of ${name}`);
    chunks.set(name, [...(chunks.get(name) ?? []), bytes.subarray(offset + 8, end)]);
    offset = end + 4;
  }
  const type = bytes[25] ?? 0;
  const [palette] = chunks.get('PLTE') ?? [];
  if (type === 3 && !palette) throw new Error('no palette');
  return {
    columns: view.getUint32(16),
    rows: view.getUint32(20),
    depth: bytes[24] ?? 8,
    samples: SAMPLES[type] ?? 1,
    palette: type === 3 ? palette : undefined,
    transparency: chunks.get('tRNS')?.[0],
    packed: chunks.get('IDAT') ?? [],
  };
}

/** Undoes the filter of each row (section 9). */
function unfilter(data: Uint8Array, { columns, rows, depth, samples }: Png): Uint8Array {
  const length = Math.ceil((columns * depth * samples) / 8);
  const step = Math.ceil((depth * samples) / 8);
  const plain = new Uint8Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const filter = data[row * (length + 1)] ?? 0;
    if (filter > 4) throw new Error('unknown filter');
    for (let at = 0; at < length; at++) {
      const left = at >= step ? (plain[row * length + at - step] ?? 0) : 0;
      const above = row > 0 ? (plain[(row - 1) * length + at] ?? 0) : 0;
      const corner = row > 0 && at >= step ? (plain[(row - 1) * length + at - step] ?? 0) : 0;
      const predicted = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter] ?? 0;
      plain[row * length + at] = (data[row * (length + 1) + 1 + at] ?? 0) + predicted;
    }
  }
  return plain;
}

/** Whichever of the three is nearest to left + above - corner (section 9.4). */
function paeth(left: number, above: number, corner: number): number {
  const [toLeft, toAbove] = [Math.abs(above - corner), Math.abs(left - corner)];
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

/** All samples as numbers; rows begin with a byte. */
function samplesOf(plain: Uint8Array, { columns, rows, depth, samples }: Png): Uint16Array {
  const [perRow, length] = [columns * samples, Math.ceil((columns * depth * samples) / 8)];
  const valueAt = (row: number, at: number): number => {
    const bit = at * depth;
    const byte = row * length + (bit >> 3);
    if (depth === 16) return 256 * (plain[byte] ?? 0) + (plain[byte + 1] ?? 0);
    return ((plain[byte] ?? 0) >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
  };
  return Uint16Array.from({ length: rows * perRow }, (_, at) => valueAt(Math.floor(at / perRow), at % perRow));
}

function fromPalette(index: number, { palette, transparency }: Png): readonly number[] {
  const color = palette?.subarray(3 * index, 3 * index + 3) ?? [];
  if (color.length < 3) throw new Error('not in the palette');
  return [...color, transparency?.[index] ?? 255];
}

/** Red, green, blue and alpha in the depth of the file; the transparent color is black. */
function colorOf(raw: Uint16Array, { depth, transparency }: Png): readonly number[] {
  const opaque = 2 ** depth - 1;
  const [first = 0, second = 0, third = 0] = raw;
  if (raw.length === 2) return [first, first, first, second];
  if (raw.length === 4) return [...raw];
  const isClear = transparency && raw.every((value, at) => value === 256 * (transparency[2 * at] ?? 0) + (transparency[2 * at + 1] ?? 0)); // prettier-ignore
  if (isClear) return [0, 0, 0, 0];
  return raw.length === 1 ? [first, first, first, opaque] : [first, second, third, opaque];
}
