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

type ParamsOf<Entry> = Entry extends CatalogueEntry<infer Params> ? Params : never;

/** Where a diagnostic points; both parts are optional because some faults have no place in a text. */
export interface Pointing {
  readonly span?: Span | undefined;
  readonly related?: readonly RelatedPlace[] | undefined;
}

/** Collects the diagnostics of one command; stages ask `hasErrors` before the next begins. */
export class DiagnosticBag {
  readonly #found: Diagnostic[] = [];
  /** Code, message and place of each one found. */
  readonly #identities = new Set<string>();

  get all(): readonly Diagnostic[] {
    return this.#found;
  }

  get hasErrors(): boolean {
    return this.#found.some((diagnostic) => diagnostic.severity === 'error');
  }

  /** Adds a diagnostic of `catalogue`; an exact repetition (same code, message, place) is dropped. */
  report<Entries extends CatalogueEntries, Key extends keyof Entries & string>(
    catalogue: Catalogue<Entries>,
    key: Key,
    params: ParamsOf<Entries[Key]>,
    { span, related }: Pointing = {},
  ): void {
    const entryOfKey = catalogue.entries[key] as unknown as CatalogueEntry<ParamsOf<Entries[Key]>>;
    const help = entryOfKey.help?.(params);
    this.add({
      code: `${catalogue.area}/${key}`,
      severity: entryOfKey.severity,
      blame: entryOfKey.blame ?? 'input',
      message: entryOfKey.message(params),
      ...(span && { span }),
      ...(help !== undefined && { help }),
      ...(related && { related }),
    });
  }

  /** Adds a finished diagnostic, for example one that came from a child process. */
  add(diagnostic: Diagnostic): void {
    const { code, message, span } = diagnostic;
    const identity = JSON.stringify([code, message, span?.file, span?.start.offset]);
    if (this.#identities.has(identity)) return;
    this.#identities.add(identity);
    this.#found.push(diagnostic);
  }
}
