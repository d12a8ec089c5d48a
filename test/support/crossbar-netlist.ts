/** A crossbar as an ngspice netlist and what ngspice finds: an independent program as the referee. */
import { endsOf, linesOf, type Crossbar } from '../../src/numerics/crossbar/crossbar.js';
import { runNgspice } from './ngspice.js';

/** Element lines of a cell between two nodes. */
export type CellElement = (cell: number, rowNode: string, columnNode: string) => string;

/** What ngspice printed, by quantity. */
export interface SpiceResult {
  readonly rowVolts: Float64Array;
  readonly columnVolts: Float64Array;
  /** Currents from the sources at the near, then the far ends of the lines. */
  readonly currents: ReadonlyMap<string, number>;
}

/** The operating point of a crossbar by ngspice. */
export async function solveBySpice(crossbar: Crossbar, cell: CellElement): Promise<SpiceResult> {
  const { lines, sources } = netlist(crossbar, cell);
  const vectors = await runNgspice([...lines, '.op', '.end', ''].join('\n'));
  const valueOf = (name: string): number => vectors.get(name)?.[0] ?? NaN;
  const count = crossbar.rows * crossbar.columns;
  const voltsOf = (direction: 'row' | 'column'): Float64Array =>
    Float64Array.from({ length: count }, (_, at) => valueOf(`v(${nodeName(crossbar, direction, at)})`));
  return {
    rowVolts: voltsOf('row'),
    columnVolts: voltsOf('column'),
    // SPICE counts a source's current into its positive node
    currents: new Map(sources.map((name) => [name, -valueOf(`i(v${name})`)])),
  };
}

/** Name of the source at an end of a line in a result's `currents`. */
export function sourceName(direction: 'row' | 'column', end: 'near' | 'far', line: number): string {
  return `${direction}${end}${String(line)}`;
}

function nodeName({ columns, rowLines, columnLines }: Crossbar, direction: 'row' | 'column', cell: number): string {
  const [row, column] = [Math.floor(cell / columns), cell % columns];
  if (direction === 'row') return rowLines.ohmsPerCell === 0 ? `r${String(row)}` : `r${String(row)}_${String(column)}`;
  return columnLines.ohmsPerCell === 0 ? `c${String(column)}` : `c${String(column)}_${String(row)}`;
}

/** Lines of the elements, and names of the sources. */
function netlist(
  crossbar: Crossbar,
  cell: CellElement,
): { readonly lines: readonly string[]; readonly sources: readonly string[] } {
  const { rows, columns } = crossbar;
  const lines = ['* crossbar', '.options reltol=1e-9 abstol=1e-15 vntol=1e-12 gmin=1e-30 itl1=1000'];
  for (let at = 0; at < rows * columns; at++) {
    lines.push(cell(at, nodeName(crossbar, 'row', at), nodeName(crossbar, 'column', at)));
    if (at % columns > 0 && crossbar.rowLines.ohmsPerCell > 0)
      lines.push(
        wire(
          `wr${String(at)}`,
          nodeName(crossbar, 'row', at - 1),
          nodeName(crossbar, 'row', at),
          crossbar.rowLines.ohmsPerCell,
        ),
      );
    if (at >= columns && crossbar.columnLines.ohmsPerCell > 0)
      lines.push(
        wire(
          `wc${String(at)}`,
          nodeName(crossbar, 'column', at - columns),
          nodeName(crossbar, 'column', at),
          crossbar.columnLines.ohmsPerCell,
        ),
      );
  }
  const sources = sourceLines(crossbar);
  return { lines: [...lines, ...sources.lines], sources: sources.names };
}

function wire(name: string, from: string, to: string, ohms: number): string {
  return `R${name} ${from} ${to} ${ohms.toPrecision(17)}`;
}

function sourceLines(crossbar: Crossbar): { readonly lines: readonly string[]; readonly names: readonly string[] } {
  const [lines, names]: [string[], string[]] = [[], []];
  for (const direction of ['row', 'column'] as const)
    for (const [end, { siemens, volts }] of endsOf(linesOf(crossbar, direction)))
      for (const [line, conductance] of siemens.entries()) {
        if (conductance === 0) continue;
        const name = sourceName(direction, end, line);
        const node = nodeName(crossbar, direction, endCell(crossbar, direction, end, line));
        const inner = conductance === Infinity ? node : `s${name}`;
        lines.push(`V${name} ${inner} 0 ${(volts[line] ?? 0).toPrecision(17)}`);
        if (inner !== node) lines.push(wire(name, inner, node, 1 / conductance));
        names.push(name);
      }
  return { lines, names };
}

function endCell({ rows, columns }: Crossbar, direction: 'row' | 'column', end: 'near' | 'far', line: number): number {
  if (direction === 'row') return line * columns + (end === 'near' ? 0 : columns - 1);
  return (end === 'near' ? 0 : rows - 1) * columns + line;
}
