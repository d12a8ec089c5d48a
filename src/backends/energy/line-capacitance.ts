/** Capacitance of lines: from the geometry of the tile where the chip gives a pitch, else as the chip says. */
import type { MappedArray } from '../../ir/mapped.js';
import { formatQuantity } from '../../units/format-quantity.js';
import type { Technology, Term } from './technology.js';
import { CELL_FARADS, INTERVAL_FACTOR, WIRE_FARADS_PER_METRE } from './terms.js';

/** A line's capacitance [F], and how it was found. */
export interface LineCapacitance {
  readonly farads: Term;
  readonly basis: string;
}

/** An array with lines. */
export type LinedArray = Pick<MappedArray, 'rows' | 'columns' | 'lineFarads' | 'lineProvenance' | 'pitch'>;

/** `n (c_w pitch + c_cell) + C_drv` of a row, which crosses all columns, or of a column. */
export function lineCapacitance(side: 'row' | 'column', array: LinedArray, technology: Technology): LineCapacitance {
  const { pitch, lineFarads, lineProvenance } = array;
  if (!pitch) {
    const factor = INTERVAL_FACTOR[lineProvenance.confidence];
    const farads = { low: lineFarads / factor, typical: lineFarads, high: lineFarads * factor, ...lineProvenance };
    return { farads, basis: `C = ${formatQuantity(lineFarads, 'F')}` };
  }
  const cells = side === 'row' ? array.columns : array.rows;
  const cell = pitch.cellFarads === undefined ? CELL_FARADS : certain(pitch.cellFarads);
  const { driverFarads: driver } = technology;
  const sum = (at: 'low' | 'typical' | 'high'): number =>
    cells * (WIRE_FARADS_PER_METRE[at] * pitch.metres + cell[at]) + driver[at];
  const farads: Term = {
    low: sum('low'),
    typical: sum('typical'),
    high: sum('high'),
    source: `${WIRE_FARADS_PER_METRE.source}; ${pitch.cellFarads === undefined ? CELL_FARADS.source : pitch.provenance.source}; ${driver.source}`,
    confidence: 'estimate',
  };
  const of = `${cells} cells of ${formatQuantity(pitch.metres, 'm')} and ${formatQuantity(cell.typical, 'F')}`;
  return { farads, basis: `C = ${formatQuantity(farads.typical, 'F', 2)}, ${of}, and a driver` };
}

function certain(value: number): Pick<Term, 'low' | 'typical' | 'high'> {
  return { low: value, typical: value, high: value };
}
