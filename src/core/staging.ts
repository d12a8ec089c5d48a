/**
 * Exchanging the files of a folder so that a stop at any moment leaves nothing half-made. New files are written and
 * synced in a staging folder inside; a journal there says what is to be moved, and from then on whoever comes next
 * finishes what a dead process began. The staging folder is the lock of the folder, too.
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
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

/** Names in a folder that begin like this are ours and of no meaning once their process has ended. */
export const STAGING_NAME = '.ionloom-staging';

/** A file that is to be. */
export interface NewFile {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** What becomes of a folder. */
export interface Exchange {
  readonly files: readonly NewFile[];
  /** Files that go, relative to the folder. */
  readonly stale: readonly string[];
  /** The file that says what the folder holds: it goes before all others and comes behind them. */
  readonly seal?: string;
}

/** What the journal keeps of an exchange. */
interface Journal {
  readonly names: readonly string[];
  readonly stale: readonly string[];
  readonly seal?: string;
}

/** The journal's name while files go into place, and while they are taken back. */
const FORWARD = 'forward.json';
const BACK = 'back.json';

/**
 * Takes the lock of `folder`, which exists. What a dead process left is finished first, or thrown away where it had
 * only begun to write.
 * @returns the process that holds the lock, where one does
 */
export function takeStaging(folder: string): number | undefined {
  sweepDead(folder);
  const [staging, own] = [stagingOf(folder), `${stagingOf(folder)}-${process.pid}`];
  mkdirSync(own);
  writeSynced(path.join(own, ownerFile(process.pid)), '');
  try {
    // Onto a folder that is not empty nothing is moved: of two processes one gets it
    renameSync(own, staging);
    return undefined;
  } catch (error) {
    rmSync(own, { recursive: true });
    if (!existsSync(staging)) throw error;
  }
  const owner = ownerOf(staging);
  if (owner !== undefined && isRunning(owner)) return owner;
  if (owner === undefined) dropStaging(folder);
  else takeOver(folder, owner);
  return takeStaging(folder);
}

/** Finishes or throws away what the dead process `owner` left in `folder`; another one may be faster. */
function takeOver(folder: string, owner: number): void {
  const staging = stagingOf(folder);
  try {
    renameSync(path.join(staging, ownerFile(owner)), path.join(staging, ownerFile(process.pid)));
  } catch {
    return;
  }
  const [forward, back] = [readJournal(folder, FORWARD), readJournal(folder, BACK)];
  if (back) takeBack(folder, back);
  else if (forward) carryOut(folder, forward);
  dropStaging(folder);
}

/** Gives the lock back. */
export function dropStaging(folder: string): void {
  const own = `${stagingOf(folder)}-${process.pid}`;
  // At once, so that nobody finds a half of it
  if (existsSync(stagingOf(folder))) renameSync(stagingOf(folder), own);
  rmSync(own, { recursive: true, force: true });
}

/** Carries out an exchange under the lock: all of it, or where the system refuses, nothing. */
export function exchangeFiles(folder: string, { files, stale, seal }: Exchange): void {
  const staging = stagingOf(folder);
  const names = files.map((file) => file.path);
  const staged = files.map(({ path: name }) => path.join(staging, 'new', name));
  for (const folder of new Set(staged.map((place) => path.dirname(place)))) mkdirSync(folder, { recursive: true });
  for (const [at, { content }] of files.entries()) write(staged[at] ?? '', content);
  // Behind all of them: the first one to reach the disk takes most of the others along
  for (const place of staged) sync(place);
  const journal: Journal = { names, stale, ...(seal !== undefined && { seal }) };
  writeSynced(path.join(staging, 'journal'), JSON.stringify(journal));
  renameSync(path.join(staging, 'journal'), path.join(staging, FORWARD));
  sync(staging);
  try {
    carryOut(folder, journal);
  } catch (error) {
    renameSync(path.join(staging, FORWARD), path.join(staging, BACK));
    takeBack(folder, journal);
    throw error;
  }
}

/** Moves new files in and others out; may be called again after it was cut short. */
function carryOut(folder: string, { names, stale, seal }: Journal): void {
  const isNew = (name: string): boolean => existsSync(placeOf(folder, 'new', name));
  const putAway = (name: string): void => {
    if (existsSync(path.join(folder, name))) move(path.join(folder, name), placeOf(folder, 'old', name));
  };
  const putIn = (name: string): void => {
    if (!isNew(name)) return;
    putAway(name);
    move(placeOf(folder, 'new', name), path.join(folder, name));
  };
  if (seal !== undefined && isNew(seal)) putAway(seal);
  for (const name of names) if (name !== seal) putIn(name);
  for (const name of stale) if (!existsSync(placeOf(folder, 'old', name))) putAway(name);
  if (seal !== undefined) putIn(seal);
  sync(folder);
}

/** Undoes {@link carryOut}, however far it came; may be called again after it was cut short. */
function takeBack(folder: string, { names, stale, seal }: Journal): void {
  const undo = (name: string): void => {
    const [fresh, before, place] = [
      placeOf(folder, 'new', name),
      placeOf(folder, 'old', name),
      path.join(folder, name),
    ];
    if (!existsSync(fresh) && existsSync(place)) move(place, fresh);
    restore(before, place);
  };
  for (const name of names) if (name !== seal) undo(name);
  for (const name of stale) restore(placeOf(folder, 'old', name), path.join(folder, name));
  if (seal !== undefined) undo(seal);
  removeEmptyParents(folder, names);
}

function restore(before: string, place: string): void {
  if (existsSync(before)) move(before, place);
}

/** Removes the folders above `names` in which nothing is left. */
export function removeEmptyParents(folder: string, names: readonly string[]): void {
  for (const name of names) {
    for (const parent of parentsOf(name).toReversed()) {
      const place = path.join(folder, parent);
      if (existsSync(place) && readdirSync(place).length === 0) rmSync(place, { recursive: true });
    }
  }
}

/** `a/b/c.sv` has the parents `a` and `a/b`. */
export function parentsOf(file: string): readonly string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, depth) => parts.slice(0, depth + 1).join('/'));
}

