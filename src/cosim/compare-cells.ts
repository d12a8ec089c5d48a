/** Holds the cells that the RTL drove against those that the interpreter drove. */
import { invariant } from '../core/invariant.js';
import type { DeviceModel } from '../devices/device-model.js';
import type { TileKernel } from '../devices/kernel.js';
import { CellReading, showsFirstState } from './cell-reading.js';
import type { Comparison } from './comparison.js';

export interface ComparedCells {
  readonly found: TileKernel;
  readonly expected: TileKernel;
}

/**
 * Counts every state of every cell that is not bit-equal, as `conductance[row, column]` where it is one, else by the name
 * of the state. Returns the largest |difference| of conductances at the read voltage, without noise [S].
 */
export function compareCells(device: DeviceModel, { found, expected }: ComparedCells, comparison: Comparison): number {
  const before = comparison.mismatches;
  for (const { name } of device.states) {
    const label = showsFirstState(device) ? 'conductance' : name;
    const values = found.stateOf(name);
    expected.stateOf(name).forEach((value, cell) => {
      const [row, column] = [Math.floor(cell / found.columns), cell % found.columns];
      comparison.same(`${label}[${row}, ${column}]`, value, values[cell] ?? NaN);
    });
  }
  return comparison.mismatches === before ? 0 : largestDifference(device, { found, expected });
}

function largestDifference(device: DeviceModel, { found, expected }: ComparedCells): number {
  const siemens = new CellReading(found, device).siemens;
  let largest = 0;
  new CellReading(expected, device).siemens.forEach((value, cell) => {
    const other = siemens[cell];
    invariant(other !== undefined, 'both arrays have the same cells');
    largest = Math.max(largest, Math.abs(other - value));
  });
  return largest;
}
