/** What makes a crossbar unsolvable, found before any arithmetic: faults are data, and no fault ever becomes a number. */
import { unreachable } from '../../core/invariant.js';
import { cellsPerLine, endsOf, isNode, linesOf, type Crossbar, type End, type LineDirection } from './crossbar.js';
import { findFloatingLines } from './floating-lines.js';

/** One line, counted from 0. */
export interface LinePlace {
  readonly direction: LineDirection;
  readonly line: number;
}

/** Where a number stands. */
export type CrossbarPlace =
  | { readonly kind: 'cell'; readonly row: number; readonly column: number }
  | ({ readonly kind: 'end'; readonly end: End; readonly quantity: 'siemens' | 'volts' } & LinePlace)
  | { readonly kind: 'wire'; readonly direction: LineDirection };

export type CrossbarFault =
  /** An array has the wrong length, or there are no cells. */
  | { readonly kind: 'shape'; readonly what: string; readonly expected: number; readonly found: number }
  | { readonly kind: 'not-finite'; readonly place: CrossbarPlace; readonly value: number }
  | { readonly kind: 'negative'; readonly place: CrossbarPlace; readonly value: number }
  /** Two ideal sources of different voltage on one node. */
  | ({ readonly kind: 'short' } & LinePlace)
  /** Lines that no chain of wires and conducting cells joins to a source; each has no voltage. */
  | { readonly kind: 'floating'; readonly lines: readonly LinePlace[] }
  /** A cell's current falls with rising voltage, or the search for a voltage did not end. */
  | { readonly kind: 'not-converged'; readonly iterations: number };

/** The first fault of a crossbar with cells of these conductances [S], rows x columns; undefined where it can be solved. */
export function findCrossbarFault(crossbar: Crossbar, siemens: Float64Array): CrossbarFault | undefined {
  return (
    findShapeFault(crossbar, siemens) ??
    findLineFault(crossbar, 'row') ??
    findLineFault(crossbar, 'column') ??
    findCellFault(crossbar, siemens) ??
    findFloatingFault(crossbar, siemens)
  );
}

/** The first fault in the sources of a crossbar that is sound otherwise. */
export function findSourceFault(crossbar: Crossbar): CrossbarFault | undefined {
  return findLengthFault(endLengths(crossbar)) ?? findLineFault(crossbar, 'row') ?? findLineFault(crossbar, 'column');
}

/** An array: what it holds, its length, and the length it should have. */
type NamedLength = readonly [what: string, found: number, expected: number];

function findShapeFault(crossbar: Crossbar, siemens: Float64Array): CrossbarFault | undefined {
  const { rows, columns } = crossbar;
  for (const [what, found] of [
    ['rows', rows],
    ['columns', columns],
  ] as const)
    if (!Number.isInteger(found) || found < 1) return { kind: 'shape', what, expected: 1, found };
  return findLengthFault([['cells', siemens.length, rows * columns], ...endLengths(crossbar)]);
}

function endLengths({ rows, columns, rowLines, columnLines }: Crossbar): readonly NamedLength[] {
  const sides = [
    ['row', rowLines, rows],
    ['column', columnLines, columns],
  ] as const;
  return sides.flatMap(([direction, lines, count]) =>
    endsOf(lines).flatMap(([end, { siemens, volts }]): readonly NamedLength[] => [
      [`conductances at the ${end} ${direction} ends`, siemens.length, count],
      [`voltages at the ${end} ${direction} ends`, volts.length, count],
    ]),
  );
}

function findLengthFault(lengths: readonly NamedLength[]): CrossbarFault | undefined {
  const wrong = lengths.find(([, found, expected]) => found !== expected);
  return wrong && { kind: 'shape', what: wrong[0], found: wrong[1], expected: wrong[2] };
}

