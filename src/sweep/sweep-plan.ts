/** What a sweep is to run: a plan that names every point, before any of them runs. */
import { invariant } from '../core/invariant.js';
import { sha256Hex } from '../core/sha256.js';
import { TextDigest } from '../core/text-digest.js';

/** A parameter and the text of its value, as `--set` takes it. */
export type Assignment = readonly [name: string, value: string];

/** A file that results depend on; its path counts from the folder of the source file. */
export interface FileDigest {
  readonly path: string;
  readonly sha256: string;
}

/** One parameter with the values that it goes through. */
export interface VariedParameter {
  readonly name: string;
  readonly values: readonly string[];
}

/** What decides on the results of a sweep, and nothing else: no place, no machine, no time. */
export interface SweepOrder {
  /** Of ionloom. */
  readonly version: string;
  /** All experiments of the source file where absent. */
  readonly experiment?: string | undefined;
  readonly set: readonly Assignment[];
  /** The first one varies slowest. */
  readonly vary: readonly VariedParameter[];
  /** First seed, in place of the ones in the file. */
  readonly seed?: number | undefined;
  /** Seeds that are points of their own; where absent, a point runs the seeds that the file says. */
  readonly seeds?: number | undefined;
  /** What the first point has read. */
  readonly files: readonly FileDigest[];
}

export interface SweepPlan extends SweepOrder {
  /** SHA-256 of the order; plans are the same where their digests are. */
  readonly digest: string;
}

/** One point: a value for every varied parameter, and one of the seeds where these are points. */
export interface SweepPoint {
  /** Of its values and seed alone: the same in every plan that has the point. */
  readonly id: string;
  readonly settings: readonly Assignment[];
  /** Added to the first seed of every experiment, which then runs this seed alone. */
  readonly seedOffset?: number;
}

/** More points are more files than folders take well. */
export const MAX_SWEEP_POINTS = 100_000;

/** The plan of an order. */
export function planSweep(order: SweepOrder): SweepPlan {
  return { ...order, digest: digestOf(order) };
}

function digestOf({ version, experiment, set, vary, seed, seeds, files }: SweepOrder): string {
  const inOrder = vary.map(({ name, values }) => [name, values]);
  const sources = files.map(({ path, sha256 }) => [path, sha256]);
  const parts = [version, experiment ?? null, set, inOrder, seed ?? null, seeds ?? null, sources];
  return digestText(JSON.stringify(parts));
}

/** How many points the plan has. */
export function countPoints({ vary, seeds = 1 }: Pick<SweepOrder, 'vary' | 'seeds'>): number {
  return vary.reduce((product, { values }) => product * values.length, seeds);
}

/** All points, seeds innermost, so that points which share a compiled source follow each other. */
export function sweepPoints({ vary, seeds, seed }: Pick<SweepOrder, 'vary' | 'seeds' | 'seed'>): readonly SweepPoint[] {
  let settings: readonly (readonly Assignment[])[] = [[]];
  for (const { name, values } of vary) {
    settings = settings.flatMap((before) => values.map((value) => [...before, [name, value] as const]));
  }
  const points = settings.flatMap((each): readonly SweepPoint[] => {
    if (seeds === undefined) return [{ id: idOf(each, seed, undefined), settings: each }];
    return Array.from({ length: seeds }, (_, seedOffset) => {
      return { id: idOf(each, seed, seedOffset), settings: each, seedOffset };
    });
  });
  invariant(new Set(points.map(({ id }) => id)).size === points.length, 'points have identifiers of their own');
  return points;
}

function idOf(settings: readonly Assignment[], seed: number | undefined, offset: number | undefined): string {
  return new TextDigest().text(JSON.stringify([settings, seed ?? null, offset ?? null])).value;
}

/** The plan as the text of a file. */
export function planText(plan: SweepPlan): string {
  const { digest, ...order } = plan;
  return `${JSON.stringify({ generator: 'ionloom sweep', format: 1, digest, ...order }, undefined, 2)}\n`;
}

/** The plan that {@link planText} has written; undefined for any other text. */
export function parsePlan(text: string): SweepPlan | undefined {
  try {
    const { generator, format, digest, ...order } = JSON.parse(text) as SweepPlan & Readonly<Record<string, unknown>>;
    // What has the digest is what `planText` has written
    const isOurs = generator === 'ionloom sweep' && format === 1 && digestOf(order) === digest;
    return isOurs ? { ...order, digest } : undefined;
  } catch {
    return undefined;
  }
}

/** SHA-256 of a text in UTF-8, as hexadecimal digits. */
export function digestText(text: string): string {
  return sha256Hex(new TextEncoder().encode(text));
}
