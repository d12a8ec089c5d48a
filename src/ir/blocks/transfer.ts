/** Block: sums between two arrays, cell by cell, and the pulses that they ask for. */
import { indexBits } from '../bit-width.js';
import { cellWindow, converterSelectBits, type CellLines } from '../cell-address.js';
import type { ControllerSizes, MemoryWindow, Register } from '../legal.js';
import type { ConverterScan } from '../scheduled.js';
import type { TransferRule } from '../transfer-marks.js';
import { WINDOWS } from '../window-map.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';
import { tunedRegister } from './tuned-register.js';

/** Bit of `converter_status`. */
export const STATUS_TRANSFER_SATURATED = 2;

/** Registers of zero [codes], threshold [codes summed up] and chopper. */
export function transferRegisters(rule: TransferRule, { bits }: ConverterScan): readonly Register[] {
  return [
    tunedRegister({
      name: 'transfer_zero',
      offset: 0x0d4,
      width: bits,
      reset: rule.zero,
      summary: 'code of no current, taken from every code of a transfer',
    }),
    tunedRegister({
      name: 'transfer_threshold',
      offset: 0x0d8,
      width: rule.sumBits - 1,
      reset: rule.threshold,
      summary: 'sum that asks for a pulse, 0 for none',
    }),
    {
      name: 'transfer_chop',
      offset: 0x0f8,
      access: 'rw',
      lockedWhile: 'busy',
      summary: 'what a transfer adds changes its sign',
      fields: [{ name: 'value', lsb: 0, width: 1, reset: 0, summary: 'value' }],
    },
  ];
}

/** Parameters of ion_transfer. */
export function transferParameters(
  { sumBits }: TransferRule,
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
    SumW: sumBits,
    SelBits: converterSelectBits(lines),
  });
}

/** Window of the sums, two's complement. */
export function transferWindow({ sumBits }: TransferRule, lines: CellLines): MemoryWindow {
  return cellWindow(lines, WINDOWS.transfer.base, sumBits);
}
