/** Reads a file and everything that it imports; every file is read once. */
import path from 'node:path';
import type { DiagnosticBag } from '../core/diagnostic.js';
import type { FileHost } from '../core/file-host.js';
import { nearestName } from '../core/nearest.js';
import type { Span } from '../core/span.js';
import type { Declaration, ImportItem, ImportedName, SourceFile } from './syntax/file.js';
import { DSL_CATALOGUE } from './catalogue.js';
import { parseSource } from './parse/parse-source.js';
import { MAX_SOURCE_BYTES, readSourceText } from './source-text.js';
import { devicesOf, isLibraryFile, LIBRARY_DEVICES, LIBRARY_MODULES, libraryFileOf } from './standard-library.js';

/** Files in a chain of imports, at most. */
const MAX_IMPORT_DEPTH = 32;

/** Imports of one compilation, at most, and characters of all its files together: each file is bounded, too. */
const MAX_IMPORTS = 256;
const MAX_CHARACTERS = 2 * MAX_SOURCE_BYTES;

/** A parsed file whose imports are loaded. */
export interface SourceModule {
  readonly tree: SourceFile;
  /** What the file declares, by name; of two the first. */
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Imported name -> the module that declares it. */
  readonly imports: ReadonlyMap<ImportedName, SourceModule>;
}

/** The tree of a file; undefined after reporting. */
export type ParseFile = (file: string, text: string, diagnostics: DiagnosticBag) => SourceFile | undefined;

/** Loads modules by following imports. */
export class ModuleLoader {
  readonly #parseFile: ParseFile;
  readonly #host: FileHost;
  readonly #diagnostics: DiagnosticBag;
  /** By place: a file that is reached through several links is one file. */
  readonly #loaded = new Map<string, SourceModule | undefined>();
  /** Files being loaded, from the root inwards, with their places. */
  readonly #open: { readonly file: string; readonly place: string }[] = [];

  #importCount = 0;
  #characterCount = 0;
  #isTooLarge = false;

  /** @param parse  how text becomes a tree; editors keep what has not changed */
  constructor(host: FileHost, diagnostics: DiagnosticBag, parse: ParseFile = parseSource) {
    this.#parseFile = parse;
    this.#host = host;
    this.#diagnostics = diagnostics;
  }

  /** The module of the file that is compiled; undefined after reporting. */
  loadRoot(file: string): SourceModule | undefined {
    const text = readSourceText(file, this.#host);
    if (typeof text === 'string') return this.#parse(file, text);
    switch (text.kind) {
      case 'unreadable':
        this.#diagnostics.report(DSL_CATALOGUE, 'source-unreadable', { file, reason: text.text });
        break;
      case 'too-large':
        this.#diagnostics.report(DSL_CATALOGUE, 'too-large', { what: `\`${file}\``, limit: '1 MiB' });
        break;
      case 'not-utf8':
        this.#diagnostics.report(DSL_CATALOGUE, 'not-utf8', { file });
        break;
    }
    return undefined;
  }

  #parse(file: string, text: string): SourceModule | undefined {
    this.#characterCount += text.length;
    const tree = this.#parseFile(file, text, this.#diagnostics);
    if (!tree) return undefined;
    this.#open.push({ file, place: this.#placeOf(file) });
    const imports = new Map<ImportedName, SourceModule>();
    for (const item of tree.items.clauses) {
      if (item.kind !== 'import') continue;
      for (const [name, module] of this.#follow(file, item)) imports.set(name, module);
    }
    this.#open.pop();
    return { tree, declarations: declarationsOf(tree), imports };
  }

  #follow(file: string, item: ImportItem): (readonly [ImportedName, SourceModule])[] {
    if (!this.#mayImport(item.path.span)) return [];
    if (LIBRARY_MODULES.includes(item.path.value)) {
      return item.names.flatMap((name) => this.#libraryDevice(name, item.path.value));
    }
    const target = this.#targetOf(file, item);
    const module = target === undefined ? undefined : this.#load(target, item.path.span);
    return module ? item.names.map((name) => [name, module] as const) : [];
  }

  #libraryDevice(name: ImportedName, path: string): (readonly [ImportedName, SourceModule])[] {
    const file = libraryFileOf(path, name.name.name);
    if (file === undefined) {
      const params = () => ({
        name: name.name.name,
        path,
        elsewhere: LIBRARY_DEVICES.get(name.name.name)?.module,
        nearest: nearestName(name.name.name, devicesOf(path)),
      });
      this.#diagnostics.report(DSL_CATALOGUE, 'unknown-export', params, { span: name.name.span });
      return [];
    }
    const module = this.#load(file, name.name.span);
    return module ? [[name, module]] : [];
  }

  /** The file that a relative import means; undefined after reporting. */
  #targetOf(file: string, { path: { value, span } }: ImportItem): string | undefined {
    const reason = this.#pathFault(file, value);
    if (reason === undefined) return this.#host.resolve(file, value);
    this.#diagnostics.report(DSL_CATALOGUE, 'import-path', { path: value, reason }, { span });
    return undefined;
  }

