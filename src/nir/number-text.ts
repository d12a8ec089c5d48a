/** Numbers with as many digits as they have, and no more. */

/** A number that is single precision, with the digits that make it again; others with all digits of a double. */
export function numberText(value: number, isSingle: boolean): string {
  if (!isSingle || Number.isInteger(value) || Math.fround(value) !== value) return String(value);
  // Most take eight digits or nine; those that take fewer are found among those that take eight
  const eight = rounded(value, 8);
  if (Math.fround(eight) === value) {
    const seven = rounded(value, 7);
    return String(Math.fround(seven) === value ? seven : eight);
  }
  const nine = rounded(value, 9);
  return String(Math.fround(nine) === value ? nine : Number(value.toPrecision(9)));
}

/** The nearest number of that many digits: rounding by a power of ten is much faster than writing digits. */
function rounded(value: number, digits: number): number {
  const places = digits - 1 - Math.floor(Math.log10(Math.abs(value)));
  if (places < 0 || places > MAX_PLACES) return Number(value.toPrecision(digits));
  const scale = 10 ** places;
  return Math.round(value * scale) / scale;
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
