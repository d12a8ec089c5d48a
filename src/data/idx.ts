/** IDX, the format of MNIST: unsigned bytes in two dimensions (one picture) or three (a series). */
import { imageFault, sizeFault, type GreyImage, type ImageFault } from './grey-image.js';

const UNSIGNED_BYTE = 0x08;

/**
 * One picture, `scale: 'grey'`: byte / 255.
 *
 * Layout: two zero bytes, the type of an element, the number of dimensions, each dimension as a big-endian
 * 32-bit number, then the elements with the last dimension fastest.
 * @param index  which picture of a series, from 0
 */
export function readIdx(bytes: Uint8Array, index: number | undefined): GreyImage | ImageFault {
  const [, , elementType, dimensionCount = 0] = bytes;
  if (elementType !== UNSIGNED_BYTE) {
    return imageFault(`the IDX element type ${hex(elementType)} is not 0x08 (unsigned byte)`);
  }
  if (dimensionCount !== 2 && dimensionCount !== 3) {
    return imageFault(`the IDX file has ${dimensionCount} dimensions; a picture has 2, a series of pictures 3`);
  }
  const headerBytes = 4 + 4 * dimensionCount;
  if (bytes.length < headerBytes) return imageFault('the IDX header is cut short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizes = Array.from({ length: dimensionCount }, (_, dimension) => view.getUint32(4 + 4 * dimension));
  const [count, rows, columns] = dimensionCount === 3 ? sizes : [1, ...sizes];
  return readPicture(bytes.subarray(headerBytes), { count: count ?? 0, rows: rows ?? 0, columns: columns ?? 0 }, index);
}

interface Series {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
}

function readPicture(data: Uint8Array, series: Series, index: number | undefined): GreyImage | ImageFault {
  const { count, rows, columns } = series;
  const tooLarge = sizeFault(rows, columns);
  if (tooLarge) return tooLarge;
  const area = rows * columns;
  if (data.length < count * area) {
    return imageFault(`the IDX file is cut short: ${count} x ${rows} x ${columns} pixels need ${count * area} bytes`);
  }
  if (index === undefined && count !== 1) return imageFault(`the file holds ${count} pictures; choose one with \`at\``);
  const chosen = index ?? 0;
  if (!Number.isInteger(chosen) || chosen < 0 || chosen >= count) {
    return imageFault(`there is no picture ${chosen}: the file holds ${count}, counted from 0`);
  }
  const values = Float64Array.from(data.subarray(chosen * area, (chosen + 1) * area), (byte) => byte / 255);
  return { kind: 'image', rows, columns, values, scale: 'grey' };
}

function hex(byte: number | undefined): string {
  return byte === undefined ? '(missing)' : `0x${byte.toString(16).padStart(2, '0')}`;
}
