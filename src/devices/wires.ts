/** Resistance between the sources of voltage and the cells of a tile. */

/** Rows begin at column 0, columns at row 0; there they are driven. */
export interface Wires {
  /** From one cell to the next, and from a driver to the first cell. */
  readonly ohmsPerCell: number;
  readonly driverOhms: number;
  /** Lines are driven behind their last cell, too. */
  readonly bothEnds: boolean;
}

/** The voltages of a drive were not found: cells so steep that double precision does not tell their voltages apart. */
export class UnsolvableWires extends Error {
  override readonly name = 'UnsolvableWires';
}
