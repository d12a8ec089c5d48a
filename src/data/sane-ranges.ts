/** Which sizes of measured quantities are believed. */

/** Sizes beyond which a number is a slip of the pen or of the unit, SI; voltages count without their sign. */
export const SANE_RANGES = {
  conductance: { low: 1e-18, high: 1e6, text: 'between 1 aS and 1 MS' },
  voltage: { low: 1e-6, high: 1e4, text: 'between 1 uV and 10 kV' },
  width: { low: 1e-15, high: 1e6, text: 'between 1 fs and 1000000 s' },
} as const;

/** Whether a size is one that is measured. */
export function isSane(value: number, { low, high }: { readonly low: number; readonly high: number }): boolean {
  return value >= low && value <= high;
}
