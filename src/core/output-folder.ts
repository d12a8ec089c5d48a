/**
 * Writes the files of a build. Everything is first written and synced in a staging folder inside the output
 * folder, then moved into place, so that a full disk or a missing permission leaves the old files as they were.
 * Files that the build before made and this one does not are removed; all others are left alone.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Artifact } from './artifact.js';
import { invariant } from './invariant.js';
import { MANIFEST_GENERATOR, MANIFEST_NAME } from './manifest-name.js';

/** Why nothing was written; the output folder holds what it held before. */
export interface WriteFault {
  readonly kind: 'write-fault';
  readonly reason: 'not-ours' | 'busy' | 'link' | 'system';
  /** The folder or file that is in the way. */
  readonly path: string;
  readonly text: string;
}

const STAGING_NAME = '.ionloom-staging';

/**
 * Puts `artifacts`, one of them `manifest.json`, into `folder`, which is made where it is missing.
 * Refuses a folder with content that no build of ours made.
 */
export function writeArtifacts(folder: string, artifacts: readonly Artifact[]): WriteFault | undefined {
  checkPaths(artifacts);
  return inFolder(folder, () => {
    const fault = refuseForeign(folder) ?? findLink(folder, artifacts) ?? findForeign(folder, artifacts);
    const refusal = fault ?? takeStaging(folder);
    if (refusal) return refusal;
    try {
      replaceFiles(folder, artifacts);
    } finally {
      rmSync(path.join(folder, STAGING_NAME), { recursive: true, force: true });
    }
    return undefined;
  });
}

/** A file of a folder that is new. */
export interface NewFile {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Fills `folder` with `files`, all or none; it is made where it is missing. One that holds anything is refused, but for
 * the history that a version control keeps.
 */
export function fillNewFolder(folder: string, files: readonly NewFile[]): WriteFault | undefined {
  for (const file of files) invariant(isPlainPath(file.path), `path ${file.path} is plain`);
  return inFolder(folder, () => {
    const found = readdirSync(folder).filter((name) => name !== STAGING_NAME && name !== '.git');
    if (found.length > 0) {
      return { kind: 'write-fault', reason: 'not-ours', path: folder, text: `it is not empty: ${listOf(found)}` };
    }
    const refusal = takeStaging(folder);
    if (refusal) return refusal;
    try {
      stageFiles(folder, files);
      moveAll(
        folder,
        files.map((file) => file.path),
      );
    } finally {
      rmSync(path.join(folder, STAGING_NAME), { recursive: true, force: true });
    }
    return undefined;
  });
}

/** The first three of some names, and how many more there are. */
function listOf(names: readonly string[]): string {
  const [shown, more] = [
    names
      .toSorted()
      .slice(0, 3)
      .map((name) => `\`${name}\``),
    names.length - 3,
  ];
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** Writes one file so that a reader sees the old content or the new one, never a part. */
export function writeWholeFile(file: string, content: string | Uint8Array): WriteFault | undefined {
  const staged = path.join(path.dirname(file), `${STAGING_NAME}-${process.pid}`);
  const fault = inFolder(path.dirname(file), () => {
    if (lstatSync(file, { throwIfNoEntry: false })?.isFile() === false) {
      return { kind: 'write-fault', reason: 'link', path: file, text: 'it is not a regular file' };
    }
    try {
      writeSynced(staged, content);
      renameSync(staged, file);
    } finally {
      rmSync(staged, { force: true });
    }
    return undefined;
  });
  return fault && { ...fault, path: file };
}

/** Makes `folder` where it is missing and calls `write`; after a fault the folders that were made are gone again. */
function inFolder(folder: string, write: () => WriteFault | undefined): WriteFault | undefined {
  const made: string[] = [];
  let fault: WriteFault | undefined;
  try {
    makeFolders(folder, made);
    fault = write();
  } catch (error) {
    fault = systemFault(folder, error);
  }
  if (fault) removeEmpty(made.toReversed());
  return fault;
}

function removeEmpty(folders: readonly string[]): void {
  try {
    for (const folder of folders) rmdirSync(folder);
  } catch {
    // Another process has put something there meanwhile
  }
}

/** Makes `folder` and its parents; Node's own `recursive` never ends in file systems such as /proc. */
function makeFolders(folder: string, made: string[]): void {
  if (isFolder(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolders(parent, made);
  try {
    mkdirSync(folder);
    made.push(folder);
  } catch (error) {
    // Another process may have been faster
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Back ends promise plain relative paths; anything else is our bug. */
function checkPaths(artifacts: readonly Artifact[]): void {
  for (const artifact of artifacts) invariant(isPlainPath(artifact.path), `artifact path ${artifact.path} is plain`);
  invariant(new Set(artifacts.map(({ path }) => path)).size === artifacts.length, 'artifact paths differ');
  invariant(
    artifacts.some(({ path }) => path === MANIFEST_NAME),
    'a build has a manifest',
  );
}

function isPlainPath(file: string): boolean {
  return file.split('/').every((part) => /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(part));
}

function refuseForeign(folder: string): WriteFault | undefined {
  const isForeign = readdirSync(folder).some((name) => name !== STAGING_NAME) && readManifest(folder) === undefined;
  if (!isForeign) return undefined;
  return { kind: 'write-fault', reason: 'not-ours', path: folder, text: 'it holds files that no build made' };
}

/** Paths that the build before wrote, or undefined where the folder is not ours. */
function readManifest(folder: string): readonly string[] | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path.join(folder, MANIFEST_NAME), 'utf8'));
    return isManifest(manifest) ? manifest.artifacts.map((artifact) => artifact.path) : undefined;
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is { artifacts: readonly { path: string }[] } {
  if (typeof value !== 'object' || value === null || !('generator' in value) || !('artifacts' in value)) return false;
  const { generator, artifacts } = value;
  return generator === MANIFEST_GENERATOR && Array.isArray(artifacts) && artifacts.every(hasPath);
}

function hasPath(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string';
}

/** A link among the folders on the way to an artifact would lead the writing elsewhere. */
function findLink(folder: string, artifacts: readonly Artifact[]): WriteFault | undefined {
  const folders = new Set(artifacts.flatMap((artifact) => parentsOf(artifact.path)));
  for (const inner of folders) {
    const place = path.join(folder, inner);
    if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory() === false) {
      return { kind: 'write-fault', reason: 'link', path: place, text: 'it is a link or a file, not a folder' };
    }
  }
  return undefined;
}

/** A file or folder of the user's in the place of an artifact. */
function findForeign(folder: string, artifacts: readonly Artifact[]): WriteFault | undefined {
  const ours = new Set([MANIFEST_NAME, ...(readManifest(folder) ?? [])]);
  for (const artifact of artifacts) {
    const place = path.join(folder, artifact.path);
    const status = lstatSync(place, { throwIfNoEntry: false });
    if (status && (!ours.has(artifact.path) || status.isDirectory())) {
      return { kind: 'write-fault', reason: 'not-ours', path: place, text: 'no build made it' };
    }
  }
  return undefined;
}

/** `a/b/c.sv` has the parents `a` and `a/b`. */
function parentsOf(file: string): readonly string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, depth) => parts.slice(0, depth + 1).join('/'));
}

