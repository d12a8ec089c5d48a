/** Block: activations of the neurons become planes of the rows, for the next layer's product. */
import type { ControllerSizes } from '../legal.js';
import type { CornerTurnShape } from '../corner-turn.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';

type CornerTurnLines = Pick<ControllerSizes, 'rows' | 'columns' | 'columnBits' | 'rowPlanes' | 'entryRowBits'>;

/** Parameters of ion_corner_turn; columns beyond the rows have no line to go to. */
export function cornerTurnParameters(lines: CornerTurnLines, activationBits: number): readonly CellParameter[] {
  const { rowPlanes } = lines;
  return cellParameters({
    Values: Math.min(lines.rows, lines.columns),
    ValueW: lines.columnBits,
    Bits: activationBits,
    Lanes: rowPlanes.lanes,
    Words: rowPlanes.words,
    GroupW: Math.max(1, rowPlanes.groupBits),
    PlaneW: lines.entryRowBits,
  });
}

/** Shape of the block's model. */
export function cornerTurnShape({ rowPlanes }: CornerTurnLines, activationBits: number): CornerTurnShape {
  return { bits: activationBits, lanes: rowPlanes.lanes, words: rowPlanes.words };
}
