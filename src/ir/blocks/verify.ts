/** Block: codes of a verify scan against targets, cell by cell. */
import { indexBits } from '../bit-width.js';
import { cellWindow, converterSelectBits, type CellLines } from '../cell-address.js';
import type { ControllerSizes, MemoryWindow, Register } from '../legal.js';
import type { ConverterScan } from '../scheduled.js';
import { WINDOWS } from '../window-map.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';
import { tunedRegister } from './tuned-register.js';

/** Comparison of codes with targets. */
export interface VerifyConfig {
  /** Reset value of how far a code may be from its target. */
  readonly tolerance: number;
}

/** Register of the tolerance [codes]. */
export function verifyRegisters({ tolerance }: VerifyConfig, { bits }: ConverterScan): readonly Register[] {
  return [
    tunedRegister({
      name: 'cmp_tol',
      offset: 0x0d0,
      width: bits,
      reset: tolerance,
      summary: 'farthest that a code may be from its target',
    }),
  ];
}

/** Parameters of ion_verify. */
export function verifyParameters(
  { muxBits }: Pick<ControllerSizes, 'muxBits'>,
  lines: CellLines & { readonly scan: ConverterScan },
): readonly CellParameter[] {
  const { converters, shares, bits } = lines.scan;
  return cellParameters({
    Converters: converters,
    Shares: shares,
    Bits: bits,
    MuxW: muxBits,
    RowW: indexBits(lines.rows),
    SelBits: converterSelectBits(lines),
  });
}

/** Parameters of ion_marks. */
export function marksParameters(columns: number, { converters, shares }: ConverterScan): readonly CellParameter[] {
  return cellParameters({ Converters: converters, Shares: shares, Columns: columns });
}

/** Window of the targets; see targetWord. */
export function verifyWindow(lines: CellLines & { readonly scan: ConverterScan }): MemoryWindow {
  return cellWindow(lines, WINDOWS.target.base, lines.scan.bits + 1);
}

/** What the host writes for a cell: the code to reach, or none. */
export function targetWord({ bits }: ConverterScan, target: number | undefined): number {
  return target === undefined ? 0 : 2 ** bits + target;
}
