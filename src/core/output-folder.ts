/**
 * Writes the files of a build. Everything is first written and synced in a staging folder inside the output
 * folder, then moved into place, so that a full disk, a missing permission or a stop leaves the old files or the new
 * ones. Files that the build before made and this one does not are removed; all others are left alone.
 */
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Artifact } from './artifact.js';
import { invariant } from './invariant.js';
import { MANIFEST_GENERATOR, MANIFEST_NAME } from './manifest-name.js';
import {
  dropStaging,
  exchangeFiles,
  hasLinkOnTheWay,
  isPlainPath,
  parentsOf,
  removeEmptyParents,
  STAGING_NAME,
  sweepDead,
  takeStaging,
  writeSynced,
  type NewFile,
} from './staging.js';

export type { NewFile };

/** Why nothing was written; the output folder holds what it held before. */
export interface WriteFault {
  readonly kind: 'write-fault';
  readonly reason: 'not-ours' | 'busy' | 'link' | 'system';
  /** The folder or file that is in the way. */
  readonly path: string;
  readonly text: string;
}

/**
 * Puts `artifacts`, one of them `manifest.json`, into `folder`, which is made where it is missing.
 * Refuses a folder with content that no build of ours made.
 */
export function writeArtifacts(folder: string, artifacts: readonly Artifact[]): WriteFault | undefined {
  checkPaths(artifacts);
  return inFolder(folder, () =>
    underLock(folder, () => {
      const fault = refuseForeign(folder) ?? findLink(folder, artifacts) ?? findForeign(folder, artifacts);
      if (fault) return fault;
      const stale = staleFiles(folder, artifacts);
      const files = artifacts.map((artifact) => ({ path: artifact.path, content: artifact.text }));
      exchangeFiles(folder, { files, stale, seal: MANIFEST_NAME });
      removeEmptyParents(folder, stale);
      return undefined;
    }),
  );
}

/**
 * Fills `folder` with `files`, all or none; it is made where it is missing. One that holds anything is refused, but for
 * the history that a version control keeps.
 */
export function fillNewFolder(folder: string, files: readonly NewFile[]): WriteFault | undefined {
  for (const file of files) invariant(isPlainPath(file.path), `path ${file.path} is plain`);
  return inFolder(folder, () =>
    underLock(folder, () => {
      const found = readdirSync(folder).filter((name) => !name.startsWith(STAGING_NAME) && name !== '.git');
      if (found.length > 0) {
        return { kind: 'write-fault', reason: 'not-ours', path: folder, text: `it is not empty: ${listOf(found)}` };
      }
      exchangeFiles(folder, { files, stale: [] });
      return undefined;
    }),
  );
}

function underLock(folder: string, write: () => WriteFault | undefined): WriteFault | undefined {
  const owner = takeStaging(folder);
  if (owner !== undefined) {
    return { kind: 'write-fault', reason: 'busy', path: folder, text: `process ${owner} is writing there` };
  }
  try {
    return write();
  } finally {
    dropStaging(folder);
  }
}

/** Puts `files` into `folder`, all or none, in place of those of the same names; it is made where it is missing. */
export function replaceTogether(folder: string, files: readonly NewFile[]): WriteFault | undefined {
  for (const file of files) invariant(isPlainPath(file.path), `path ${file.path} is plain`);
  return inFolder(folder, () =>
    underLock(folder, () => {
      for (const file of files) {
        const place = path.join(folder, file.path);
        if (lstatSync(place, { throwIfNoEntry: false })?.isFile() === false) {
          return { kind: 'write-fault', reason: 'link', path: place, text: 'it is not a regular file' };
        }
      }
      exchangeFiles(folder, { files, stale: [] });
      return undefined;
    }),
  );
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
    sweepDead(path.dirname(file));
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

function refuseForeign(folder: string): WriteFault | undefined {
  const isForeign =
    readdirSync(folder).some((name) => !name.startsWith(STAGING_NAME)) && readManifest(folder) === undefined;
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

/** Files of the build before that this one does not make. What a manifest says is not trusted to be such a file. */
function staleFiles(folder: string, artifacts: readonly Artifact[]): readonly string[] {
  const current = new Set(artifacts.map((artifact) => artifact.path));
  const isFile = (name: string): boolean =>
    isPlainPath(name) &&
    !hasLinkOnTheWay(folder, name) &&
    lstatSync(path.join(folder, name), { throwIfNoEntry: false })?.isDirectory() === false;
  return (readManifest(folder) ?? []).filter((name) => !current.has(name) && isFile(name));
}

function systemFault(place: string, error: unknown): WriteFault {
  const text = error instanceof Error ? error.message : String(error);
  return { kind: 'write-fault', reason: 'system', path: place, text };
}
