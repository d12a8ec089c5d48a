/**
 * Built models on disk, by the hash of everything that went into them. An entry is a folder that appears whole, by
 * renaming, and is checked against its list of digests before it is used; a damaged one counts as absent. What nobody
 * has used for long is removed when an entry is added.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { CACHE_LIMITS, pruneCache, workName } from './prune-cache.js';

/** A file of an entry; the name has no folder. */
export interface EntryFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Whether the operating system may run it. */
  readonly isProgram?: boolean;
}

const DIGESTS = 'digests.json';

/** Where models are kept: `IONLOOM_CACHE`, or `ionloom` in the cache folder of the operating system. */
export function cacheFolder(): string {
  const { IONLOOM_CACHE: own, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (own) return path.resolve(own);
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'ionloom');
  if (process.platform === 'win32') return path.join(local ?? homedir(), 'ionloom', 'cache');
  return path.join(xdg ?? path.join(homedir(), '.cache'), 'ionloom');
}

/** Key of an entry: SHA-256 over the parts, unambiguous about where each ends. */
export function cacheKey(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Hash of the program text in a folder: models that another version of this code built are not found. */
export function codeFingerprint(folder: string): string {
  const names = readdirSync(folder).filter((name) => /(?<!\.d)\.[jt]s$/.test(name));
  const hash = createHash('sha256');
  for (const name of names.sort()) hash.update(name).update(readFileSync(path.join(folder, name)));
  return hash.digest('hex');
}

/** The entry's folder if it is there and undamaged; it counts as used from now on. */
export function findEntry(key: string): string | undefined {
  const folder = path.join(cacheFolder(), key);
  markUsed(folder);
  return isIntact(folder) ? folder : undefined;
}

/** Before the entry is looked at, so that no other process finds it old enough to remove in between. */
function markUsed(folder: string): void {
  const now = new Date();
  try {
    utimesSync(folder, now, now);
  } catch {
    // It is not there, or it is in a cache that may only be read, where nothing is removed either
  }
}

/**
 * Adds an entry and returns its folder; if another process was faster, its entry is used.
 * @throws the file system's error where the cache cannot be written
 */
export function storeEntry(key: string, files: readonly EntryFile[]): string {
  const folder = path.join(cacheFolder(), key);
  const draft = newWorkFolder();
  try {
    const digests = Object.fromEntries(files.map(({ name, bytes }) => [name, digestOf(bytes)]));
    for (const { name, bytes, isProgram } of files)
      writeFileSync(path.join(draft, name), bytes, { mode: isProgram ? 0o700 : 0o600 });
    writeFileSync(path.join(draft, DIGESTS), JSON.stringify(digests));
    putInPlace(draft, folder);
    pruneCache(cacheFolder(), CACHE_LIMITS);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

/**
 * A fresh private folder in the cache, named by letters and digits only: some tools hand paths to a shell.
 * @throws the file system's error where the cache cannot be written
 */
export function newWorkFolder(): string {
  const root = cacheFolder();
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const owner = statSync(root).uid;
  if (process.getuid && owner !== process.getuid()) throw new Error(`it belongs to user ${String(owner)}`);
  const folder = path.join(root, workName());
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

function putInPlace(draft: string, folder: string): void {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      renameSync(draft, folder);
      return;
    } catch (fault) {
      if (isIntact(folder)) return;
      if (!existsSync(folder)) throw fault;
      rmSync(folder, { recursive: true, force: true });
    }
  }
  throw new Error(`${folder} changes while it is written`);
}

function isIntact(folder: string): boolean {
  try {
    const digests: unknown = JSON.parse(readFileSync(path.join(folder, DIGESTS), 'utf8'));
    if (typeof digests !== 'object' || digests === null) return false;
    return Object.entries(digests).every(
      ([name, digest]) => digestOf(readFileSync(path.join(folder, name))) === digest,
    );
  } catch {
    return false;
  }
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
