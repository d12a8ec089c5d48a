/** What of a controller stands behind its converters, and before its work list. */
import type { TransferRule } from '../transfer-marks.js';
import type { AccumulateConfig } from './accumulate.js';
import type { RoundingConfig } from './rounding.js';
import type { ScanConfig } from './scan.js';
import type { VerifyConfig } from './verify.js';

/** What a controller does with codes; a block that is absent is not built. */
export interface ConverterBlocks {
  readonly scan: ScanConfig;
  readonly accumulate?: AccumulateConfig;
  readonly verify?: VerifyConfig;
  readonly transfer?: TransferRule;
  readonly rounding?: RoundingConfig;
}

/** Codes are stored, and nothing else. */
export const PLAIN_CONVERTERS: ConverterBlocks = { scan: { oversamples: false, comparison: 'none' } };
