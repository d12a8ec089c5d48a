/** Numbers with as many digits as they have, and no more. */

/** A number that is single precision, with the digits that make it again; others with all digits of a double. */
export function numberText(value: number, isSingle: boolean): string {
  if (!isSingle || Number.isInteger(value) || Math.fround(value) !== value) return String(value);
  // Rounding by a power of ten is much faster than writing digits, and what comes out is tried
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  for (const digits of [7, 8, 9]) {
    const places = digits - 1 - exponent;
    const scale = 10 ** places;
    const short = places >= 0 && places <= MAX_PLACES ? Math.round(value * scale) / scale : NaN;
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

/** Powers of ten up to this are exact. */
const MAX_PLACES = 22;

/** Rows of numbers, each on a line; shape (rows x columns). */
export function tableText(values: Float64Array, columns: number, isSingle: boolean): string {
  let text = '';
  for (let at = 0; at < values.length; at++) {
    text += numberText(values[at] ?? 0, isSingle);
    text += (at + 1) % columns === 0 ? '\n' : ',';
  }
  return text;
}
