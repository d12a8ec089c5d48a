/** Where an update array keeps things in its memory [bytes]; JavaScript and WebAssembly share it. */
import { QUANTILE_COUNT } from '../../numerics/normal-quantiles.js';
import { NORMALS_SCRATCH } from '../../numerics/lanes/lane-normals-code.js';

/** Neighbors in a row that are worked on together. */
export const BLOCK = 32;

/** Words at {@link UpdateLayout.header}: the event and the tag of its draws. */
export const HEADER = { event: 0, tag: 4 } as const;

export interface UpdateLayout {
  readonly rows: number;
  /** Columns, filled up to whole blocks. */
  readonly stride: number;
  readonly header: number;
  readonly keys: number;
  readonly table: number;
  /** Words by row and by column: slots of the trains; signs as words of all ones where negative. */
  readonly rowBits: number;
  readonly rowSigns: number;
  readonly columnBits: number;
  readonly columnSigns: number;
  /** Signed pulse counts of all cells, 16 bits each. */
  readonly counts: number;
  /** Single-precision values of all cells: the weight, then each stream. */
  readonly weights: number;
  readonly streams: readonly number[];
  /** By thread; each {@link SCRATCH}. */
  readonly scratch: readonly number[];
  readonly bytes: number;
}

/** Parts of a thread's scratch memory: draws of a block, draws of trains, counts of a row. */
export const SCRATCH = {
  block: 0,
  pulses: NORMALS_SCRATCH.bytes,
  counts: 2 * NORMALS_SCRATCH.bytes,
} as const;

/** Lays an array of `rows` x `columns` cells out. */
export function layOut(shape: { rows: number; columns: number; streams: number; threads: number }): UpdateLayout {
  const { rows, threads } = shape;
  const stride = BLOCK * Math.ceil(shape.columns / BLOCK);
  let end = 0;
  const take = (bytes: number): number => {
    const start = end;
    // Cache lines of their own.
    end = 64 * Math.ceil((start + bytes) / 64);
    return start;
  };
  const cells = rows * stride;
  return {
    rows,
    stride,
    header: take(8),
    keys: take(80),
    table: take(4 * QUANTILE_COUNT),
    rowBits: take(4 * rows),
    rowSigns: take(4 * rows),
    columnBits: take(4 * stride),
    columnSigns: take(4 * stride),
    counts: take(2 * cells),
    weights: take(4 * cells),
    streams: Array.from({ length: shape.streams }, () => take(4 * cells)),
    scratch: Array.from({ length: threads }, () => take(SCRATCH.counts + 2 * stride)),
    bytes: end,
  };
}
