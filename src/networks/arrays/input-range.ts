/** How far the elements of a vector go, which says what the bits of its planes mean. */

/** The largest takes all bits; a single bit is enough where all that are not 0 are as large as each other. */
export interface InputRange {
  /** Magnitude of the largest element. */
  largest: number;
  isBinary: boolean;
}

/** Of `count` elements from `offset` on; `into` is filled and returned. */
export function rangeOf(
  values: Float32Array,
  offset: number,
  count: number,
  into: InputRange = { largest: 0, isBinary: true },
): InputRange {
  into.largest = 0;
  for (let at = offset; at < offset + count; at++) into.largest = Math.max(into.largest, Math.abs(values[at] ?? 0));
  into.isBinary = true;
  for (let at = offset; at < offset + count; at++) {
    const value = Math.abs(values[at] ?? 0);
    into.isBinary &&= value === 0 || value === into.largest;
  }
  return into;
}
