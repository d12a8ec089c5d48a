/** Memories that the blocks of a controller open to the host. */
import type { ControllerSizes, MemoryWindow, MemoryWindows } from '../legal.js';
import type { ConverterScan } from '../scheduled.js';
import { accumulateWindow } from './accumulate.js';
import type { ControllerBlocks } from './controller-blocks.js';
import { RAIL_WINDOW } from './rails.js';
import { roundingWindow } from './rounding.js';
import { transferWindow } from './transfer.js';
import { verifyWindow } from './verify.js';
import { wearWindow } from './wear.js';

/** The windows of those blocks that have one. */
export function blockWindows(
  { accumulate, verify, transfer, rounding, rails, wear }: ControllerBlocks,
  sizes: ControllerSizes,
  scan: ConverterScan,
): Partial<MemoryWindows> {
  const lines = { rows: sizes.rows, scan };
  const windows: { -readonly [Name in keyof MemoryWindows]?: MemoryWindow } = {};
  if (accumulate) windows.accumulator = accumulateWindow(accumulate, sizes, scan);
  if (verify) windows.target = verifyWindow(lines);
  if (transfer) windows.transfer = transferWindow(transfer, lines);
  if (rounding) windows.update = roundingWindow(rounding, sizes);
  if (rails) windows.rail = RAIL_WINDOW;
  if (wear) windows.wear = wearWindow(sizes, wear);
  return windows;
}
