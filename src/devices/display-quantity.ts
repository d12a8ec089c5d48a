/** Quantities of a device in the unit of its author, as messages show them. */
import { formatQuantity } from '../units/format-quantity.js';
import type { DisplayUnit } from './device-model.js';

/** Digits that tell a bound from what just exceeds it. */
const DIGITS = 6;

/** `value` [SI] in `unit`, for example `0.5 nm`; with a prefix where the unit is one of the SI: `20 µS`. */
export function displayQuantity(value: number, { symbol, scale }: DisplayUnit): string {
  if (Number.isNaN(value)) return 'not a number';
  const text = scale === 1 ? formatQuantity(value, symbol, DIGITS) : `${(value / scale).toPrecision(DIGITS)} ${symbol}`;
  return text.replace(/(\.\d*?)0+(?!\d)/, (_, kept: string) => (kept === '.' ? '' : kept));
}
