/** Literals of the language as SI values. */
import type { Unit } from './unit.js';

/**
 * The SI value of the decimal literal `digits` in `unit`. The unit's power of ten is folded into the
 * literal's exponent, so the result is the double nearest to what is written: `10 us` is exactly 1e-5,
 * where `10 * 1e-6` need not be. Infinite or zero where a double cannot hold it.
 */
export function quantityFromLiteral(digits: string, unit: Unit | undefined): number {
  const [mantissa = '', exponent = '0'] = digits.toLowerCase().split('e');
  return Number(`${mantissa}e${Number(exponent) + (unit?.exponent ?? 0)}`);
}