/** Writes a file that is new, down to the disk. */
export function writeSynced(file: string, content: string | Uint8Array): void {
  write(file, content);
  sync(file);
}

function write(file: string, content: string | Uint8Array): void {
  const handle = openSync(file, 'wx');
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (let written = 0; written < bytes.length;) written += writeSync(handle, bytes, written);
  } finally {
    closeSync(handle);
  }
}

/** Removes what dead processes left in `folder` before anything of theirs was moved. */
export function sweepDead(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = LEFTOVER.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

const LEFTOVER = new RegExp(`^\\${STAGING_NAME}-(\\d+)$`);

function move(from: string, to: string): void {
  mkdirSync(path.dirname(to), { recursive: true });
  renameSync(from, to);
}

/** Waits until a file is on the disk, or what has been moved in a folder. */
function sync(place: string): void {
  const handle = openSync(place, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function stagingOf(folder: string): string {
  return path.join(folder, STAGING_NAME);
}

function placeOf(folder: string, side: 'new' | 'old', name: string): string {
  return path.join(stagingOf(folder), side, name);
}

function ownerFile(pid: number): string {
  return `owner-${pid}`;
}

function ownerOf(staging: string): number | undefined {
  const owners = readdirSync(staging).map((name) => /^owner-(\d+)$/.exec(name)?.[1]);
  const owner = owners.find((pid) => pid !== undefined);
  return owner === undefined ? undefined : Number(owner);
}

/** A journal that leads out of its folder is none of ours. */
function readJournal(folder: string, name: string): Journal | undefined {
  const file = path.join(stagingOf(folder), name);
  if (!existsSync(file)) return undefined;
  const journal = JSON.parse(readFileSync(file, 'utf8')) as Journal;
  const names = [...journal.names, ...journal.stale, journal.seal ?? 'none'];
  return names.every((each) => isPlainPath(each) && !hasLinkOnTheWay(folder, each)) ? journal : undefined;
}

/** Whether `file` is a relative path of plain names. */
export function isPlainPath(file: string): boolean {
  return file.split('/').every((part) => /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(part));
}

export function hasLinkOnTheWay(folder: string, name: string): boolean {
  return parentsOf(name).some((inner) =>
    lstatSync(path.join(folder, inner), { throwIfNoEntry: false })?.isSymbolicLink(),
  );
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    // Signal 0 asks only
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
