/**
 * The one channel on which input and environment faults are told.
 * Every area keeps a typed catalogue; a code is `<area>/<key>`. Nothing here throws.
 */
import type { Span } from './span.js';

export type Severity = 'error' | 'warning';

/** Who has to mend it: the author of the input (exit status 1) or the machine's owner (3). */
export type Blame = 'input' | 'environment';

export interface RelatedPlace {
  readonly message: string;
  readonly span: Span;
}

export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly blame: Blame;
  readonly message: string;
  readonly span?: Span;
  readonly help?: string;
  readonly related?: readonly RelatedPlace[];
}

/** What a catalogue says of one code. Messages are lower case, without full stop, names in backquotes. */
export interface CatalogueEntry<Params> {
  readonly severity: Severity;
  readonly blame?: Blame;
  readonly message: (params: Params) => string;
  readonly help?: (params: Params) => string | undefined;
  /** Text of `ionloom explain <code>`: what it means and how to mend it. */
  readonly explain: string;
}

// `never` makes every parameter type acceptable: entries are contravariant in it.
export type CatalogueEntries = Readonly<Record<string, CatalogueEntry<never>>>;

export interface Catalogue<Entries extends CatalogueEntries> {
  readonly area: string;
  readonly entries: Entries;
}

/** A catalogue of the given area; keys are unique because object keys are. */
export function defineCatalogue<const Entries extends CatalogueEntries>(
  area: string,
  entries: Entries,
): Catalogue<Entries> {
  return { area, entries };
}

/** Identity that fixes the parameter type of one entry: `entry<{ name: string }>({ ... })`. */
export function entry<Params>(value: CatalogueEntry<Params>): CatalogueEntry<Params> {
  return value;
}

/** Parameters of the message of an entry. */
export type ParamsOf<Entry> = Entry extends CatalogueEntry<infer Params> ? Params : never;

/** Where a diagnostic points; both parts are optional because some faults have no place in a text. */
export interface Pointing {
  readonly span?: Span | undefined;
  readonly related?: readonly RelatedPlace[] | undefined;
}

/** Diagnostics of one code that are kept, at most: nobody reads more, and a hostile file has millions. */
export const MAX_OF_ONE_CODE = 100;

/** Collects the diagnostics of one command; stages ask `hasErrors` before the next begins. */
export class DiagnosticBag {
  readonly #found: Diagnostic[] = [];
  /** Code, message and place of each one found. */
  readonly #identities = new Set<string>();
  readonly #countByCode = new Map<string, number>();
  readonly #crowded = new Set<string>();

  get all(): readonly Diagnostic[] {
    return this.#found;
  }

  get hasErrors(): boolean {
    return this.#found.some((diagnostic) => diagnostic.severity === 'error');
  }

  /** Codes of which more were found than are kept. */
  get crowded(): ReadonlySet<string> {
    return this.#crowded;
  }

  /**
   * Adds a diagnostic of `catalogue`; an exact repetition (same code, message, place) is dropped, and so is one of a
   * code that is crowded.
   * @param params  a function where they take long to find, for example the nearest of many names
   */
  report<Entries extends CatalogueEntries, Key extends keyof Entries & string>(
    catalogue: Catalogue<Entries>,
    key: Key,
    params: ParamsOf<Entries[Key]> | (() => ParamsOf<Entries[Key]>),
    { span, related }: Pointing = {},
  ): void {
    const code = `${catalogue.area}/${key}`;
    if (this.#isCrowded(code)) return;
    const entryOfKey = catalogue.entries[key] as unknown as CatalogueEntry<ParamsOf<Entries[Key]>>;
    // Parameters are plain objects, never functions.
    const known = typeof params === 'function' ? (params as () => ParamsOf<Entries[Key]>)() : params;
    const help = entryOfKey.help?.(known);
    this.add({
      code,
      severity: entryOfKey.severity,
      blame: entryOfKey.blame ?? 'input',
      message: shorten(entryOfKey.message(known)),
      ...(span && { span }),
      ...(help !== undefined && { help: shorten(help) }),
      ...(related && { related }),
    });
  }

  /** Adds a finished diagnostic, for example one that came from a child process. */
  add(diagnostic: Diagnostic): void {
    const { code, message, span } = diagnostic;
    if (this.#isCrowded(code)) return;
    const identity = JSON.stringify([code, message, span?.file, span?.start.offset]);
    if (this.#identities.has(identity)) return;
    this.#identities.add(identity);
    this.#countByCode.set(code, (this.#countByCode.get(code) ?? 0) + 1);
    this.#found.push(diagnostic);
  }

  /** Whether as many as are kept have this code; then there is at least one more. */
  #isCrowded(code: string): boolean {
    if ((this.#countByCode.get(code) ?? 0) < MAX_OF_ONE_CODE) return false;
    this.#crowded.add(code);
    return true;
  }
}

/** Characters of a message, at most: a name may be as long as its file. */
const MAX_MESSAGE_LENGTH = 1000;

function shorten(text: string): string {
  if (text.length <= MAX_MESSAGE_LENGTH) return text;
  return `${text.slice(0, MAX_MESSAGE_LENGTH / 2)} … ${text.slice(-MAX_MESSAGE_LENGTH / 2)}`;
}
