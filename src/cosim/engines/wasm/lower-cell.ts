/** The table of combinational cells that the embedded engine knows. */
import type { CellLowering, CellView } from './cell-view.js';
import { ARITHMETIC_CELLS } from './lower-arithmetic.js';
import { LOGIC_CELLS } from './lower-logic.js';
import { SELECT_CELLS } from './lower-select.js';
import { SHIFT_CELLS } from './lower-shift.js';
import type { Vector } from './vector.js';

const LOWERINGS: ReadonlyMap<string, CellLowering> = new Map(
  Object.entries({ ...LOGIC_CELLS, ...ARITHMETIC_CELLS, ...SHIFT_CELLS, ...SELECT_CELLS }),
);

/** The value of output `Y`, or the reason why it cannot be computed. */
export function lowerCell(cell: CellView): Vector | string {
  const lowering = LOWERINGS.get(cell.type);
  if (!lowering) return 'the type is unknown';
  return lowering(cell) ?? `its width of ${String(cell.commonWidth)} bit is too large`;
}
