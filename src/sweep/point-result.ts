/**
 * What one point came to, and its file: a line that says of which plan and point it is, with a checksum of the second
 * line, which is the result. There is no time, name of a machine or path in it: whoever runs the point writes the same bytes.
 */
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

/** The text of the file. */
export function encodeResult({ plan, point }: ResultName, result: PointResult): string {
  const body = JSON.stringify(result, keepNumber);
  return `${JSON.stringify({ format: 1, plan, point, sha256: digestText(body) })}\n${body}\n`;
}

/** The result in a file; undefined where it is not whole, or of another plan or point. */
export function decodeResult(name: ResultName, content: string): PointResult | undefined {
  const [head = '', body = '', ...rest] = content.split('\n');
  if (rest.length !== 1 || rest[0] !== '') return undefined;
  try {
    const { format, plan, point, sha256 } = JSON.parse(head) as Readonly<Record<string, unknown>>;
    const isNamed = format === 1 && plan === name.plan && point === name.point;
    // What has the checksum is what `encodeResult` has written
    return isNamed && sha256 === digestText(body) ? (JSON.parse(body, restoreNumber) as PointResult) : undefined;
  } catch {
    return undefined;
  }
}

/** JSON has no word for what is not finite. */
function keepNumber(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;
}

function restoreNumber(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'number' in value ? Number(value.number) : value;
}
