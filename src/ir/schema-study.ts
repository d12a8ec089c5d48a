/** Schemas of data sets and of experiments on networks, for reading IR text; the compiler checks them. */
import { z } from 'zod';
import {
  bounds,
  displayUnit,
  expression,
  index,
  invariant,
  namedNumber,
  number,
  provenance,
} from './schema-expression.js';
import { endpoint, modulation } from './schema-graph.js';
import { spanSchema as span } from './schema-span.js';
import {
  GAMES,
  MEASURES,
  type DataSet,
  type GameData,
  type Measure,
  type MeasureName,
  type ScheduleStep,
  type Study,
} from './study.js';

export const dataSchema: z.ZodType<DataSet> = z.strictObject({
  name: z.string(),
  origin: span,
  file: z.string(),
  format: z.enum(['csv', 'idx', 'png', 'nir']),
  labels: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('file'), file: z.string() }),
      z.strictObject({ kind: z.literal('column'), column: index }),
    ])
    .exactOptional(),
  features: z
    .strictObject({
      firstColumn: index,
      lastColumn: index,
      encoding: z.enum(['number', 'oneHot', 'ordinal', 'sequence']),
    })
    .exactOptional(),
  samples: z.strictObject({ count: index.exactOptional(), shape: z.array(index).exactOptional() }),
  padding: index,
  scale: number,
  splits: z.array(z.strictObject({ name: z.string(), share: number })),
  seed: index.exactOptional(),
});

export const gameSchema: z.ZodType<GameData> = z.strictObject({
  name: z.string(),
  origin: span,
  game: z.enum(GAMES),
  settings: z.array(namedNumber),
  samples: z.strictObject({ shape: z.array(index) }),
  splits: z.tuple([]),
});

const samples = z.strictObject({ data: z.string(), split: z.string().exactOptional() });

const pattern = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('poisson'), hertz: number }),
  z.strictObject({ kind: z.literal('regular'), hertz: number }),
  z.strictObject({
    kind: z.literal('recorded'),
    file: z.string(),
    spikes: z.strictObject({ neurons: z.array(index), microseconds: z.array(index) }).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('samples'), samples }),
]);

const step: z.ZodType<ScheduleStep> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('stimulate'),
      target: endpoint,
      pattern,
      seconds: number.exactOptional(),
      origin: span,
    }),
    z.strictObject({
      kind: z.literal('pair'),
      pre: endpoint,
      post: endpoint,
      firstSeconds: number,
      lastSeconds: number,
      stepSeconds: number,
      repeat: index,
      origin: span,
    }),
    z.strictObject({
      kind: z.enum(['train', 'test']),
      samples,
      settings: z.array(namedNumber),
      loss: z.string().exactOptional(),
      origin: span,
    }),
    modulation.extend({ kind: z.literal('modulate') }),
    z.strictObject({
      kind: z.literal('program'),
      settings: z.array(namedNumber),
      by: z.enum(['cells', 'rows']),
      origin: span,
    }),
    z.strictObject({ kind: z.literal('wait'), seconds: number, origin: span }),
    z.strictObject({
      kind: z.literal('phase'),
      name: z.string(),
      repeat: index,
      steps: z.array(step),
      origin: span,
    }),
  ]),
);

const sweepValues = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('list'), values: z.array(number) }),
  bounds.extend({ kind: z.literal('range'), step: number }),
]);

const measureNames = Object.keys(MEASURES) as [MeasureName, ...MeasureName[]]; // the keys are exactly these

const measure: z.ZodType<Measure> = z.lazy(() =>
  z.strictObject({
    name: z.string(),
    kind: z.enum(measureNames),
    operands: z.array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('samples'), samples }),
        z.strictObject({ kind: z.literal('phase'), name: z.string() }),
        z.strictObject({ kind: z.literal('signal'), name: z.string() }),
        z.strictObject({ kind: z.literal('kernel'), rule: z.string(), name: z.string() }),
        z.strictObject({ kind: z.literal('population'), name: z.string() }),
        z.strictObject({ kind: z.literal('term'), name: z.string() }),
        z.strictObject({ kind: z.literal('measure'), measure }),
      ]),
    ),
  }),
);

export const studySchema: z.ZodType<Study> = z.strictObject({
  name: z.string(),
  origin: span,
  network: z.string(),
  chip: z.string(),
  firstSeed: index,
  seedCount: index,
  without: z.array(z.string()),
  settings: z.array(namedNumber),
  schedule: z.array(step),
  sweeps: z.array(z.strictObject({ parameter: z.string(), values: sweepValues, origin: span })),
  recordings: z.array(z.strictObject({ signal: z.string(), intervalSeconds: number.exactOptional(), origin: span })),
  invariants: z.array(invariant),
  baselines: z.array(z.strictObject({ name: z.string(), value: number, unit: displayUnit, provenance, origin: span })),
  expectations: z.array(
    z.strictObject({
      text: z.string(),
      condition: expression,
      measures: z.array(measure),
      unit: z.string().exactOptional(),
      selection: expression.exactOptional(),
      origin: span,
    }),
  ),
});
