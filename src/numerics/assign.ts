/** Assignment at the least cost: the Hungarian method with potentials (Kuhn 1955; Jonker and Volgenant 1987). */

/**
 * The column of each row, all different, so that the sum of costs is least. Takes rows^2 x columns steps.
 * @param cost  of `row` in `column`, finite
 * @param rows  at most `columns`
 */
export function assignRows(cost: (row: number, column: number) => number, rows: number, columns: number): Int32Array {
  // Row and column 0 stand for none
  const rowPrice = new Float64Array(rows + 1);
  const columnPrice = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  const before = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    const least = new Float64Array(columns + 1).fill(Infinity);
    const isDone = new Uint8Array(columns + 1);
    rowOf[0] = row;
    let column = 0;
    do {
      isDone[column] = 1;
      column = advance(column, { cost, rowPrice, columnPrice, rowOf, before, least, isDone });
    } while (rowOf[column] !== 0);
    for (; column !== 0; column = before[column] ?? 0) rowOf[column] = rowOf[before[column] ?? 0] ?? 0;
  }
  const found = new Int32Array(rows);
  for (let column = 1; column <= columns; column++) {
    const row = rowOf[column] ?? 0;
    if (row > 0) found[row - 1] = column - 1;
  }
  return found;
}

interface Search {
  readonly cost: (row: number, column: number) => number;
  readonly rowPrice: Float64Array;
  readonly columnPrice: Float64Array;
  readonly rowOf: Int32Array;
  readonly before: Int32Array;
  readonly least: Float64Array;
  readonly isDone: Uint8Array;
}

/** The column that is nearest on the way from `column`; prices follow the way there. */
function advance(column: number, search: Search): number {
  const { cost, rowPrice, columnPrice, rowOf, before, least, isDone } = search;
  const row = rowOf[column] ?? 0;
  let [nearest, step] = [0, Infinity];
  for (let each = 1; each < isDone.length; each++) {
    if (isDone[each] === 1) continue;
    const reduced = cost(row - 1, each - 1) - (rowPrice[row] ?? 0) - (columnPrice[each] ?? 0);
    if (reduced < (least[each] ?? Infinity)) {
      least[each] = reduced;
      before[each] = column;
    }
    if ((least[each] ?? Infinity) < step) {
      step = least[each] ?? Infinity;
      nearest = each;
    }
  }
  pay(step, search);
  return nearest;
}

/** Prices of all that has been reached rise, and what is left is nearer. */
function pay(step: number, { rowPrice, columnPrice, rowOf, least, isDone }: Search): void {
  for (let each = 0; each < isDone.length; each++) {
    if (isDone[each] === 1) {
      const owner = rowOf[each] ?? 0;
      rowPrice[owner] = (rowPrice[owner] ?? 0) + step;
      columnPrice[each] = (columnPrice[each] ?? 0) - step;
    } else least[each] = (least[each] ?? 0) - step;
  }
}
