/** A device simple enough to reckon with by hand: dg/dt = rate * gain * (v / volts)^3, read current g * v. */
import type { TileDrive, TileKernel, TileSetup } from '../../src/devices/kernel.js';

export const CUBIC = { volts: 4, siemensPerSecond: 1e-6, start: 1e-6 } as const;

/** A tile of cubic devices without noise; `known.gain` scales single cells. V/2 disturbs by 1/8. */
export function createCubicTile(setup: TileSetup): TileKernel {
  return new CubicTile(setup);
}

class CubicTile implements TileKernel {
  readonly rows: number;
  readonly columns: number;
  readonly conductance: Float64Array;
  selectedEnergy = 0;
  halfSelectedEnergy = 0;
  readonly isOhmic = true;
  readonly holdEnergy = 0;
  readonly lineLoss = 0;
  readonly violations = { count: 0 };
  readonly #gain: Float64Array;

  constructor({ rows, columns, known }: TileSetup) {
    this.rows = rows;
    this.columns = columns;
    this.conductance = new Float64Array(rows * columns).fill(CUBIC.start);
    this.#gain = known?.get('gain') ?? new Float64Array(rows * columns).fill(1);
  }

  pulse(drive: TileDrive, seconds: number): void {
    this.conductance.forEach((siemens, cell) => {
      const volts = this.#volts(drive, cell);
      const step = (this.#gain[cell] ?? NaN) * CUBIC.siemensPerSecond * (volts / CUBIC.volts) ** 3 * seconds;
      this.conductance[cell] = siemens + step;
      if (volts === drive.both) this.selectedEnergy += siemens * volts * volts * seconds;
      else this.halfSelectedEnergy += siemens * volts * volts * seconds;
    });
  }

  read(drive: TileDrive): Float64Array {
    const currents = new Float64Array(this.columns);
    this.conductance.forEach((siemens, cell) => {
      const column = cell % this.columns;
      currents[column] = (currents[column] ?? 0) + siemens * this.#volts(drive, cell);
    });
    return currents;
  }

  reset(): void {
    this.conductance.fill(CUBIC.start);
  }

  rest(): void {
    // A cubic device keeps its state.
  }

  stateOf(): Float64Array {
    return this.conductance;
  }

  pulseCells(): void {
    throw new Error('the cubic tile is driven by lines');
  }

  play(): void {
    throw new Error('the cubic tile is driven by lines');
  }

  modulate(): void {
    throw new Error('the cubic tile has no modulators');
  }

  readCells(): Float64Array {
    throw new Error('the cubic tile is read by lines');
  }

  currentsAt(): void {
    throw new Error('the cubic tile is read by lines');
  }

  #volts(drive: TileDrive, cell: number): number {
    const inRow = drive.rows.includes(Math.floor(cell / this.columns));
    const inColumn = drive.columns.includes(cell % this.columns);
    if (inRow) return inColumn ? drive.both : drive.rowOnly;
    return inColumn ? drive.columnOnly : drive.neither;
  }
}
