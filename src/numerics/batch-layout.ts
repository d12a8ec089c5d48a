/** Where the matrix of a batch product, its batches and the memory of its threads are [bytes]. */

/** Samples, and rows of the matrix, that are worked on together. */
export const BLOCK = 4;
/** Columns of a product that are worked on together. */
export const PANEL = 8;
/** An entry of a list: four factors, and how far into a panel they belong. */
export const ENTRY = { bytes: 20, offset: 16 } as const;
/** Bytes before the entries of a list; the first word is where they end. */
export const LIST_HEAD = 16;
/** Bytes of one place of a panel. */
export const PLACE = 4 * PANEL;

/** Words at {@link BatchLayout.header}: blocks of samples of the batch at hand. */
export const BATCH_HEADER = { blocks: 0, own: 16, bytes: 256 } as const;

export interface BatchShape {
  readonly rows: number;
  readonly columns: number;
  /** Vectors of a batch, at most. */
  readonly batch: number;
  readonly threads: number;
  /** Arrays of a number for each element of the matrix beside it. */
  readonly cellArrays: number;
}

export interface BatchLayout {
  /** Rows and columns of the matrix, vectors of a batch, with their padding of zeros. */
  readonly rows: number;
  readonly stride: number;
  readonly batch: number;
  /** Words for the parts: {@link BATCH_HEADER}, then what the user of the product keeps there. */
  readonly header: number;
  readonly matrix: number;
  readonly cells: readonly number[];
  /** Vectors of a row's and of a column's element each (batch x rows, batch x stride). */
  readonly inputs: number;
  readonly outputs: number;
  readonly errors: number;
  readonly inputErrors: number;
  /** Errors by panels: panel, vector, element. */
  readonly errorPanels: number;
  /** Lists of what is not zero, one for each block of vectors. */
  readonly lists: number;
  readonly listBytes: number;
  /** Two doubles for each block of rows, for sums of a strip. */
  readonly sums: number;
  /** By thread: a panel, a list, a strip of four rows of the matrix. */
  readonly scratch: readonly number[];
  readonly scratchList: number;
  readonly scratchStrip: number;
  readonly bytes: number;
}

const upTo = (unit: number, value: number): number => unit * Math.ceil(value / unit);

/** The layout of a shape. */
export function layOutBatch(shape: BatchShape): BatchLayout {
  const rows = upTo(PANEL, shape.rows);
  const stride = upTo(PANEL, shape.columns);
  const batch = upTo(BLOCK, shape.batch);
  let end = 0;
  const take = (bytes: number): number => {
    const start = end;
    end = upTo(64, start + bytes);
    return start;
  };
  const cells = 4 * rows * stride;
  const listBytes = upTo(64, LIST_HEAD + ENTRY.bytes * (Math.max(rows, stride) + 1));
  const scratchList = Math.max(rows, stride) * PLACE;
  const scratchStrip = upTo(64, scratchList + LIST_HEAD + ENTRY.bytes * (batch + 1));
  return {
    rows,
    stride,
    batch,
    header: take(BATCH_HEADER.bytes),
    matrix: take(cells),
    cells: Array.from({ length: shape.cellArrays }, () => take(cells)),
    inputs: take(4 * batch * rows),
    outputs: take(4 * batch * stride),
    errors: take(4 * batch * stride),
    inputErrors: take(4 * batch * rows),
    errorPanels: take(4 * batch * stride),
    lists: take(listBytes * (batch / BLOCK)),
    listBytes,
    sums: take(16 * (rows / BLOCK)),
    scratch: Array.from({ length: shape.threads }, () => take(scratchStrip + 4 * BLOCK * stride)),
    scratchList,
    scratchStrip,
    bytes: end,
  };
}