  #pathFault(file: string, target: string): string | undefined {
    if (target.startsWith('std/')) return 'the library has no such module';
    if (!/^\.\.?\//.test(target)) return 'the path is neither a module of the library nor relative';
    if (!target.endsWith('.ion')) return 'the path does not end in `.ion`';
    if (target.includes('\\') || target.includes('\0')) return 'the path has a character that paths here do not have';
    return this.#leavesFolder(file, target) ? 'the file lies outside the folder of the file being compiled' : undefined;
  }

  /** Whether a path leads out of the folder of the root, in its words or through a link. */
  #leavesFolder(file: string, target: string): boolean {
    const root = isLibraryFile(file) ? file : (this.#open[0]?.file ?? file);
    const [folder, place] = [this.#host.resolve(root, '.'), this.#host.resolve(file, target)];
    if (isOutside(folder, place)) return true;
    const [realFolder, realPlace] = [this.#host.realPath(folder), this.#host.realPath(place)];
    // What does not exist is said where it is read
    return typeof realFolder === 'string' && typeof realPlace === 'string' && isOutside(realFolder, realPlace);
  }

  /** Whether one more import is within the limits; says once that it is not. */
  #mayImport(span: Span): boolean {
    this.#importCount++;
    if (this.#importCount <= MAX_IMPORTS && this.#characterCount <= MAX_CHARACTERS) return true;
    if (!this.#isTooLarge) {
      const limit = this.#importCount > MAX_IMPORTS ? `${MAX_IMPORTS} imports` : '2 MiB';
      this.#diagnostics.report(DSL_CATALOGUE, 'too-large', { what: 'this program', limit }, { span });
    }
    this.#isTooLarge = true;
    return false;
  }

  #placeOf(file: string): string {
    const place = this.#host.realPath(file);
    return typeof place === 'string' ? place : path.normalize(file);
  }

  #load(file: string, span: Span): SourceModule | undefined {
    const place = this.#placeOf(file);
    const position = this.#open.findIndex((open) => open.place === place);
    if (position >= 0) {
      const chain = [...this.#open.slice(position).map((open) => open.file), file].map((open) => path.basename(open));
      this.#diagnostics.report(DSL_CATALOGUE, 'import-cycle', { chain }, { span });
      return undefined;
    }
    if (this.#open.length >= MAX_IMPORT_DEPTH) {
      this.#diagnostics.report(DSL_CATALOGUE, 'import-depth', { limit: MAX_IMPORT_DEPTH }, { span });
      return undefined;
    }
    if (!this.#loaded.has(place)) this.#loaded.set(place, this.#read(file, span));
    return this.#loaded.get(place);
  }

  #read(file: string, span: Span): SourceModule | undefined {
    const text = readSourceText(file, this.#host);
    if (typeof text === 'string') return this.#parse(file, text);
    const params = { path: path.basename(file), reason: text.text };
    this.#diagnostics.report(DSL_CATALOGUE, 'import-unreadable', params, { span });
    return undefined;
  }
}

function declarationsOf({ items }: SourceFile): ReadonlyMap<string, Declaration> {
  const byName = new Map<string, Declaration>();
  for (const item of items.clauses) {
    if (item.kind !== 'import' && !byName.has(item.name.name)) byName.set(item.name.name, item);
  }
  return byName;
}

function isOutside(folder: string, place: string): boolean {
  const way = path.relative(folder, place);
  return way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way);
}
