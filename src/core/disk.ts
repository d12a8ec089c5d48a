/** The file host on disk: reads whole files, bounded, regular ones only. */
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { FileFault, FileHost } from './file-host.js';

/** A host that reads the real disk; relative paths count from the working folder. */
export function createDiskHost(): FileHost {
  return { readBytes, readHead, realPath, resolve };
}

function readBytes(file: string, maxBytes: number): Uint8Array | FileFault {
  return withOpen(file, (handle, size) =>
    size > maxBytes
      ? { kind: 'file-fault', reason: 'too-large', text: `it has ${size} bytes, more than ${maxBytes}` }
      : readOpen(handle, size),
  );
}

function readHead(file: string, maxBytes: number): Uint8Array | FileFault {
  return withOpen(file, (handle, size) => readOpen(handle, Math.min(size, maxBytes)));
}

function realPath(place: string): string | FileFault {
  try {
    return realpathSync(place);
  } catch (error) {
    return faultOf(error);
  }
}

/** What `read` makes of a regular file and its size, or why it cannot be opened. */
function withOpen(
  file: string,
  read: (handle: number, size: number) => Uint8Array | FileFault,
): Uint8Array | FileFault {
  try {
    // Opening a named pipe would otherwise wait for a writer
    const handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const status = fstatSync(handle);
      if (status.isDirectory()) return { kind: 'file-fault', reason: 'directory', text: 'it is a folder' };
      if (!status.isFile()) return { kind: 'file-fault', reason: 'other', text: 'it is not a regular file' };
      return read(handle, status.size);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    return faultOf(error);
  }
}

function readOpen(handle: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let filled = 0;
  while (filled < bytes.length) {
    const count = readSync(handle, bytes, filled, bytes.length - filled, filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

function faultOf(error: unknown): FileFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { kind: 'file-fault', reason: 'missing', text: 'there is no such file' };
    case 'EACCES':
    case 'EPERM':
      return { kind: 'file-fault', reason: 'denied', text: 'reading it is not permitted' };
    case 'EISDIR':
      return { kind: 'file-fault', reason: 'directory', text: 'it is a folder' };
    default:
      return { kind: 'file-fault', reason: 'other', text: error instanceof Error ? error.message : String(error) };
  }
}

function resolve(fromFile: string, target: string): string {
  return path.isAbsolute(target) ? target : path.join(path.dirname(fromFile), target);
}

/** Folders below one another that are searched, at most. */
const MAX_FOLDER_DEPTH = 16;

/**
 * The files below `folder` whose names end in `ending`, sorted, at most `limit` of them. Links are not followed;
 * hidden folders and `node_modules` are left out, as are folders that cannot be read.
 */
export function findFiles(folder: string, ending: string, limit: number): readonly string[] {
  const found: string[] = [];
  const search = (place: string, depth: number) => {
    for (const entry of entriesOf(place)) {
      if (found.length >= limit) return;
      const file = path.join(place, entry.name);
      if (entry.isFile() && entry.name.endsWith(ending)) found.push(file);
      const isSearched = entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules';
      if (isSearched && depth < MAX_FOLDER_DEPTH) search(file, depth + 1);
    }
  };
  search(folder, 0);
  return found.sort();
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
