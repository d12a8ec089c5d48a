/** Portable grey maps: P2 (text) and P5 (binary), 8 and 16 bits, with comments in the header. */
import { imageFault, sizeFault, type GreyImage, type ImageFault } from './grey-image.js';

interface Header {
  readonly variant: 'P2' | 'P5';
  readonly columns: number;
  readonly rows: number;
  readonly maxValue: number;
  /** Offset of the byte after the last digit. */
  readonly end: number;
}

/** Space and comments, then one number; a comment ends with its line. */
const FIELD = /(?:\s|#[^\r\n]*[\r\n])+(\d{1,9})(?=[\s#])/y;

/** Longest header read [bytes]: four fields, the rest can only be comments. */
const MAX_HEADER = 4096;

/**
 * The picture, `scale: 'grey'`: pixel / maximum of the header.
 * @see https://netpbm.sourceforge.net/doc/pgm.html
 */
export function readPgm(bytes: Uint8Array): GreyImage | ImageFault {
  const header = readHeader(latin1(bytes.subarray(0, MAX_HEADER)));
  if ('kind' in header) return header;
  const tooLarge = sizeFault(header.rows, header.columns);
  if (tooLarge) return tooLarge;
  return header.variant === 'P5' ? readBinary(bytes, header) : readText(bytes, header);
}

function readHeader(head: string): Header | ImageFault {
  const variant = head.slice(0, 2);
  if (variant !== 'P2' && variant !== 'P5') {
    return imageFault(`the netpbm variant ${variant} is not a grey map: expected P2 or P5`);
  }
  const columns = readField(head, 2);
  const rows = columns && readField(head, columns.end);
  const maxValue = rows && readField(head, rows.end);
  if (!maxValue) return imageFault('the PGM header is damaged: expected width, height and maximum');
  if (maxValue.value < 1 || maxValue.value > 65535) {
    return imageFault(`the PGM maximum ${maxValue.value} is not in 1 to 65535`);
  }
  return { variant, columns: columns.value, rows: rows.value, maxValue: maxValue.value, end: maxValue.end };
}

function readField(head: string, from: number): { value: number; end: number } | undefined {
  FIELD.lastIndex = from;
  const match = FIELD.exec(head);
  return match ? { value: Number(match[1]), end: FIELD.lastIndex } : undefined;
}

/** Pixels of one byte, or of two with the high one first where the maximum needs it. */
function readBinary(bytes: Uint8Array, { rows, columns, maxValue, end }: Header): GreyImage | ImageFault {
  const pixelBytes = maxValue > 255 ? 2 : 1;
  // Exactly one white-space byte separates header and pixels
  const data = bytes.subarray(end + 1);
  const expected = rows * columns * pixelBytes;
  if (data.length !== expected) return imageFault(`expected ${expected} bytes of pixels, found ${data.length}`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const pixelAt = (pixel: number) => (pixelBytes === 2 ? view.getUint16(2 * pixel) : view.getUint8(pixel));
  return toImage(rows, columns, (pixel) => pixelAt(pixel) / maxValue);
}

function readText(bytes: Uint8Array, { rows, columns, maxValue, end }: Header): GreyImage | ImageFault {
  const text = latin1(bytes.subarray(end)).replace(/#[^\r\n]*/g, ' ');
  const words = text.split(/\s+/).filter((word) => word !== '');
  const expected = rows * columns;
  if (words.length !== expected) return imageFault(`expected ${expected} pixels, found ${words.length}`);
  const stray = words.findIndex((word) => !/^\d{1,9}$/.test(word));
  if (stray >= 0)
    return imageFault(`pixel ${stray + 1} is not a number: ${JSON.stringify(words[stray]?.slice(0, 40))}`);
  return toImage(rows, columns, (pixel) => Number(words[pixel]) / maxValue);
}

function toImage(rows: number, columns: number, valueAt: (pixel: number) => number): GreyImage | ImageFault {
  const values = Float64Array.from({ length: rows * columns }, (_, pixel) => valueAt(pixel));
  const bright = values.findIndex((value) => value > 1);
  if (bright < 0) return { kind: 'image', rows, columns, values, scale: 'grey' };
  return imageFault(
    `the pixel in row ${Math.floor(bright / columns) + 1}, column ${(bright % columns) + 1} is above the maximum`,
  );
}

/** One character per byte, so that offsets in the text are offsets in the file. */
function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
