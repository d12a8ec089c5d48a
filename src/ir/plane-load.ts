/** How long loading a plane of lines takes; no segment before it may be shorter, or lines go to REST in between. */

/** Lines that one word of the plane memory holds: all of a small array, so that a plane loads in one clock. */
const MAX_PLANE_LANES = 64;

/** Lines in one word of the plane memory of a tile with `columns`. */
export function planeLanes(columns: number): number {
  return Math.min(columns, MAX_PLANE_LANES);
}

/** Shortest segment behind which the next plane of `columns` lines is loaded: one clock a word [clocks]. */
export function minSegmentClocks(columns: number): number {
  return Math.ceil(columns / MAX_PLANE_LANES);
}
