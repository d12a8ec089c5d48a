/** What stands at an axis. */

/** A quantity with its unit, as `time [ms]`. */
export function axisTitle(quantity: string, symbol: string): string {
  return symbol === '' || symbol === '1' ? quantity : `${quantity} [${symbol}]`;
}
