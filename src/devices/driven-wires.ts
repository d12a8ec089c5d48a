/** The wires of a tile as the network that a drive makes of them. */
import { invariant } from '../core/invariant.js';
import type { Crossbar, CrossbarLines, LineEnd } from '../numerics/crossbar/crossbar.js';
import type { TileDrive } from './kernel.js';
import type { Wires } from './wires.js';

interface MutableLineEnd extends LineEnd {
  readonly siemens: Float64Array;
  readonly volts: Float64Array;
}

/** The wires of a tile, to be set to one drive after another. */
export class DrivenWires {
  readonly crossbar: Crossbar;
  readonly #rows: Side;
  readonly #columns: Side;

  constructor(rows: number, columns: number, wires: Wires) {
    this.#rows = new Side(rows, wires);
    this.#columns = new Side(columns, wires);
    this.crossbar = { rows, columns, rowLines: this.#rows.lines, columnLines: this.#columns.lines };
  }

  /** Line voltages of `drive`, columns that are not selected at 0 V. */
  apply(drive: TileDrive): void {
    const { rows, columns, both, rowOnly, neither } = drive;
    this.#rows.apply(rows, rowOnly, neither);
    this.#columns.apply(columns, rowOnly - both, 0);
  }
}

/** The lines of one side. */
class Side {
  readonly lines: CrossbarLines;
  readonly #ends: readonly MutableLineEnd[];

  constructor(count: number, { ohmsPerCell, driverOhms, bothEnds }: Wires) {
    const siemens = 1 / (driverOhms + ohmsPerCell);
    const near = lineEnd(count, siemens);
    const far = lineEnd(count, bothEnds ? siemens : 0);
    this.lines = { ohmsPerCell, near, far };
    this.#ends = [near, far];
  }

  apply(selected: readonly number[], voltsOfSelected: number, voltsOfOthers: number): void {
    for (const { volts } of this.#ends) {
      volts.fill(voltsOfOthers);
      for (const line of selected) {
        invariant(line < volts.length, 'a drive selects lines of the tile');
        volts[line] = voltsOfSelected;
      }
    }
  }
}

function lineEnd(count: number, siemens: number): MutableLineEnd {
  return { siemens: new Float64Array(count).fill(siemens), volts: new Float64Array(count) };
}
