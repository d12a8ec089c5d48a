/**
 * A crossbar as an electrical network: cells between row lines and column lines, wires along the lines,
 * and a source at either end of every line. All numbers SI; arrays over cells are rows x columns, row by row.
 */

/** The two ends of a line: a row's near end is at column 0, a column's at row 0. */
export type End = 'near' | 'far';

/** Lines of one direction. */
export type LineDirection = 'row' | 'column';

/** A number for both ends of every line. */
export type ByEnd = Readonly<Record<End, Float64Array>>;

/** What stands at one end of every line of a direction. */
export interface LineEnd {
  /** Conductance [S] of driver and wire up to the first cell, by line; 0 leaves the end open, Infinity is an ideal source. */
  readonly siemens: Float64Array;
  /** Voltage [V] of the source behind it, by line; without meaning at an open end. */
  readonly volts: Float64Array;
}

/** All lines of one direction. */
export interface CrossbarLines {
  /** Resistance [ohm] of the wire between neighbouring cells; with 0 the line is one node. */
  readonly ohmsPerCell: number;
  readonly near: LineEnd;
  readonly far: LineEnd;
}

/** Wires and sources around rows x columns cells. */
export interface Crossbar {
  readonly rows: number;
  readonly columns: number;
  readonly rowLines: CrossbarLines;
  readonly columnLines: CrossbarLines;
}

/**
 * Currents [A] and slopes dI/dV [S] of all cells at the given voltages, row minus column (rows x columns).
 * Currents must not fall with rising voltage; cells that do not conduct have slope and current 0.
 */
export type CellLaw = (volts: Float64Array, currents: Float64Array, slopes: Float64Array) => void;

/** Voltages and currents of the network. */
export interface CrossbarSolution {
  readonly kind: 'solution';
  /** Voltage [V] of the row line at every cell (rows x columns). */
  readonly rowVolts: Float64Array;
  /** Voltage [V] of the column line at every cell (rows x columns). */
  readonly columnVolts: Float64Array;
  /** Current [A] from the source at one end into every row line. */
  readonly rowCurrents: (end: End) => Float64Array;
  /** Current [A] from the source at one end into every column line. */
  readonly columnCurrents: (end: End) => Float64Array;
  /** Conjugate gradient steps taken, of all linear solves together. */
  readonly iterations: number;
}

/** What a caller may say about a solve; nothing here is needed for convergence. */
export interface SolveOptions {
  /**
   * Largest error of a line's current as a fraction of it (of a thousandth of the largest line current where that
   * is more); 1e-10 unless given.
   */
  readonly tolerance?: number;
  /** Solution of a similar network of the same size, to start from. */
  readonly start?: CrossbarSolution;
}

/** Wires of less resistance [ohm] per cell count as none: their drop is far below the last bit of any voltage. */
const LEAST_OHMS = 1e-30;

/** Whether a line is a single node. */
export function isNode(lines: CrossbarLines): boolean {
  return lines.ohmsPerCell < LEAST_OHMS;
}

/** The lines of a direction. */
export function linesOf(crossbar: Crossbar, direction: LineDirection): CrossbarLines {
  return direction === 'row' ? crossbar.rowLines : crossbar.columnLines;
}

/** Cells on every line of a direction. */
export function cellsPerLine({ rows, columns }: Crossbar, direction: LineDirection): number {
  return direction === 'row' ? columns : rows;
}

/** The same crossbar with other voltages of its sources. */
export function withSourceVolts(crossbar: Crossbar, volts: Readonly<Record<LineDirection, ByEnd>>): Crossbar {
  const driven = (lines: CrossbarLines, { near, far }: ByEnd): CrossbarLines => ({
    ...lines,
    near: { ...lines.near, volts: near },
    far: { ...lines.far, volts: far },
  });
  return {
    ...crossbar,
    rowLines: driven(crossbar.rowLines, volts.row),
    columnLines: driven(crossbar.columnLines, volts.column),
  };
}

/** Voltages of the sources at both ends of the lines; 0 at open ends. */
export function voltsOf({ near, far }: CrossbarLines): ByEnd {
  return { near: connectedVolts(near), far: connectedVolts(far) };
}

function connectedVolts({ siemens, volts }: LineEnd): Float64Array {
  return volts.map((value, line) => (siemens[line] === 0 ? 0 : value));
}

/** Both ends of the lines of a direction. */
export function endsOf(lines: CrossbarLines): readonly (readonly [End, LineEnd])[] {
  return [
    ['near', lines.near],
    ['far', lines.far],
  ];
}
