/** The network of a crossbar as one dense system of equations: slow, and nothing in it is shared with the solver. */
import { endsOf, type Crossbar, type CrossbarLines } from '../../src/numerics/crossbar/crossbar.js';

/** Numbers of the nodes at every cell; a line without resistance has one node. */
interface Nodes {
  readonly row: (row: number, column: number) => number;
  readonly column: (row: number, column: number) => number;
  readonly count: number;
}

/** Voltages at the cells and total currents into the lines. */
export interface DenseSolution {
  readonly rowVolts: Float64Array;
  readonly columnVolts: Float64Array;
  readonly rowCurrents: Readonly<Record<'near' | 'far', Float64Array>>;
  readonly columnCurrents: Readonly<Record<'near' | 'far', Float64Array>>;
}

/** Solves by elimination with partial pivoting; every source has a current of its own as an unknown. */
export function solveDense(crossbar: Crossbar, siemens: Float64Array): DenseSolution {
  const { rows, columns } = crossbar;
  const nodes = numberNodes(crossbar);
  const sources = listSources(crossbar, nodes);
  const size = nodes.count + sources.length;
  const matrix = Array.from({ length: size }, () => new Float64Array(size + 1));
  const connect = (a: number, b: number, conductance: number): void => {
    if (a === b) return;
    matrix[a]![a]! += conductance;
    matrix[b]![b]! += conductance;
    matrix[a]![b]! -= conductance;
    matrix[b]![a]! -= conductance;
  };
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      connect(nodes.row(row, column), nodes.column(row, column), siemens[row * columns + column]!);
      if (column > 0) connect(nodes.row(row, column - 1), nodes.row(row, column), 1 / crossbar.rowLines.ohmsPerCell);
      if (row > 0)
        connect(nodes.column(row - 1, column), nodes.column(row, column), 1 / crossbar.columnLines.ohmsPerCell);
    }
  // u + R i = V, and i enters the node
  for (const [index, { node, ohms, volts }] of sources.entries()) {
    const at = nodes.count + index;
    matrix[node]![at] = -1;
    matrix[at]![node] = 1;
    matrix[at]![at] = ohms;
    matrix[at]![size] = volts;
  }
  const x = eliminate(matrix);
  const cells = Array.from({ length: rows * columns }, (_, at) => [Math.floor(at / columns), at % columns] as const);
  const currents = { row: emptyEnds(rows), column: emptyEnds(columns) };
  for (const [index, { direction, end, line }] of sources.entries())
    currents[direction][end][line] = x[nodes.count + index]!;
  return {
    rowVolts: Float64Array.from(cells, ([row, column]) => x[nodes.row(row, column)]!),
    columnVolts: Float64Array.from(cells, ([row, column]) => x[nodes.column(row, column)]!),
    rowCurrents: currents.row,
    columnCurrents: currents.column,
  };
}

function emptyEnds(count: number): { readonly near: Float64Array; readonly far: Float64Array } {
  return { near: new Float64Array(count), far: new Float64Array(count) };
}

function numberNodes({ rows, columns, rowLines, columnLines }: Crossbar): Nodes {
  const rowNodes = rowLines.ohmsPerCell === 0 ? rows : rows * columns;
  const columnNodes = columnLines.ohmsPerCell === 0 ? columns : rows * columns;
  return {
    row: (row, column) => (rowLines.ohmsPerCell === 0 ? row : row * columns + column),
    column: (row, column) => rowNodes + (columnLines.ohmsPerCell === 0 ? column : row * columns + column),
    count: rowNodes + columnNodes,
  };
}

interface Source {
  readonly direction: 'row' | 'column';
  readonly end: 'near' | 'far';
  readonly line: number;
  readonly node: number;
  readonly ohms: number;
  readonly volts: number;
}

function listSources(crossbar: Crossbar, nodes: Nodes): readonly Source[] {
  const { rows, columns, rowLines, columnLines } = crossbar;
  const list = (
    direction: 'row' | 'column',
    lines: CrossbarLines,
    nodeOf: (line: number, end: 'near' | 'far') => number,
  ): Source[] =>
    endsOf(lines).flatMap(([end, { siemens, volts }]) =>
      [...siemens.keys()]
        .filter((line) => siemens[line] !== 0)
        .map((line) => ({
          direction,
          end,
          line,
          node: nodeOf(line, end),
          ohms: 1 / siemens[line]!,
          volts: volts[line]!,
        })),
    );
  return [
    ...list('row', rowLines, (line, end) => nodes.row(line, end === 'near' ? 0 : columns - 1)),
    ...list('column', columnLines, (line, end) => nodes.column(end === 'near' ? 0 : rows - 1, line)),
  ];
}

/** Gaussian elimination with partial pivoting of [matrix | right-hand side]. */
function eliminate(matrix: Float64Array[]): Float64Array {
  const size = matrix.length;
  for (let k = 0; k < size; k++) {
    let pivot = k;
    for (let i = k + 1; i < size; i++) if (Math.abs(matrix[i]![k]!) > Math.abs(matrix[pivot]![k]!)) pivot = i;
    [matrix[k], matrix[pivot]] = [matrix[pivot]!, matrix[k]!];
    const pivotRow = matrix[k]!;
    for (let i = k + 1; i < size; i++) {
      const row = matrix[i]!;
      const factor = row[k]! / pivotRow[k]!;
      if (factor === 0) continue;
      for (let j = k; j <= size; j++) row[j]! -= factor * pivotRow[j]!;
    }
  }
  const x = new Float64Array(size);
  for (let k = size - 1; k >= 0; k--) {
    let sum = matrix[k]![size]!;
    for (let j = k + 1; j < size; j++) sum -= matrix[k]![j]! * x[j]!;
    x[k] = sum / matrix[k]![k]!;
  }
  return x;
}
