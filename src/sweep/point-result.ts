/**
 * What one point came to, and its file: a line that says of which plan and point it is, with a checksum of the second
 * line, which is the result. There is no time, name of a machine or path in it: whoever runs the point writes the same bytes.
 */
import { z } from 'zod';
import type { MetricValue } from '../ir/results.js';
import { digestText, type FileDigest } from './sweep-plan.js';

/** A diagnostic of a point, in words. */
export interface PointNote {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  /** `image.ion:3:7`, path from the folder of the source file. */
  readonly place?: string;
}

/** One experiment at one point of the sweep, and at one of the sweeps inside of it. */
export interface ResultRow {
  readonly experiment: string;
  /** What the experiment itself sweeps, with the values here. */
  readonly inner: readonly (readonly [name: string, value: number])[];
  readonly firstSeed: number;
  readonly seedCount: number;
  readonly figures: readonly (readonly [name: string, value: MetricValue])[];
  readonly expectations: readonly { readonly text: string; readonly value: number; readonly limit: number; readonly ok: boolean }[]; // prettier-ignore
}

export interface PointResult {
  /** Files that the point has read and the plan does not name. */
  readonly files: readonly FileDigest[];
  /** Empty where an error says why there is none. */
  readonly rows: readonly ResultRow[];
  readonly notes: readonly PointNote[];
}

/** Whose result a file is. */
export interface ResultName {
  /** Digest of the plan. */
  readonly plan: string;
  /** Identifier of the point. */
  readonly point: string;
}

// JSON has no word for what is not finite
const number = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number)]);
const text = z.string();
const metric = z.strictObject({ mean: number, min: number, max: number, unit: text });
const schema: z.ZodType<PointResult, unknown> = z.strictObject({
  files: z.array(z.strictObject({ path: text, sha256: text })),
  rows: z.array(
    z.strictObject({
      experiment: text,
      inner: z.array(z.tuple([text, number])),
      firstSeed: z.number(),
      seedCount: z.number(),
      figures: z.array(z.tuple([text, metric])),
      expectations: z.array(z.strictObject({ text, value: number, limit: number, ok: z.boolean() })),
    }),
  ),
  notes: z.array(
    z.strictObject({
      severity: z.enum(['error', 'warning']),
      code: text,
      message: text,
      place: text.exactOptional(),
    }),
  ),
});

const headSchema = z.strictObject({ format: z.literal(1), plan: text, point: text, sha256: text });

/** The text of the file. */
export function encodeResult({ plan, point }: ResultName, result: PointResult): string {
  const body = JSON.stringify(result, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
  return `${JSON.stringify({ format: 1, plan, point, sha256: digestText(body) })}\n${body}\n`;
}

/** The result in a file; undefined where it is not whole, or of another plan or point. */
export function decodeResult(name: ResultName, content: string): PointResult | undefined {
  const [head = '', body = '', ...rest] = content.split('\n');
  if (rest.length !== 1 || rest[0] !== '') return undefined;
  try {
    const { plan, point, sha256 } = headSchema.parse(JSON.parse(head));
    if (plan !== name.plan || point !== name.point || sha256 !== digestText(body)) return undefined;
    return schema.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}
