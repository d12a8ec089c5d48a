/** Where the memories that hold one value for every cell keep a cell: {row, step, converter}, as hw/ion_cell_memory.sv. */
import { ceilLog2, indexBits } from './bit-width.js';
import type { MemoryWindow } from './legal.js';
import type { ConverterScan } from './scheduled.js';

export interface CellLines {
  readonly rows: number;
  readonly scan: Pick<ConverterScan, 'converters' | 'shares'>;
}

/** Address bits of a converter among those of a step. */
export function converterSelectBits({ scan }: CellLines): number {
  return ceilLog2(scan.converters);
}

/** Bus word of a cell in its window. */
export function cellWord(lines: CellLines, row: number, column: number): number {
  const { shares } = lines.scan;
  const [converter, step] = [Math.floor(column / shares), column % shares];
  const word = row * 2 ** ceilLog2(shares) + step;
  return word * 2 ** converterSelectBits(lines) + converter;
}

/** Window of a memory with one value of `bits` bits for every cell. */
export function cellWindow(lines: CellLines, base: number, bits: number): MemoryWindow {
  const { converters, shares } = lines.scan;
  return {
    base,
    depth: 2 ** (indexBits(lines.rows) + ceilLog2(shares)),
    width: converters * bits,
    lanes: converters,
    laneStride: 2 ** converterSelectBits(lines),
  };
}
