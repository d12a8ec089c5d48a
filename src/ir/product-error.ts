/** Products of vectors with a picture that has been written: how far codes of converters are from what was meant. */
import { keyOfSeed } from '../numerics/normal.js';
import { philox4x32 } from '../numerics/philox.js';
import { amperesOf, type AnalogArray } from './analog-array.js';
import type { ImageTarget } from './network.js';
import { RAIL_SET, readVoltsOf } from './passes/bias.js';
import { cellOf } from './passes/bookkeeping.js';
import type { ScheduledModule } from './scheduled.js';

/** Vectors that are multiplied, the same in every run, and bits of their entries. */
const [VECTORS, BITS] = [1000, 8];

/**
 * RMS over {@link VECTORS} random vectors and all columns of (product as read - product with the targets) / full scale.
 * Entries are whole numbers of {@link BITS} bits, which come to the rows bit by bit; full scale is what the product of the
 * largest vector changes by when all cells go from the bottom of the window to its top.
 */
export function productError(scheduled: ScheduledModule, image: ImageTarget, array: AnalogArray): number {
  const { mapped } = scheduled;
  const most = 2 ** BITS - 1;
  const { low, high } = mapped.experiment.program.window;
  const fullScale = image.rows * most * (high - low);
  const [first = 0] = image.siemens.map((_, pixel) => cellOf(image, pixel, mapped.columns));
  const [firstRow, firstColumn] = [Math.floor(first / mapped.columns), first % mapped.columns];
  let squares = 0;
  for (let vector = 0; vector < VECTORS; vector++) {
    const inputs = entriesOf(vector, image.rows);
    const found = readProduct(scheduled, array, { inputs, firstRow });
    for (let column = 0; column < image.columns; column++) {
      const wanted = inputs.reduce((sum, x, row) => sum + x * (image.siemens[row * image.columns + column] ?? NaN), 0);
      squares += (((found[firstColumn + column] ?? NaN) - wanted) / fullScale) ** 2;
    }
  }
  return Math.sqrt(squares / (VECTORS * image.columns));
}

/** Sums over rows of entry times conductance by the codes of all columns [S]. */
function readProduct(
  { program }: ScheduledModule,
  array: AnalogArray,
  { inputs, firstRow }: { readonly inputs: readonly number[]; readonly firstRow: number },
): Float64Array {
  const { scan } = program;
  const sums = new Float64Array(program.columns);
  const volts = readVoltsOf(program.railSets);
  for (let bit = 0; bit < BITS; bit++) {
    const rows = inputs.flatMap((x, row) => (((x >>> bit) & 1) === 1 ? [firstRow + row] : []));
    array.begin({ rows, columns: [], railSet: RAIL_SET.read, negative: false, fires: false });
    for (let share = 0; share < scan.shares; share++) {
      array.sample(share).forEach((code, converter) => {
        const column = converter * scan.shares + share;
        if (column >= sums.length) return;
        sums[column] = (sums[column] ?? 0) + (2 ** bit * amperesOf(code, scan)) / volts;
      });
    }
  }
  return sums;
}

/** Entries of a vector, evenly from 0 to the largest. */
function entriesOf(vector: number, rows: number): readonly number[] {
  const words = new Uint32Array(4);
  return Array.from({ length: rows }, (_, row) => {
    if (row % 4 === 0) philox4x32(Uint32Array.of(row, vector, 0, 0), keyOfSeed(1), words);
    return (words[row % 4] ?? 0) >>> (32 - BITS);
  });
}
