/**
 * The folder of a sweep: its plan, a file for every finished point, and what is made of them. Results are written under a
 * name of their own and renamed, so that a reader sees all of one or none, whoever is killed when; a result that a power
 * failure has cut does not have its checksum, counts as missing and is run again. There is no lock that a killed run could
 * leave behind: two runs in one folder write the same bytes, and each sees what the other has finished.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { writeWholeFile, type WriteFault } from '../core/output-folder.js';
import { decodeResult, encodeResult, type PointResult } from './point-result.js';
import { parsePlan, planText, type SweepPlan } from './sweep-plan.js';

const PLAN = 'plan.json';
const POINTS = 'points';
const STAGED = '.staged-';

/** Why a folder cannot be used for a plan. */
export type FolderFault = WriteFault | { readonly kind: 'other-plan'; readonly plan: SweepPlan };

/** The plan that a folder belongs to; undefined where it is no folder of a sweep. */
export function readPlan(folder: string): SweepPlan | undefined {
  const text = readText(path.join(folder, PLAN));
  return text === undefined ? undefined : parsePlan(text);
}

/** Makes `folder` the one of `plan`, or finds that it is already; else why not. */
export function claimFolder(folder: string, plan: SweepPlan): FolderFault | undefined {
  const found = readPlan(folder);
  if (found) return found.digest === plan.digest ? undefined : { kind: 'other-plan', plan: found };
  if (namesIn(folder).length > 0) {
    return { kind: 'write-fault', reason: 'not-ours', path: folder, text: 'it holds files that no sweep made' };
  }
  const fault = writeWholeFile(path.join(folder, PLAN), planText(plan));
  if (fault) return fault;
  // Somebody else may have claimed it at the same moment; what they run says so
  const now = readPlan(folder);
  return now && now.digest !== plan.digest ? { kind: 'other-plan', plan: now } : undefined;
}

/** The results of one plan in its folder. */
export class ResultStore {
  readonly folder: string;
  readonly #plan: string;

  constructor(folder: string, { digest }: Pick<SweepPlan, 'digest'>) {
    this.folder = folder;
    this.#plan = digest;
  }

  /** The result of a point; undefined where there is none that is whole. */
  read(point: string): PointResult | undefined {
    const text = readText(this.#place(point));
    return text === undefined ? undefined : decodeResult({ plan: this.#plan, point }, text);
  }

  /** Whether there is a file for the point, whole or not. */
  mayHave(point: string): boolean {
    return statSync(this.#place(point), { throwIfNoEntry: false }) !== undefined;
  }

  /** Takes the result of a point away. */
  remove(point: string): void {
    removeOwn(this.#place(point));
  }

  /**
   * Files the result of a point.
   * @throws Error of the system where it cannot be written
   */
  write(point: string, result: PointResult): void {
    const staged = path.join(this.folder, POINTS, `${STAGED}${point}-${hostname()}-${String(process.pid)}`);
    mkdirSync(path.dirname(staged), { recursive: true });
    try {
      writeFileSync(staged, encodeResult({ plan: this.#plan, point }, result));
      renameSync(staged, this.#place(point));
    } catch (error) {
      rmSync(staged, { force: true });
      // Who filed the same point meanwhile may have taken away what it held for a leftover
      if (this.read(point) === undefined) throw error;
    }
  }

  /** Takes away what runs that were killed have left of points that are finished by now. */
  removeLeftovers(): void {
    for (const name of namesIn(path.join(this.folder, POINTS))) {
      const [, point] = name.startsWith(STAGED) ? (/^([0-9a-f]+)-/.exec(name.slice(STAGED.length)) ?? []) : [];
      if (point !== undefined && this.mayHave(point)) rmSync(path.join(this.folder, POINTS, name), { force: true });
    }
  }

  #place(point: string): string {
    return path.join(this.folder, POINTS, `${point}.json`);
  }
}

/** The text of a file; undefined where it cannot be read. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Takes a file or folder of ours away, where it is there. */
export function removeOwn(place: string): void {
  rmSync(place, { recursive: true, force: true });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
