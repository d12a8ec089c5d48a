/** Block: activations of the neurons become planes of the rows, for the next layer's product. */
import { ceilLog2 } from '../bit-width.js';
import type { CornerTurnShape } from '../corner-turn.js';
import type { ControllerSizes } from '../legal.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';

/** Sides and widths that the block follows from. */
export type CornerTurnLines = Pick<
  ControllerSizes,
  'rows' | 'columns' | 'columnBits' | 'rowPlaneBits' | 'rowPlaneLanes' | 'rowPlaneWords' | 'rowPlaneGroupBits'
>;

/** Bits of a bus word: planes are written as the host writes them. */
const BUS_BITS = 32;

/** Parameters of ion_corner_turn; columns beyond the rows have no line to go to. */
export function cornerTurnParameters(lines: CornerTurnLines, activationBits: number): readonly CellParameter[] {
  const { lanes, words } = busWordsOf(lines);
  return cellParameters({
    Values: Math.min(lines.rows, lines.columns),
    ValueW: lines.columnBits,
    Bits: activationBits,
    Lanes: lanes,
    Words: words,
    GroupW: Math.max(1, cornerTurnGroupBits(lines)),
    PlaneW: lines.rowPlaneBits,
  });
}

/** Shape of the block's model. */
export function cornerTurnShape(lines: CornerTurnLines, activationBits: number): CornerTurnShape {
  return { bits: activationBits, ...busWordsOf(lines) };
}

/** Address bits of a bus word in its plane. */
export function cornerTurnGroupBits({ rowPlaneLanes, rowPlaneGroupBits }: CornerTurnLines): number {
  return rowPlaneGroupBits + ceilLog2(Math.ceil(rowPlaneLanes / BUS_BITS));
}

/** A plane in bus words; bits beyond the lines of a memory's word have nowhere to go. */
function busWordsOf({ rowPlaneLanes, rowPlaneWords }: CornerTurnLines): Omit<CornerTurnShape, 'bits'> {
  return {
    lanes: Math.min(rowPlaneLanes, BUS_BITS),
    words: Math.max(1, rowPlaneWords) * Math.ceil(rowPlaneLanes / BUS_BITS),
  };
}
