/** Registers of blocks that the host may change between runs. */
import type { Register } from '../legal.js';

/** Name, byte address, width [bits], reset value and words of a number that the host may tune. */
export interface TunedValue {
  readonly name: string;
  readonly offset: number;
  readonly width: number;
  readonly reset: number;
  readonly summary: string;
}

/** A number that stands while a program runs. */
export function tunedRegister({ name, offset, width, reset, summary }: TunedValue): Register {
  return {
    name,
    offset,
    access: 'rw',
    lockedWhile: 'busy',
    summary,
    fields: [{ name: 'value', lsb: 0, width, reset, summary: 'value' }],
  };
}
