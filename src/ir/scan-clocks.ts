/** Timing of a converter scan, stated once for the schedule, the interpreters and the tests of the RTL. */
import type { ConverterScan } from './scheduled.js';

/**
 * From a multiplexer step to the next one [clocks]: settling, the strobe, the converter's latency, and one clock in
 * which the registered answer is stored.
 */
function stepClocks(scan: ConverterScan): number {
  return scan.settleClocks + 1 + scan.conversionClocks + 1;
}

/** How long a sampling segment lasts beyond its dwell [clocks]. */
export function scanClocks(scan: ConverterScan): number {
  return scan.shares * stepClocks(scan);
}

/** From the end of the dwell (its first clock after) to the clock in which the strobe of `share` is high [clocks]. */
export function sampleClock(scan: ConverterScan, share: number): number {
  return share * stepClocks(scan) + scan.settleClocks;
}
