/** Timing of a converter scan, stated once for the schedule, the interpreters and the tests of the RTL. */
import type { ConverterScan, SampleMode } from './scheduled.js';

/** What sets the length of a scan. */
export type ScanTiming = Pick<
  ConverterScan,
  'shares' | 'settleClocks' | 'conversionClocks' | 'oversampling' | 'compares'
>;

/** What the converters are asked for: a code, or how the current compares with a threshold. */
export type Conversion = 'code' | 'comparison';

/** A strobe of the converters, counted from the first clock of the scan. */
export interface Strobe {
  readonly share: number;
  readonly clock: number;
  /** Which of the conversions of one mean it is, from 0 on, and whether it is the last. */
  readonly turn: number;
  readonly isLast: boolean;
}

/** What the converters are asked for by a segment that samples in `mode`. */
export function conversionOf(scan: ScanTiming, mode: SampleMode): Conversion {
  return mode === 'verify' && scan.compares === true ? 'comparison' : 'code';
}

/** From one strobe to the next one without settling: the strobe, the converter's latency, the registered answer. */
function conversionClocks(scan: ScanTiming): number {
  return 1 + scan.conversionClocks + 1;
}

/** Conversions of a step; a comparison is never repeated. */
function conversions(scan: ScanTiming, conversion: Conversion): number {
  return conversion === 'code' ? 2 ** (scan.oversampling ?? 0) : 1;
}

/** From a multiplexer step to the next one [clocks]: settling, the conversions, and one clock that forms a mean. */
function stepClocks(scan: ScanTiming, conversion: Conversion): number {
  const count = conversions(scan, conversion);
  return scan.settleClocks + count * conversionClocks(scan) + (count > 1 ? 1 : 0);
}

/** How long a sampling segment lasts beyond its dwell [clocks]. */
export function scanClocks(scan: ScanTiming, conversion: Conversion = 'code'): number {
  return scan.shares * stepClocks(scan, conversion);
}

/** From the end of the dwell (its first clock after) to the clock in which the first strobe of `share` is high. */
export function sampleClock(scan: ScanTiming, share: number, conversion: Conversion = 'code'): number {
  return share * stepClocks(scan, conversion) + scan.settleClocks;
}

/** Every strobe of a scan in order of time. */
export function strobes(scan: ScanTiming, conversion: Conversion = 'code'): readonly Strobe[] {
  const count = conversions(scan, conversion);
  return Array.from({ length: scan.shares * count }, (_, at) => {
    const [share, turn] = [Math.floor(at / count), at % count];
    const clock = sampleClock(scan, share, conversion) + turn * conversionClocks(scan);
    return { share, clock, turn, isLast: turn === count - 1 };
  });
}

/** The code that stands for the answers of one step: their mean, halves rounded up. */
export function meanCode(codes: readonly number[]): number {
  const sum = codes.reduce((total, code) => total + code, 0);
  return Math.floor(sum / codes.length + 0.5);
}