function findLineFault(crossbar: Crossbar, direction: LineDirection): CrossbarFault | undefined {
  const lines = linesOf(crossbar, direction);
  const wire = faultOf(lines.ohmsPerCell, { kind: 'wire', direction });
  if (wire) return wire;
  for (const [end, { siemens }] of endsOf(lines))
    for (const [line, value] of siemens.entries())
      if (!(value >= 0)) return faultOf(value, { kind: 'end', direction, line, end, quantity: 'siemens' });
  for (const [end, { siemens, volts }] of endsOf(lines))
    for (const [line, value] of volts.entries())
      if (siemens[line] !== 0 && !Number.isFinite(value))
        return { kind: 'not-finite', place: { kind: 'end', direction, line, end, quantity: 'volts' }, value };
  return findShort(crossbar, direction);
}

function findShort(crossbar: Crossbar, direction: LineDirection): CrossbarFault | undefined {
  const { near, far } = linesOf(crossbar, direction);
  if (!endsAreOneNode(crossbar, direction)) return undefined;
  for (const [line, conductance] of near.siemens.entries())
    if (conductance === Infinity && far.siemens[line] === Infinity && near.volts[line] !== far.volts[line])
      return { kind: 'short', direction, line };
  return undefined;
}

/** Whether near and far end of a line are the same node. */
function endsAreOneNode(crossbar: Crossbar, direction: LineDirection): boolean {
  return cellsPerLine(crossbar, direction) === 1 || isNode(linesOf(crossbar, direction));
}

function findCellFault({ columns }: Crossbar, siemens: Float64Array): CrossbarFault | undefined {
  for (let cell = 0; cell < siemens.length; cell++) {
    const value = siemens[cell] ?? NaN;
    // One comparison for the usual case
    if (value >= 0 && value < Infinity) continue;
    return faultOf(value, { kind: 'cell', row: Math.floor(cell / columns), column: cell % columns });
  }
  return undefined;
}

/** The floating lines of a network whose numbers are sound, as a fault. */
export function findFloatingFault(crossbar: Crossbar, siemens: Float64Array): CrossbarFault | undefined {
  const lines = findFloatingLines(crossbar, siemens);
  return lines.length > 0 ? { kind: 'floating', lines } : undefined;
}

function faultOf(value: number, place: CrossbarPlace): CrossbarFault | undefined {
  if (!Number.isFinite(value)) return { kind: 'not-finite', place, value };
  return value < 0 ? { kind: 'negative', place, value } : undefined;
}

/** A fault in words, for the message of a diagnostic. */
export function describeCrossbarFault(fault: CrossbarFault): string {
  switch (fault.kind) {
    case 'shape':
      return `${fault.what}: expected ${String(fault.expected)}, found ${String(fault.found)}`;
    case 'not-finite':
      return `${describePlace(fault.place)} is ${String(fault.value)}, not a finite number`;
    case 'negative':
      return `${describePlace(fault.place)} is negative: ${String(fault.value)}`;
    case 'short':
      return `two ideal sources of different voltage meet on ${describeLine(fault)}`;
    case 'floating':
      return `no source holds ${describeLines(fault.lines)}`;
    case 'not-converged':
      return `no voltages found in ${String(fault.iterations)} steps`;
    default:
      return unreachable(fault);
  }
}

/** Lines named one by one before they are only counted. */
const NAMED_LINES = 4;

function describeLines(lines: readonly LinePlace[]): string {
  const named = lines.slice(0, NAMED_LINES).map(describeLine).join(', ');
  const more = lines.length - NAMED_LINES;
  return more > 0 ? `${named} and ${String(more)} more lines` : named;
}

function describeLine({ direction, line }: LinePlace): string {
  return `${direction} ${String(line)}`;
}

function describePlace(place: CrossbarPlace): string {
  switch (place.kind) {
    case 'cell':
      return `the conductance of the cell at row ${String(place.row)}, column ${String(place.column)}`;
    case 'end':
      return `the ${place.quantity === 'volts' ? 'voltage' : 'conductance'} at the ${place.end} end of ${describeLine(place)}`;
    case 'wire':
      return `the resistance per cell of the ${place.direction}s`;
    default:
      return unreachable(place);
  }
}
