/** Schemas of equations and of what goes with numbers, for reading IR text. */
import { z } from 'zod';
import type { Expression } from '../devices/expression.js';
import { FUNCTION_ARITY, type FunctionName } from '../devices/expression.js';
import type { Invariant, Statement } from '../devices/statement.js';
import { DISTRIBUTIONS, type DistributionName } from '../numerics/distribution.js';
import { spanSchema as span } from './schema-span.js';

export const number = z.number();
/** A list of finite numbers as it is, not copied: equations share long ones. */
const numbers = z.custom<readonly number[]>(
  (value) => Array.isArray(value) && value.every((each) => Number.isFinite(each)),
  'expected finite numbers',
);
export const index = z.int().nonnegative();
export const provenance = z.strictObject({
  source: z.string(),
  confidence: z.enum(['measured', 'secondary', 'derived', 'estimate']),
});
// The keys are exactly the names.
export const distributionName = z.enum(Object.keys(DISTRIBUTIONS) as [DistributionName, ...DistributionName[]]);
export const comparison = z.enum(['<', '<=', '>', '>=', '==', '!=']);

export const expression: z.ZodType<Expression> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('number'), value: number }),
    z.strictObject({ kind: z.literal('reference'), name: z.string() }),
    z.strictObject({ kind: z.literal('negate'), operand: expression }),
    z.strictObject({
      kind: z.literal('binary'),
      operator: z.enum(['+', '-', '*', '/', '%', '^']),
      left: expression,
      right: expression,
    }),
    z.strictObject({ kind: z.literal('compare'), operator: comparison, left: expression, right: expression }),
    z.strictObject({
      kind: z.literal('logical'),
      operator: z.enum(['and', 'or']),
      left: expression,
      right: expression,
    }),
    z.strictObject({ kind: z.literal('not'), operand: expression }),
    z.strictObject({
      kind: z.literal('conditional'),
      condition: expression,
      whenTrue: expression,
      whenFalse: expression,
    }),
    z.strictObject({
      kind: z.literal('call'),
      name: z.enum(Object.keys(FUNCTION_ARITY) as [FunctionName, ...FunctionName[]]), // the keys are exactly these
      operands: z.array(expression),
    }),
    z.strictObject({ kind: z.literal('interpolate'), at: expression, xs: numbers, ys: numbers }),
    z.strictObject({
      kind: z.literal('interpolate-grid'),
      x: expression,
      y: expression,
      grid: z.strictObject({ xs: numbers, ys: numbers, values: numbers }),
      order: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
    }),
    z.strictObject({ kind: z.literal('element'), values: numbers, index: expression }),
  ]),
);

export const displayUnit = z.strictObject({ symbol: z.string(), scale: number });
export const bounds = z.strictObject({ low: number, high: number });
export const namedNumber = z.strictObject({ name: z.string(), value: number, origin: span });

export const statement: z.ZodType<Statement> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('assign'), target: z.string(), value: expression, origin: span }),
    z.strictObject({ kind: z.literal('local'), name: z.string(), value: expression, origin: span }),
    z.strictObject({
      kind: z.literal('if'),
      condition: expression,
      whenTrue: z.array(statement),
      whenFalse: z.array(statement),
      origin: span,
    }),
  ]),
);

export const invariant: z.ZodType<Invariant> = z.strictObject({
  text: z.string(),
  condition: expression,
  origin: span,
});
