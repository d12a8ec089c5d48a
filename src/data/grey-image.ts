/** A grey picture as plain numbers, and why a file is not one. */

/** A picture of at most {@link MAX_SIDE} pixels a side. */
export interface GreyImage {
  readonly kind: 'image';
  readonly rows: number;
  readonly columns: number;
  /** Shape (rows x columns), row-major. */
  readonly values: Float64Array;
  /** `grey`: 0 (black) to 1 (white); `number`: as written in the file, unit unknown. */
  readonly scale: 'grey' | 'number';
}

/** Why there is no picture. */
export interface ImageFault {
  readonly kind: 'image-fault';
  /** In words for a message: lower case, no full stop. */
  readonly reason: string;
}

/** Longest side of a picture [pixels], the largest tile there is. */
export const MAX_SIDE = 4096;

/** A fault with the given reason. */
export function imageFault(reason: string): ImageFault {
  return { kind: 'image-fault', reason };
}

/** Why a picture of this size is refused, or undefined; ask before allocating. */
export function sizeFault(rows: number, columns: number): ImageFault | undefined {
  if (rows < 1 || columns < 1) return imageFault(`the picture is empty: ${rows} rows of ${columns} pixels`);
  if (rows <= MAX_SIDE && columns <= MAX_SIDE) return undefined;
  return imageFault(`${rows} rows of ${columns} pixels are more than ${MAX_SIDE} x ${MAX_SIDE}`);
}
