/** The files that the compiler sees in the playground: those of the user, and those of the package under names of its own. */
import type { FileFault, FileHost } from '../../../src/core/file-host.js';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { LIBRARY_FILES } from './library-files.js';

/** Name -> content; names are relative to the root of the repository, as examples are named in its documents. */
export type Files = ReadonlyMap<string, Uint8Array>;

const MISSING: FileFault = { kind: 'file-fault', reason: 'missing', text: 'there is no such file' };

/** A host whose files are those of `files`, of the library, and what {@link FileStore.add} brings. */
export class FileStore implements FileHost {
  #files: Files = new Map();
  readonly #package = new Map<string, Uint8Array>();

  constructor() {
    this.add(LIBRARY_FILES);
  }

  /** Puts these files in the place of those before. */
  set files(files: Files) {
    this.#files = files;
  }

  /** Makes files of the package known. */
  add(texts: ReadonlyMap<string, string>): void {
    for (const [name, text] of texts) this.#package.set(name, new TextEncoder().encode(text));
  }

  readBytes(file: string, maxBytes: number): Uint8Array | FileFault {
    const bytes = this.#find(file);
    if (!bytes) return MISSING;
    if (bytes.length <= maxBytes) return bytes;
    const text = `it has ${String(bytes.length)} bytes, more than ${String(maxBytes)}`;
    return { kind: 'file-fault', reason: 'too-large', text };
  }

  readHead(file: string, maxBytes: number): Uint8Array | FileFault {
    return this.#find(file)?.subarray(0, maxBytes) ?? MISSING;
  }

  realPath(file: string): string | FileFault {
    const place = placeOf(file);
    const isFolder = [...this.#files.keys(), ...this.#package.keys()].some((name) => name.startsWith(`${place}/`));
    return place === '.' || isFolder || this.#find(place) ? place : MISSING;
  }

  resolve(fromFile: string, target: string): string {
    return isAbsolute(target) ? target : join(dirname(fromFile), target);
  }

  #find(file: string): Uint8Array | undefined {
    const place = placeOf(file);
    return this.#files.get(place) ?? this.#package.get(place);
  }
}

/** One name for a file or folder. */
function placeOf(file: string): string {
  return normalize(file).replace(/(?<=.)\/$/, '');
}
