/** The address map of the memories; hw/ion_bus_decode.sv decodes it. */
import type { MemoryWindows } from './legal.js';

/** First byte address of each memory, and the bus words of its window. */
export const WINDOWS = {
  program: { base: 0x1_0000, words: 16_384 },
  target: { base: 0x2_0000, words: 16_384 },
  update: { base: 0x3_0000, words: 16_384 },
  work: { base: 0x4_0000, words: 65_536 },
  columnPlane: { base: 0x8_0000, words: 32_768 },
  rowPlane: { base: 0xa_0000, words: 32_768 },
  result: { base: 0xc_0000, words: 32_768 },
  accumulator: { base: 0xe_0000, words: 16_384 },
  transfer: { base: 0xf_0000, words: 8_192 },
  wear: { base: 0xf_8000, words: 4_096 },
  rail: { base: 0xf_c000, words: 4_096 },
} as const satisfies Record<keyof MemoryWindows, { readonly base: number; readonly words: number }>;
