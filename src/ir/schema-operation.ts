/** The shape of the operations of a pulse program. */
import { z } from 'zod';
import { CONDITION_CODE, UNIT_CODE, type CommandUnit, type Condition } from './microcode.js';
import { spanSchema as span } from './schema-span.js';
import type { PulseOperation } from './scheduled.js';

const index = z.int().nonnegative();
// Keys of a table of codes are its names.
const condition = z.enum(Object.keys(CONDITION_CODE) as [Condition, ...Condition[]]);
const unit = z.enum(Object.keys(UNIT_CODE) as [CommandUnit, ...CommandUnit[]]);

const planeSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('entry'), base: index }),
  z.strictObject({ kind: z.literal('fixed'), plane: index }),
  z.strictObject({ kind: z.literal('counter'), counter: index, base: index }),
  z.strictObject({ kind: z.literal('random'), base: index }),
  z.strictObject({ kind: z.literal('age'), ticks: index }),
  z.strictObject({ kind: z.literal('marks'), direction: z.enum(['up', 'down']) }),
]);

const selection = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('counter'), counter: index }),
  z.strictObject({ kind: z.literal('entry') }),
  z.strictObject({ kind: z.literal('keep') }),
  z.strictObject({ kind: z.literal('plane'), source: planeSource }),
]);

const segment = z.strictObject({
  kind: z.literal('segment'),
  row: selection,
  column: selection,
  levels: z.strictObject({ row: index, column: index }),
  holds: z.boolean(),
  railSet: index,
  polarity: z.enum(['entry', 'positive', 'negative']),
  dwell: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('clocks'), clocks: index }),
    z.strictObject({ kind: z.literal('entry') }),
  ]),
  fires: z.boolean(),
  rest: z.enum(['never', 'entry', 'always']),
  samples: z.union([
    z.literal('never'),
    z.strictObject({
      mode: z.enum(['store', 'first', 'double', 'add', 'verify', 'transfer']),
      negate: z.boolean(),
    }),
  ]),
  tiles: index,
  entryOf: index.exactOptional(),
  origin: span,
});

export const operationSchema: z.ZodType<PulseOperation> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('loop'),
      counter: index,
      count: z.union([index, z.literal('entries')]),
      body: z.array(operationSchema),
      origin: span,
    }),
    segment,
    z.strictObject({ kind: z.literal('wait'), condition, origin: span }),
    z.strictObject({ kind: z.literal('break'), condition, when: z.boolean(), origin: span }),
    z.strictObject({
      kind: z.literal('choice'),
      condition,
      then: z.array(operationSchema),
      otherwise: z.array(operationSchema),
      origin: span,
    }),
    z.strictObject({ kind: z.literal('command'), unit, argument: index, origin: span }),
  ]),
);
