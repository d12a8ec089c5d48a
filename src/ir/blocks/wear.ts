/** Block: pulses that every row has had, and how many it may have. */
import type { ControllerSizes, MemoryWindow, Register } from '../legal.js';
import { registerField } from '../register-fields.js';
import { WINDOWS } from '../window-map.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';

/** Pulses counted for each row. */
export interface WearConfig {
  readonly countBits: number;
  /** Reset value: pulses that a row may have, 0 for any number. */
  readonly limit: number;
}

/** Parameters of ion_wear. */
export function wearParameters(
  { rows, rowBits }: Pick<ControllerSizes, 'rows' | 'rowBits'>,
  { countBits }: WearConfig,
): readonly CellParameter[] {
  return cellParameters({ Rows: rows, RowW: rowBits, CountW: countBits });
}

/** Window of the counts, a word for every row. */
export function wearWindow({ rowBits }: Pick<ControllerSizes, 'rowBits'>, { countBits }: WearConfig): MemoryWindow {
  return { base: WINDOWS.wear.base, depth: 2 ** rowBits, width: countBits, lanes: 1, laneStride: 1 };
}

/** Registers beside the window of the counts. */
export function wearRegisters({ countBits, limit }: WearConfig): readonly Register[] {
  const value = { name: 'value', lsb: 0, width: countBits };
  return [
    {
      name: 'wear_limit',
      offset: 0x064,
      access: 'rw',
      lockedWhile: 'busy',
      summary: 'pulses that a row may have, 0 for any number',
      fields: [registerField(value, 'value', limit)],
    },
    {
      name: 'wear_common',
      offset: 0x068,
      access: 'ro',
      from: 'hardware',
      summary: 'pulses on several rows at once since reset; every row may have had them beside its own',
      fields: [registerField(value, 'value')],
    },
  ];
}
