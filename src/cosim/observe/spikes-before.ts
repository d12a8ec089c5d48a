/** The pair of spikes that a pulse follows: the last ones on both lines of a cell. */
import type { DataSet, PulseProgram } from '../../ir/scheduled.js';
import type { Cell } from './cell-range.js';

/** Moments from the beginning of the run [s]; absent where a line has not spiked. */
export interface SpikeMoments {
  readonly row?: number;
  readonly column?: number;
}

/**
 * Of spikes that reach the controller, the last ones that have come by `clock`; of those that a host has made pulses of,
 * the last ones of the run, which is over by then. Undefined where nothing spikes.
 */
export function spikesBefore(
  { row, column }: Cell,
  { spikes, occasion }: DataSet,
  { clockHz, blocks }: Pick<PulseProgram, 'clockHz' | 'blocks'>,
  clock: number,
): SpikeMoments | undefined {
  const tickClocks = blocks.spikes?.tickClocks;
  let lastOf: (side: 'row' | 'column', line: number) => number | undefined;
  if (spikes && tickClocks !== undefined) {
    lastOf = (side, line) => {
      const last = spikes.findLast(
        (each) => each.side === side && each.line === line && each.tick * tickClocks <= clock,
      );
      return last && (last.tick * tickClocks) / clockHz;
    };
  } else if (occasion?.spikes) {
    const moments = occasion.spikes;
    lastOf = (side, line) => moments.findLast((each) => each.side === side && each.line === line)?.seconds;
  } else return undefined;
  const [ofRow, ofColumn] = [lastOf('row', row), lastOf('column', column)];
  return { ...(ofRow !== undefined && { row: ofRow }), ...(ofColumn !== undefined && { column: ofColumn }) };
}
