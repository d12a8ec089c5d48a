/** Rows about the controller itself: area, speed and clocks. */
import { areaPerLine, measureArea, measureSpeed } from '../support/area.js';
import { serialController } from '../support/area-controllers.js';
import { clocksPerSegment } from '../support/segment-clocks.js';
import type { Measurement } from './measurement.js';

/** A line of one level, and the goal. */
export function measureLutPerLine(): Promise<Measurement> {
  const { luts, flipFlops } = areaPerLine(64, 1);
  const note = `line driver of 64 lines on iCE40, without the decoder that tiles share; ${flipFlops.toFixed(2)} flip-flops; goal 2.1`;
  return Promise.resolve({ ours: luts, note });
}

/** The complete 64 x 64 serial controller with its bus. */
export function measureControllerLuts(): Promise<Measurement> {
  const { luts, flipFlops, memories } = measureArea(serialController(64));
  const note = `iCE40; ${String(flipFlops)} flip-flops, ${String(memories)} memories; goal 2200`;
  return Promise.resolve({ ours: luts, note });
}

/** The slowest of three seeds. */
export function measureControllerSpeed(): Promise<Measurement> {
  const speeds = measureSpeed(serialController(64), [1, 2, 3]);
  if (speeds.length === 0) return Promise.resolve({ note: 'nextpnr-ice40 is absent, or the controller does not fit' });
  return Promise.resolve({
    ours: Math.min(...speeds),
    note: 'HX8K, worst of three seeds, ports behind registers; goal 120',
  });
}

/** Back to back segments of one clock each, counted at the pins. */
export async function measureClocksPerSegment(): Promise<Measurement> {
  return { ours: await clocksPerSegment('lines'), note: '256 segments of one clock, back to back; goal 1' };
}
