/** Quantities as messages show them: six digits, so that a limit and what just exceeds it look different. */
import { formatQuantity } from '../../units/format-quantity.js';

/** `value` [SI] with a prefixed unit and without trailing zeros, for example `4.5 µS`. */
export function quantityText(value: number, symbol: string): string {
  return formatQuantity(value, symbol, 6).replace(/\.(\d*?)0+(?!\d)/, (_, digits: string) =>
    digits === '' ? '' : `.${digits}`,
  );
}
