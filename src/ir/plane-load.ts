/** How long loading a plane of lines takes; a contiguous burst must not have shorter segments. */

/** Lines that one word of the plane memory holds. */
export const PLANE_LANES = 16;

/** From taking an op to its first plane word in the shadow register [clocks]. */
const PIPELINE_CLOCKS = 4;

/** Shortest segment behind which the next plane of `columns` lines is surely loaded [clocks]. */
export function minSegmentClocks(columns: number): number {
  return Math.ceil(columns / PLANE_LANES) + PIPELINE_CLOCKS;
}
