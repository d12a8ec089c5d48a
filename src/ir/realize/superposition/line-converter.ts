/** The converter of a line as signed codes: code 0 is the voltage nearest to 0 V. */
import { roundHalfAwayFromZero } from '../../../numerics/rounding.js';
import type { VoltageConverter } from '../../chip.js';
import type { RailLevel } from '../../mapped.js';

export interface LineConverter {
  /** Largest code of either sign. */
  readonly largest: number;
  /** Voltage of a signed code [V]. */
  readonly volts: (code: number) => number;
  /** The same as a level of a line. */
  readonly level: (code: number) => RailLevel;
}

/** The converter of `range`, whose code is offset-binary: min + code * (max - min) / 2^bits. */
export function lineConverter({ minVolts, maxVolts, bits }: VoltageConverter): LineConverter {
  const step = (maxVolts - minVolts) / 2 ** bits;
  const zero = roundHalfAwayFromZero(-minVolts / step);
  const volts = (code: number): number => minVolts + (zero + code) * step;
  return {
    largest: Math.min(zero, 2 ** bits - 1 - zero),
    volts,
    level: (code) => ({ code: zero + code, volts: volts(code) }),
  };
}
