/** Schema of learning rules, for reading IR text; the compiler checks it against the type. */
import { z } from 'zod';
import { REALIZATION_METHODS, type LearningRule } from './rule.js';
import {
  bounds,
  displayUnit,
  expression,
  invariant,
  namedNumber,
  number,
  provenance,
  statement,
} from './schema-expression.js';
import { spanSchema as span } from './schema-span.js';

const event = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pre') }),
  z.strictObject({ kind: z.literal('post') }),
  z.strictObject({ kind: z.literal('sample') }),
  z.strictObject({ kind: z.literal('modulator'), name: z.string() }),
  z.strictObject({ kind: z.literal('every'), seconds: number }),
]);

export const ruleSchema: z.ZodType<LearningRule> = z.strictObject({
  name: z.string(),
  summary: z.string(),
  origin: span,
  parameters: z.array(
    z.strictObject({
      name: z.string(),
      value: number,
      unit: displayUnit,
      per: z.enum(['shared', 'synapse', 'pre', 'post']),
      bounds: bounds.exactOptional(),
      provenance: provenance.exactOptional(),
      origin: span,
    }),
  ),
  weight: z.strictObject({ name: z.string(), unit: displayUnit, bounds: bounds.exactOptional(), origin: span }),
  traces: z.array(
    z.strictObject({
      name: z.string(),
      unit: displayUnit,
      per: z.enum(['synapse', 'pre', 'post']),
      initial: expression,
      rate: expression.exactOptional(),
      origin: span,
    }),
  ),
  modulators: z.array(
    z.strictObject({
      name: z.string(),
      unit: displayUnit,
      initial: number,
      bounds: bounds.exactOptional(),
      origin: span,
    }),
  ),
  derived: z.array(z.strictObject({ name: z.string(), value: expression, origin: span })),
  kernels: z.array(z.strictObject({ name: z.string(), argument: z.string(), value: expression, origin: span })),
  handlers: z.array(
    z.strictObject({ event, condition: expression.exactOptional(), body: z.array(statement), origin: span }),
  ),
  transmitted: expression.exactOptional(),
  invariants: z.array(invariant),
  realization: z.strictObject({
    method: z.enum(REALIZATION_METHODS),
    isDefault: z.boolean(),
    settings: z.array(namedNumber),
    choices: z.array(z.strictObject({ name: z.string(), word: z.string(), origin: span })).exactOptional(),
    origin: span,
  }),
});
