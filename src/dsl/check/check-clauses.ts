/** Clauses that a declaration has once, and words from fixed lists. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { nearestName } from '../../core/nearest.js';
import type { ClauseBase, Identifier } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';

/** The declaration that clauses belong to, for messages: `device yszEcram`, and its name. */
export interface Owner {
  readonly description: string;
  readonly name: Identifier;
}

type Clause = ClauseBase & { readonly kind: string };
type ClauseOf<All extends Clause, Kind extends All['kind']> = Extract<All, { readonly kind: Kind }>;

/** All clauses of one kind, in the order of the text. */
export function clausesOf<All extends Clause, Kind extends All['kind']>(
  clauses: readonly All[],
  kind: Kind,
): ClauseOf<All, Kind>[] {
  return clauses.filter((clause): clause is ClauseOf<All, Kind> => clause.kind === kind);
}

/** Finds the clauses of a declaration and reports those that are missing or given twice. */
export class ClauseFinder<All extends Clause> {
  readonly #owner: Owner;
  readonly #clauses: readonly All[];
  readonly #diagnostics: DiagnosticBag;

  constructor(owner: Owner, clauses: readonly All[], diagnostics: DiagnosticBag) {
    this.#owner = owner;
    this.#clauses = clauses;
    this.#diagnostics = diagnostics;
  }

  /** The only clause of `kind`, called `word` in the language; undefined where there is none. */
  optional<Kind extends All['kind']>(kind: Kind, word: string): ClauseOf<All, Kind> | undefined {
    const [clause, ...others] = clausesOf(this.#clauses, kind);
    for (const other of others) {
      const related = clause && [{ message: 'first given here', span: clause.span }];
      const params = { owner: this.#owner.description, clause: word };
      this.#diagnostics.report(DSL_CATALOGUE, 'duplicate-clause', params, { span: other.span, related });
    }
    return clause;
  }

  /** Like {@link optional}, but reports its absence. */
  required<Kind extends All['kind']>(kind: Kind, word: string): ClauseOf<All, Kind> | undefined {
    const clause = this.optional(kind, word);
    if (!clause) this.reportMissing(word);
    return clause;
  }

  /** Says that the declaration lacks the clause. */
  reportMissing(word: string): void {
    const params = { owner: this.#owner.description, clause: word };
    this.#diagnostics.report(DSL_CATALOGUE, 'missing-clause', params, { span: this.#owner.name.span });
  }
}

/** The one of `known` that `word` is; undefined after reporting. */
export function checkWord<const Known extends string>(
  { name, span }: Identifier,
  { what, known }: { readonly what: string; readonly known: readonly Known[] },
  diagnostics: DiagnosticBag,
): Known | undefined {
  const found = known.find((candidate) => candidate === name);
  if (found === undefined) {
    const params = { what, word: name, known, nearest: nearestName(name, known) };
    diagnostics.report(DSL_CATALOGUE, 'unknown-word', params, { span });
  }
  return found;
}

/** Reports names that are declared twice. */
export function reportDuplicates(names: readonly Identifier[], diagnostics: DiagnosticBag): void {
  const firstByName = new Map<string, Identifier>();
  for (const identifier of names) {
    const first = firstByName.get(identifier.name);
    if (!first) firstByName.set(identifier.name, identifier);
    else {
      const related = [{ message: 'first declared here', span: first.span }];
      diagnostics.report(
        DSL_CATALOGUE,
        'duplicate-name',
        { name: identifier.name },
        { span: identifier.span, related },
      );
    }
  }
}
