/** How registers are put together: fields by name, values, single bits, and numbers that need two registers. */
import type { Register, RegisterField } from './legal.js';

/** A field; `reset` is also the value of a constant. */
export function registerField(
  place: Pick<RegisterField, 'name' | 'lsb' | 'width'>,
  summary: string,
  reset = 0,
): RegisterField {
  return { ...place, reset, summary };
}

/** The only field of a register that holds one number. */
export function valueField(width: number, reset: number): RegisterField {
  return registerField({ name: 'value', lsb: 0, width }, 'value', reset);
}

/** A field of one bit, zero after reset. */
export function bitField(name: string, lsb: number, summary: string): RegisterField {
  return registerField({ name, lsb, width: 1 }, summary);
}

/** A number that may need two registers. */
export interface WideValue extends Pick<Register, 'name' | 'offset' | 'summary' | 'lockedWhile'> {
  readonly width: number;
  readonly reset: number;
}

/** `<name>_lo` with the lower 32 bits, and where there are more, `<name>_hi` after it. */
export function wideRegisters({ name, width, reset, ...rest }: WideValue): readonly Register[] {
  const low: Register = {
    ...rest,
    name: `${name}_lo`,
    access: 'rw',
    fields: [valueField(Math.min(width, 32), reset % 2 ** 32)],
  };
  if (width <= 32) return [low];
  const high: Register = {
    ...rest,
    name: `${name}_hi`,
    offset: rest.offset + 4,
    access: 'rw',
    summary: `bits from 32 on of \`${name}_lo\``,
    fields: [valueField(width - 32, Math.floor(reset / 2 ** 32))],
  };
  return [low, high];
}
