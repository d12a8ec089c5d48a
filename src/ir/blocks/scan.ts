/** Block: the converters' scan, with oversampling and comparison where a controller has them. */
import { input, output, portGroup, type ControllerPortGroup } from '../controller-port.js';
import type { ControllerSizes, Register } from '../legal.js';
import type { ConverterScan } from '../scheduled.js';
import { tunedRegister } from './tuned-register.js';

/** log2 of the most conversions whose mean is a code. */
export const MAX_OVERSAMPLING = 3;

/** What the scan can do beside one code for each column. */
export interface ScanConfig {
  /** Whether a code may be the mean of several conversions. */
  readonly oversamples: boolean;
  /** Whether converters can compare, and then whether verify scans do so after reset. */
  readonly comparison: 'none' | 'off' | 'on';
}

/** Registers of what it can do; without means and comparisons there are none. */
export function scanRegisters({ oversamples, comparison }: ScanConfig, scan: ConverterScan): readonly Register[] {
  const oversampling = tunedRegister({
    name: 'adc_os',
    offset: 0x0c8,
    width: 2,
    reset: scan.oversampling ?? 0,
    summary: 'log2 of the conversions whose mean is a code',
  });
  const compare = tunedRegister({
    name: 'adc_compare',
    offset: 0x0dc,
    width: 1,
    reset: Number(comparison === 'on'),
    summary: 'verify scans compare currents with targets instead of converting them',
  });
  return [...(oversamples ? [oversampling] : []), ...(comparison === 'none' ? [] : [compare])];
}

/** Ports of the converters. */
export function scanPorts(
  { comparison }: ScanConfig,
  { muxBits, tiles }: Pick<ControllerSizes, 'muxBits' | 'tiles'>,
  { converters, bits }: ConverterScan,
): ControllerPortGroup {
  const codes = tiles * converters * bits;
  return portGroup(
    'Column converters: converter a takes column a * shares + adc_mux_o',
    output('adc_mux_o', muxBits, 'column of every converter'),
    output('adc_conv_o', 1, 'conversion strobe'),
    input('adc_valid_i', 1, 'answers are there'),
    input('adc_data_i', codes, 'codes, converter 0 of tile 0 lowest'),
    ...(comparison === 'none'
      ? []
      : [
          output('adc_compare_o', 1, 'the strobe asks for a comparison'),
          output('adc_threshold_o', converters * bits, 'codes to compare with'),
          output('adc_tolerance_o', bits, 'half of the window around them'),
          input('adc_answer_i', 2 * tiles * converters, 'above, below the window; converter 0 of tile 0 lowest'),
        ]),
  );
}
