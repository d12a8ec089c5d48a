/** Block: signed fixed-point updates become the work list, one or several pulses a cell. */
import { ceilLog2 } from '../bit-width.js';
import type { ControllerSizes, MemoryWindow, Register } from '../legal.js';
import type { PulseRoundingRule } from '../pulse-rounding.js';
import { WINDOWS } from '../window-map.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';

/** Rounding of updates to pulses: the rule, and the width of what the host writes. */
export interface RoundingConfig extends PulseRoundingRule {
  /** Bits of an update, its sign and its fraction included. */
  readonly valueBits: number;
}

/** Bit of `update_status`: rounding goes on. */
export const UPDATE_BUSY = 1;
/** Bit of `update_status`: the work list is full, and updates were left. */
export const UPDATE_OVERFLOW = 2;
/** Lowest bit of the number of entries in `update_status`. */
export const UPDATE_ENTRIES_LSB = 16;

type RoundedLines = Pick<
  ControllerSizes,
  'rows' | 'columns' | 'columnBits' | 'entryRowBits' | 'entryColumnBits' | 'entryBits' | 'magnitudeBits'
>;

/** Registers that start the rounding, tell how far it is, seed it, and hold its rule where that is not fixed. */
export function roundingRegisters({ isWhole }: RoundingConfig, { entryBits }: RoundedLines): readonly Register[] {
  const value = (width: number, reset: number) => ({ name: 'value', lsb: 0, width, reset, summary: 'value' });
  return [
    {
      name: 'update_start',
      offset: 0x1c0,
      access: 'wo',
      lockedWhile: 'busy',
      summary: 'any write makes the work list from the updates',
      fields: [value(1, 0)],
    },
    {
      name: 'update_whole',
      offset: 0x1c4,
      access: 'rw',
      lockedWhile: 'busy',
      summary: 'pulses are whole; else the last one is shortened',
      fields: [value(1, Number(isWhole))],
    },
    {
      name: 'update_seed',
      offset: 0x1c8,
      access: 'rw',
      lockedWhile: 'busy',
      from: 'hardware',
      summary: 'random register of the rounding; 0 becomes 1',
      fields: [value(32, 1)],
    },
    {
      name: 'update_status',
      offset: 0x1cc,
      access: 'ro',
      from: 'hardware',
      summary: 'the list that is made, or was made last',
      fields: [
        { name: 'busy', lsb: 0, width: 1, reset: 0, summary: 'updates are being rounded' },
        { name: 'overflow', lsb: 1, width: 1, reset: 0, summary: 'the work list is full, and more pulses were due' },
        { name: 'entries', lsb: UPDATE_ENTRIES_LSB, width: entryBits + 1, reset: 0, summary: 'entries of the list' },
      ],
    },
  ];
}

/** Parameters of ion_update_list. */
export function roundingParameters(config: RoundingConfig, sizes: RoundedLines): readonly CellParameter[] {
  return cellParameters({
    Rows: sizes.rows,
    Columns: sizes.columns,
    RowW: sizes.entryRowBits,
    ColumnW: sizes.columnBits,
    EntryColW: sizes.entryColumnBits,
    MagnitudeW: sizes.magnitudeBits,
    EntryW: sizes.entryBits,
    ValueW: config.valueBits,
    FracW: config.fractionBits,
    Grain: config.grainBits,
  });
}

/** Window of the updates at {row, column}, two's complement. */
export function roundingWindow(
  { valueBits }: RoundingConfig,
  { entryRowBits, columnBits }: RoundedLines,
): MemoryWindow {
  return {
    base: WINDOWS.update.base,
    depth: 2 ** (entryRowBits + columnBits),
    width: valueBits,
    lanes: 1,
    laneStride: 1,
  };
}

/** Bus word of a cell's update in its window. */
export function updateWord({ columns }: Pick<RoundedLines, 'columns'>, row: number, column: number): number {
  return row * 2 ** Math.max(1, ceilLog2(columns)) + column;
}
