/** The files that the server knows: open ones as the editor shows them, the others as they lie on disk. */
import path from 'node:path';
import { DiagnosticBag } from '../core/diagnostic.js';
import type { FileFault, FileHost } from '../core/file-host.js';
import { CheckingSession } from '../dsl/checking-session.js';
import { parseTolerantly } from '../dsl/parse/parse-source.js';
import { readSourceText } from '../dsl/source-text.js';
import { LIBRARY_MODULES, libraryFileOf, withStandardLibrary } from '../dsl/standard-library.js';
import { indexFile } from './names/index-file.js';
import { Resolver } from './names/resolver.js';
import type { FileIndex } from './names/symbols.js';

/** Files that are searched for uses of a name, at most. */
const MAX_FILES = 2000;

interface Indexed {
  readonly text: string;
  readonly index: FileIndex | undefined;
  /** When it was last compared with the file. */
  readonly turn: number;
}

/** Finds the sources below a folder, at most `limit` of them. */
export type FindSources = (folder: string, limit: number) => readonly string[];

/** The files of an editor session and what is known about them. */
export class Workspace {
  /** Reads files as the compiler should see them. */
  readonly host: FileHost;
  readonly resolver = new Resolver((from, target, name) => this.#importedIndex(from, target, name));
  /** What the compiler says of files. */
  readonly checking: CheckingSession;
  readonly #find: FindSources;
  readonly #open = new Map<string, string>();
  readonly #indexed = new Map<string, Indexed>();
  #folders: readonly string[] = [];
  #turn = 0;

  /** @param find  the sources below a folder, at most as many as the number says; none where nobody looks for them */
  constructor(disk: FileHost, find: FindSources = () => []) {
    this.#find = find;
    this.host = withStandardLibrary({
      readBytes: (file, maxBytes) => this.#openBytes(file, maxBytes) ?? disk.readBytes(file, maxBytes),
      readHead: (file, maxBytes) => this.#openBytes(file)?.subarray(0, maxBytes) ?? disk.readHead(file, maxBytes),
      // A new file that the editor has not written yet has no other place
      realPath: (file) => (this.#open.has(file) ? keepName(file, disk) : disk.realPath(file)),
      resolve: (from, target) => disk.resolve(from, target),
    });
    this.checking = new CheckingSession(this.host);
  }

  /** The folders whose files may use each other's names. */
  set folders(folders: readonly string[]) {
    this.#folders = folders;
  }

  /** A file is as long as a request lasts what it was when the request came. */
  beginTurn(): void {
    this.#turn++;
  }

  /** Shows the text of the editor in place of the file's. */
  open(file: string, text: string): void {
    this.#open.set(file, text);
    this.beginTurn();
  }

  /** Shows the file's own text again. */
  close(file: string): void {
    this.#open.delete(file);
    this.#indexed.delete(file);
    this.checking.close(file);
    this.beginTurn();
  }

  /** The index of a file; undefined where it cannot be read. */
  index(file: string): FileIndex | undefined {
    const known = this.#indexed.get(file);
    if (known?.turn === this.#turn) return known.index;
    const text = readSourceText(file, this.host);
    if (typeof text !== 'string') {
      this.#indexed.delete(file);
      return undefined;
    }
    const index = known?.text === text ? known.index : indexText(file, text);
    this.#indexed.set(file, { text, index, turn: this.#turn });
    return index;
  }

  /** The indexes of all files that may use names of each other: open ones, and those below the folders. */
  indexes(): FileIndex[] {
    const onDisk = this.#folders.flatMap((folder) => this.#find(folder, MAX_FILES));
    const files = new Set([...this.#open.keys(), ...onDisk.map((file) => path.normalize(file))]);
    return [...files].slice(0, MAX_FILES).flatMap((file) => this.index(file) ?? []);
  }

  /** The file that an import means; undefined where there is none. */
  importedFile(from: string, target: string, name: string): string | undefined {
    if (LIBRARY_MODULES.includes(target)) return libraryFileOf(target, name);
    return /^\.\.?\/.*\.ion$/.test(target) ? path.normalize(this.host.resolve(from, target)) : undefined;
  }

  #openBytes(file: string): Uint8Array | undefined;
  #openBytes(file: string, maxBytes: number): Uint8Array | FileFault | undefined;
  #openBytes(file: string, maxBytes = Infinity): Uint8Array | FileFault | undefined {
    const text = this.#open.get(file);
    const bytes = text === undefined ? undefined : new TextEncoder().encode(text);
    if (!bytes || bytes.length <= maxBytes) return bytes;
    return { kind: 'file-fault', reason: 'too-large', text: `it has ${bytes.length} bytes, more than ${maxBytes}` };
  }

  #importedIndex(from: string, target: string, name: string): FileIndex | undefined {
    const file = this.importedFile(from, target, name);
    return file === undefined ? undefined : this.index(file);
  }
}

function keepName(file: string, disk: FileHost): string {
  const place = disk.realPath(file);
  return typeof place === 'string' ? place : file;
}

function indexText(file: string, text: string): FileIndex | undefined {
  // Faults are told by the diagnostics of the file.
  const parsed = parseTolerantly(file, text, new DiagnosticBag());
  return parsed && indexFile(parsed.tree, text);
}
