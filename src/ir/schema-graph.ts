/** Schema of networks, for reading IR text; the compiler checks it against the type. */
import { z } from 'zod';
import {
  NEURON_MODELS,
  type Connectivity,
  type Endpoint,
  type Network,
  type WeightEncoding,
  type WeightSource,
  type Wiring,
} from './graph.js';
import { distributionName, expression, index, invariant, namedNumber, number } from './schema-expression.js';
import { spanSchema as span } from './schema-span.js';

const step = z.strictObject({
  name: z.string(),
  index: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('single'), value: expression }),
      z.strictObject({ kind: z.literal('range'), low: expression, high: expression }),
    ])
    .exactOptional(),
});

export const endpoint: z.ZodType<Endpoint> = z.strictObject({ path: z.array(step), origin: span });

const window = { rows: index, columns: index, stride: index };

export const connectivity: z.ZodType<Connectivity> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all-to-all') }),
  z.strictObject({ kind: z.literal('one-to-one') }),
  z.strictObject({ kind: z.literal('dense') }),
  z.strictObject({ kind: z.literal('where'), condition: expression }),
  z.strictObject({ kind: z.literal('probability'), probability: number, seed: index }),
  z.strictObject({ kind: z.literal('in-degree'), degree: index, seed: index }),
  z.strictObject({ kind: z.literal('list'), pre: z.array(index), post: z.array(index) }),
  z.strictObject({ kind: z.literal('convolution'), ...window, padding: index }),
  z.strictObject({ kind: z.literal('pooling'), operation: z.enum(['max', 'average']), ...window }),
]);

export const weights: z.ZodType<WeightSource> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('expression'), value: expression }),
  z.strictObject({
    kind: z.literal('drawn'),
    distribution: z.strictObject({ name: distributionName, operands: z.array(number) }),
    seed: index.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('file'),
    file: z.string(),
    node: z.string().exactOptional(),
    format: z.enum(['csv', 'nir']),
  }),
]);

export const modulation = z.strictObject({ modulator: z.string(), value: expression, origin: span });

export const encoding: z.ZodType<WeightEncoding> = z.strictObject({
  scheme: z.enum(['single', 'differential']),
  window: z.strictObject({ low: number, high: number }).exactOptional(),
  siemensPerUnit: number.exactOptional(),
  isUnrolled: z.literal(true).exactOptional(),
});

const projection = z.strictObject({
  name: z.string(),
  from: endpoint,
  to: endpoint,
  connectivity,
  device: z.string().exactOptional(),
  learning: z.array(
    z.strictObject({
      rule: z.string(),
      condition: expression.exactOptional(),
      settings: z.array(namedNumber),
      modulations: z.array(modulation),
      origin: span,
    }),
  ),
  weights: weights.exactOptional(),
  delay: expression.exactOptional(),
  encoding: encoding.exactOptional(),
  modulations: z.array(modulation),
  origin: span,
});

const wiring: z.ZodType<Wiring> = z.lazy(() =>
  z.strictObject({
    projections: z.array(projection),
    connections: z.array(z.strictObject({ from: endpoint, to: endpoint, origin: span })),
    loops: z.array(z.strictObject({ index: z.string(), low: number, high: number, body: wiring, origin: span })),
  }),
);

export const model = z.enum(NEURON_MODELS);
export const shape = z.array(index);

export const networkGraphSchema: z.ZodType<Network> = z.strictObject({
  name: z.string(),
  summary: z.string(),
  inputs: z.array(z.strictObject({ name: z.string(), model, shape, origin: span })),
  outputs: z.array(z.strictObject({ name: z.string(), source: endpoint, origin: span })),
  populations: z.array(
    z.strictObject({
      ...{ name: z.string(), model, shape, settings: z.array(namedNumber), origin: span },
      tables: z.array(z.strictObject({ name: z.string(), values: z.array(number) })).exactOptional(),
    }),
  ),
  instances: z.array(
    z.strictObject({
      name: z.string(),
      module: z.string(),
      count: index.exactOptional(),
      settings: z.array(namedNumber),
      origin: span,
    }),
  ),
  wiring,
  invariants: z.array(invariant),
  origin: span,
});
