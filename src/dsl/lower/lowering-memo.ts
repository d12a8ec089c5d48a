/**
 * Remembers what declarations became while a file is typed. What lowering a declaration asks of its surroundings is
 * written down; as long as it would get the same answers, the result and the diagnostics stay. Trees tell whether a
 * declaration itself has changed: an unchanged one keeps its tree.
 */
import { DiagnosticBag, type Diagnostic } from '../../core/diagnostic.js';
import type { FileHost } from '../../core/file-host.js';
import type { Binding, Obstacle, Scope } from '../check/scope.js';
import type { Declaration } from '../syntax/file.js';

type Entry = Binding | Obstacle | undefined;

/** What lowering a declaration has asked so far. */
export class Reading {
  readonly diagnostics = new DiagnosticBag();
  /** Names of parameters by file, with what they meant. */
  readonly names = new Map<string, Map<string, Entry>>();
  /** Names of declarations by file, with what they meant. */
  readonly declarations = new Map<string, Map<string, Declaration | undefined>>();
  /** Declarations whose results were used. */
  readonly results: { readonly file: string; readonly name: string; readonly value: unknown }[] = [];
  /** Whether it depends on more than that: on other files, or on all names there are. */
  isOpen = false;

  /** `scope`, the parameters of `file`, with every look-up written down. */
  scopeOf(file: string, scope: Scope): Scope {
    return { ...scope, own: new WatchedNames(scope.own, keyed(this.names, file), () => this.#open()) };
  }

  /** `host` as far as it reads no files unnoticed. */
  hostOf(host: FileHost): FileHost {
    const noticed = <Argument extends readonly unknown[], Result>(ask: (...args: Argument) => Result) => {
      return (...args: Argument): Result => {
        this.#open();
        return ask(...args);
      };
    };
    return {
      readBytes: noticed((file: string, maxBytes: number) => host.readBytes(file, maxBytes)),
      readHead: noticed((file: string, maxBytes: number) => host.readHead(file, maxBytes)),
      realPath: noticed((file: string) => host.realPath(file)),
      resolve: (fromFile, target) => host.resolve(fromFile, target),
    };
  }

  /** Writes down what a name of a declaration means in `file`. */
  declared(file: string, name: string, declaration: Declaration | undefined): void {
    keyed(this.declarations, file).set(name, declaration);
  }

  #open(): void {
    this.isOpen = true;
  }
}

function keyed<Value>(map: Map<string, Map<string, Value>>, file: string): Map<string, Value> {
  const known = map.get(file) ?? new Map<string, Value>();
  map.set(file, known);
  return known;
}

/** The names of a scope; whoever goes through all of them depends on each. */
class WatchedNames implements ReadonlyMap<string, Binding | Obstacle> {
  readonly #names: ReadonlyMap<string, Binding | Obstacle>;
  readonly #asked: Map<string, Entry>;
  readonly #askedForAll: () => void;

  constructor(names: ReadonlyMap<string, Binding | Obstacle>, asked: Map<string, Entry>, askedForAll: () => void) {
    this.#names = names;
    this.#asked = asked;
    this.#askedForAll = askedForAll;
  }

  get(name: string): Entry {
    const entry = this.#names.get(name);
    this.#asked.set(name, entry);
    return entry;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get size(): number {
    return this.#all().size;
  }

  forEach(visit: (value: Binding | Obstacle, key: string, map: ReadonlyMap<string, Binding | Obstacle>) => void): void {
    this.#all().forEach(visit);
  }

  entries() {
    return this.#all().entries();
  }

  keys() {
    return this.#all().keys();
  }

  values() {
    return this.#all().values();
  }

  [Symbol.iterator]() {
    return this.entries();
  }

  #all(): ReadonlyMap<string, Binding | Obstacle> {
    this.#askedForAll();
    return this.#names;
  }
}

/** The answers of now. */
export interface Surroundings {
  readonly entry: (file: string, name: string) => Entry;
  readonly declaration: (file: string, name: string) => Declaration | undefined;
  /** What the declaration of that name became. */
  readonly result: (file: string, name: string) => unknown;
}

/** What a declaration became, and what was asked for it. */
export interface Remembered {
  readonly value: unknown;
  readonly reading: Reading;
  readonly diagnostics: readonly Diagnostic[];
}

/** Results of lowering by declaration; nothing keeps declarations that are gone. */
export class LoweringMemo {
  readonly #remembered = new WeakMap<Declaration, Remembered>();

  /** What `declaration` became before; undefined where it would become something else now. */
  recall(declaration: Declaration, now: Surroundings): Remembered | undefined {
    const remembered = this.#remembered.get(declaration);
    return remembered && isCurrent(remembered.reading, now) ? remembered : undefined;
  }

  /** Keeps the result where the reading says all that it depends on. */
  remember(declaration: Declaration, value: unknown, reading: Reading): void {
    if (reading.isOpen) this.#remembered.delete(declaration);
    else this.#remembered.set(declaration, { value, reading, diagnostics: reading.diagnostics.all });
  }
}

function isCurrent({ names, declarations, results }: Reading, now: Surroundings): boolean {
  for (const [file, asked] of declarations) {
    for (const [name, declaration] of asked) if (now.declaration(file, name) !== declaration) return false;
  }
  for (const [file, asked] of names) {
    for (const [name, entry] of asked) if (!isSame(now.entry(file, name), entry)) return false;
  }
  return results.every(({ file, name, value }) => now.result(file, name) === value);
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether two trees of plain data are equal; functions and other objects are where they are the same. */
function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (!isPlain(left) || !isPlain(right)) return false;
  const [ours, theirs] = [Object.entries(left), new Map(Object.entries(right))];
  return ours.length === theirs.size && ours.every(([key, value]) => theirs.has(key) && isSame(value, theirs.get(key)));
}
