/** The shape of a rail set, shared by the schemas of the later phases. */
import { z } from 'zod';
import type { RailSet } from './mapped.js';

const level = z.strictObject({ code: z.int().nonnegative(), volts: z.number() });
const side = z.strictObject({
  rest: level,
  select: level,
  more: z.array(level).exactOptional(),
  banks: z.array(z.strictObject({ lines: z.array(z.int().nonnegative()), levels: z.array(level) })).exactOptional(),
});
const lines = z.strictObject({ row: side, column: side });

export const railSetSchema: z.ZodType<RailSet> = z.strictObject({
  name: z.enum(['idle', 'write', 'read', 'waveform']),
  positive: lines,
  negative: lines,
});
