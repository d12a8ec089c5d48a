/**
 * Keeps the cache of models small. What another process may be using stays: an entry is used from the moment it is
 * found, which its time of modification tells, and no run is thought to last longer than the grace.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

export interface CacheLimits {
  /** Entries that nobody has used for so long go [s]. */
  readonly maxAgeSeconds: number;
  /** Beyond this the entries go that were not used for longest. */
  readonly maxBytes: number;
  /** Nothing that was used so recently goes, whatever the size [s]. */
  readonly graceSeconds: number;
}

const DAY_SECONDS = 86_400;

export const CACHE_LIMITS: CacheLimits = {
  maxAgeSeconds: 30 * DAY_SECONDS,
  maxBytes: 512 * 2 ** 20,
  graceSeconds: DAY_SECONDS,
};

/** Names of entries and of work folders: whatever else lies in the folder is not ours. */
const ENTRY_NAME = /^[0-9a-f]{64}$/;
const WORK_NAME = /^work[0-9a-f]{24}$/;

/** A name for a fresh work folder. */
export function workName(): string {
  return `work${randomBytes(12).toString('hex')}`;
}

interface Kept {
  readonly folder: string;
  /** Since the last use [s]. */
  readonly age: number;
  readonly bytes: number;
}

/** Removes old entries, the oldest beyond the size, and work folders that a killed process has left in `root`. */
export function pruneCache(root: string, limits: CacheLimits): void {
  const names = readdirSync(root);
  const isIdle = ({ age }: Kept): boolean => age > limits.graceSeconds;
  for (const { folder } of foldersIn(root, names, WORK_NAME).filter(isIdle)) removeFolder(folder);
  let bytes = 0;
  for (const entry of foldersIn(root, names, ENTRY_NAME).sort((a, b) => a.age - b.age)) {
    bytes += entry.bytes;
    const isUnwanted = entry.age > limits.maxAgeSeconds || bytes > limits.maxBytes;
    // Measured once more: whoever has found the entry meanwhile has made it young before reading its files
    if (isUnwanted && measure(entry.folder).some(isIdle)) removeEntry(root, entry.folder);
  }
}

/** An entry is gone at once: a reader sees all of it or nothing. */
function removeEntry(root: string, folder: string): void {
  const doomed = path.join(root, workName());
  try {
    renameSync(folder, doomed);
  } catch {
    // Another process was faster
    return;
  }
  removeFolder(doomed);
}

/** What cannot be removed now can be by a later call. */
function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    return;
  }
}

function foldersIn(root: string, names: readonly string[], pattern: RegExp): Kept[] {
  return names.filter((name) => pattern.test(name)).flatMap((name) => measure(path.join(root, name)));
}

/** Age and size of a folder of files; nothing where it has gone meanwhile. */
function measure(folder: string): Kept[] {
  try {
    const age = (Date.now() - statSync(folder).mtimeMs) / 1000;
    const sizes = readdirSync(folder).map((name) => statSync(path.join(folder, name)).size);
    return [{ folder, age, bytes: sizes.reduce((sum, size) => sum + size, 0) }];
  } catch {
    return [];
  }
}
