/** What it takes to read pairs of cells: the host of a tile reads it row by row, every cell with a converter's code. */
import type { DeviceModel } from '../../devices/device-model.js';
import type { Tile } from '../../ir/chip.js';
import { evaluateWith } from '../../devices/trains/handler-effect.js';
import { cellWeight } from './pair-law.js';
import { compileCells } from './compile-cells.js';
import { meansOf } from './pair-setup.js';

/** How long a row carries current for its cells to be converted [s]. */
export function secondsOfRow({ settleSeconds, conversionSeconds, sharedBy }: Tile['adc']): number {
  return sharedBy * (settleSeconds + conversionSeconds);
}

/** Cells that are read. */
export interface ReadCells {
  readonly device: DeviceModel;
  /** The state of a cell that pulses change. */
  readonly state: string;
  readonly modulators: ReadonlyMap<string, number>;
  /** States of cells (any number of lists). */
  readonly states: readonly Float32Array[];
}

/** G V^2 summed over `cells` at the read voltage, spreads at their means [W]. */
export function readPower({ device, state, modulators, states }: ReadCells): number {
  const conductance = evaluateWith(cellWeight(device, 'conductance', modulators), meansOf(device));
  const fill = compileCells(conductance, [state]);
  const siemens = states.reduce((sum, list) => {
    const out = new Float32Array(list.length);
    fill(out, [list]);
    return out.reduce((total, value) => total + value, sum);
  }, 0);
  return siemens * device.readVoltage.volts ** 2;
}
