/** Schema of mapped experiments on networks, for reading IR text; the compiler checks it against the type. */
import { z } from 'zod';
import type { MappedNetwork } from './mapped-network.js';
import { chipSchema } from './schema-chip.js';
import { deviceSchema } from './schema-device.js';
import { expression, index, namedNumber, number } from './schema-expression.js';
import { connectivity, encoding, model, modulation, shape, weights } from './schema-graph.js';
import { ruleSchema } from './schema-rule.js';
import { spanSchema as span } from './schema-span.js';
import { dataSchema, gameSchema, studySchema } from './schema-study.js';

const range = z.strictObject({ population: index, first: index, count: index });
const lines = z.strictObject({ first: index, count: index });

const part = z.strictObject({
  tile: z.strictObject({ grid: index, row: index, column: index }),
  rows: lines,
  columns: lines,
  at: z.strictObject({ row: index, column: index }),
  repeat: z.strictObject({ rows: index, columns: index, stride: index }).exactOptional(),
});

const projection = z.strictObject({
  name: z.string(),
  from: range,
  to: range,
  connectivity,
  device: deviceSchema.exactOptional(),
  encoding,
  modulations: z.array(modulation),
  weights: weights.exactOptional(),
  delay: expression.exactOptional(),
  learning: z.array(
    z.strictObject({
      rule: ruleSchema,
      condition: expression.exactOptional(),
      modulations: z.array(modulation),
      origin: span,
    }),
  ),
  parts: z.array(part),
  origin: span,
});

export const mappedNetworkSchema: z.ZodType<MappedNetwork> = z.strictObject({
  phase: z.literal('mapped'),
  source: z.string(),
  study: studySchema,
  point: z.array(namedNumber),
  chip: chipSchema,
  populations: z.array(
    z.strictObject({
      name: z.string(),
      model,
      shape,
      size: index,
      settings: z.record(z.string(), number),
      origin: span,
    }),
  ),
  projections: z.array(projection),
  data: z.array(dataSchema),
  games: z.array(gameSchema).exactOptional(),
});
