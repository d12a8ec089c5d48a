/** Clocks as whole numbers of a unit of time that wave files know: 1, 10 or 100 of a power of a thousandth of a second. */

/** fs, the smallest unit that every viewer knows. */
const SMALLEST_EXPONENT = -15;
const UNITS = ['s', 'ms', 'us', 'ns', 'ps', 'fs'];

/** Clock rates are told apart to a millionth of a hertz. */
const HERTZ_PARTS = 1_000_000n;

/**
 * The largest unit of which a period of the clock is a whole number; the femtosecond where there is none (3 MHz), and then
 * times are rounded each by itself, so that errors do not add up.
 */
export class TimeScale {
  /** Power of ten of the unit [s]. */
  readonly exponent: number;
  readonly #partsPerSecond: bigint;
  readonly #unitsPerSecond: bigint;

  constructor(clockHz: number) {
    this.#partsPerSecond = BigInt(Math.round(clockHz * Number(HERTZ_PARTS)));
    let exponent = 0;
    while (exponent > SMALLEST_EXPONENT && !this.#isWhole(exponent)) exponent -= 1;
    this.exponent = exponent;
    this.#unitsPerSecond = 10n ** BigInt(-exponent);
  }

  /** As VCD says it: `100 ns`. */
  get vcdUnit(): string {
    const step = Math.ceil(-this.exponent / 3);
    return `${String(10 ** (3 * step + this.exponent))} ${UNITS[step] ?? ''}`;
  }

  /** The time at which a clock begins, counted from clock 0 [units]. */
  at(clock: number): bigint {
    const parts = 2n * BigInt(clock) * HERTZ_PARTS * this.#unitsPerSecond;
    return (parts / this.#partsPerSecond + 1n) / 2n;
  }

  #isWhole(exponent: number): boolean {
    return (10n ** BigInt(-exponent) * HERTZ_PARTS) % this.#partsPerSecond === 0n;
  }
}
