/** Which way a verify scan wants a cell to go, as hw/ion_verify.sv decides it. */
import type { Mark } from './marks.js';

/** From a code: outside the window of the target by more than the tolerance. A cell without a target rests. */
export function verifyMark(code: number, target: number | undefined, tolerance: number): Mark {
  if (target === undefined) return 'none';
  if (code < target - tolerance) return 'up';
  return code > target + tolerance ? 'down' : 'none';
}

/** What a converter answers where it only compares: bit 0 below its window, bit 1 above it. */
export function comparisonAnswer(code: number, threshold: number, tolerance: number): number {
  return Number(code < threshold - tolerance) + 2 * Number(code > threshold + tolerance);
}

/** From an answer; one that says both never arrives, because the scan takes it for none. */
export function comparisonMark(answer: number, hasTarget: boolean): Mark {
  if (!hasTarget || answer === 0) return 'none';
  return answer === 1 ? 'up' : 'down';
}
