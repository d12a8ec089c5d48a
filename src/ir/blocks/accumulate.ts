/** Block: signed sums of codes, column by column, over bits of an input and over tiles. */
import { ceilLog2 } from '../bit-width.js';
import type { ControllerSizes, MemoryWindow, Register } from '../legal.js';
import type { ConverterScan } from '../scheduled.js';
import { WINDOWS } from '../window-map.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';
import { tunedRegister } from './tuned-register.js';

/** Sums of codes, one for each column. */
export interface AccumulateConfig {
  /** Bits of a sum, at most 32. */
  readonly resultBits: number;
  /** Reset value of what is taken from every code, over all tiles. */
  readonly offset: number;
}

/** Bit of `converter_status`. */
export const STATUS_SUM_SATURATED = 1;

/** Bits of the codes of one column, summed over the tiles. */
function codeBits({ tiles }: Pick<ControllerSizes, 'tiles'>, { bits }: ConverterScan): number {
  return bits + ceilLog2(tiles);
}

/** Register of the offset [codes], as wide as the sum of the codes of all tiles. */
export function accumulateRegisters(
  { offset }: AccumulateConfig,
  sizes: Pick<ControllerSizes, 'tiles'>,
  scan: ConverterScan,
): readonly Register[] {
  return [
    tunedRegister({
      name: 'adc_offset',
      offset: 0x0cc,
      width: codeBits(sizes, scan),
      reset: offset,
      summary: 'taken from every code, or from the sum of those of all tiles',
    }),
  ];
}

/** Parameters of ion_accumulate. */
export function accumulateParameters(
  { resultBits }: AccumulateConfig,
  { muxBits, tiles }: Pick<ControllerSizes, 'muxBits' | 'tiles'>,
  { converters, shares, bits }: ConverterScan,
): readonly CellParameter[] {
  return cellParameters({
    Converters: converters,
    Shares: shares,
    Bits: bits,
    MuxW: muxBits,
    Tiles: tiles,
    ResultW: resultBits,
    SelBits: ceilLog2(converters),
  });
}

/** Window of the sums at {step, converter}. */
export function accumulateWindow(
  { resultBits }: AccumulateConfig,
  { muxBits }: Pick<ControllerSizes, 'muxBits'>,
  { converters }: ConverterScan,
): MemoryWindow {
  return {
    base: WINDOWS.accumulator.base,
    depth: 2 ** muxBits,
    width: converters * resultBits,
    lanes: converters,
    laneStride: 2 ** ceilLog2(converters),
  };
}