/** The staging folder is the lock of the output folder; one that a dead process left is taken over. */
function takeStaging(folder: string): WriteFault | undefined {
  const staging = path.join(folder, STAGING_NAME);
  const owner = path.join(staging, 'owner');
  if (existsSync(staging)) {
    const pid = Number(existsSync(owner) ? readFileSync(owner, 'utf8') : Number.NaN);
    if (isRunning(pid)) {
      return { kind: 'write-fault', reason: 'busy', path: folder, text: `process ${pid} is writing there` };
    }
    rmSync(staging, { recursive: true, force: true });
  }
  mkdirSync(staging);
  writeSynced(owner, String(process.pid));
  return undefined;
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid === process.pid) return false;
  try {
    // Signal 0 asks only
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function replaceFiles(folder: string, artifacts: readonly Artifact[]): void {
  const before = readManifest(folder) ?? [];
  stageFiles(
    folder,
    artifacts.map((artifact) => ({ path: artifact.path, content: artifact.text })),
  );
  // The manifest goes last: until then it describes the files of the build before
  const names = artifacts.map((artifact) => artifact.path).filter((name) => name !== MANIFEST_NAME);
  moveAll(folder, [...names, MANIFEST_NAME]);
  removeStale(folder, before, new Set([...names, MANIFEST_NAME]));
}

function stageFiles(folder: string, files: readonly NewFile[]): void {
  const fresh = path.join(folder, STAGING_NAME, 'new');
  for (const file of files) {
    mkdirSync(path.dirname(path.join(fresh, file.path)), { recursive: true });
    writeSynced(path.join(fresh, file.path), file.content);
  }
}

/** Moves staged files into place; where one cannot be moved, those before it are moved back. */
function moveAll(folder: string, names: readonly string[]): void {
  const staging = path.join(folder, STAGING_NAME);
  const moved: string[] = [];
  try {
    for (const name of names) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      mkdirSync(path.dirname(path.join(staging, 'old', name)), { recursive: true });
      if (existsSync(path.join(folder, name))) renameSync(path.join(folder, name), path.join(staging, 'old', name));
      moved.push(name);
      renameSync(path.join(staging, 'new', name), path.join(folder, name));
    }
  } catch (error) {
    for (const name of moved) {
      rmSync(path.join(folder, name), { force: true });
      if (existsSync(path.join(staging, 'old', name))) {
        renameSync(path.join(staging, 'old', name), path.join(folder, name));
      }
    }
    throw error;
  }
}

function removeStale(folder: string, before: readonly string[], current: ReadonlySet<string>): void {
  // A manifest is a file like any other: what it says is not trusted to stay inside
  const stale = before.filter((name) => !current.has(name) && isPlainPath(name) && !hasLinkOnTheWay(folder, name));
  for (const name of stale) {
    rmSync(path.join(folder, name), { force: true });
    for (const parent of parentsOf(name).toReversed()) {
      const place = path.join(folder, parent);
      if (existsSync(place) && readdirSync(place).length === 0) rmSync(place, { recursive: true });
    }
  }
}

function hasLinkOnTheWay(folder: string, name: string): boolean {
  return parentsOf(name).some((inner) =>
    lstatSync(path.join(folder, inner), { throwIfNoEntry: false })?.isSymbolicLink(),
  );
}

function writeSynced(file: string, content: string | Uint8Array): void {
  const handle = openSync(file, 'wx');
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (let written = 0; written < bytes.length;) written += writeSync(handle, bytes, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function systemFault(place: string, error: unknown): WriteFault {
  const text = error instanceof Error ? error.message : String(error);
  return { kind: 'write-fault', reason: 'system', path: place, text };
}
