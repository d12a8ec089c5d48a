/** Imports and parameters of a file that nothing in it refers to. Declarations are not: other files may import them. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { namesUsedIn, reportUnusedNames } from '../check/check-names.js';
import type { ExperimentClause } from '../syntax/experiment.js';
import { ITEMS, type SourceFile } from '../syntax/file.js';

/** Warns of them; `referred` are the names of declarations that something refers to. */
export function reportUnused({ items }: SourceFile, referred: ReadonlySet<string>, diagnostics: DiagnosticBag): void {
  const { clauses } = items;
  const imported = clauses.flatMap((item) => (item.kind === 'import' ? item.names : []));
  reportUnusedNames(
    imported.map(({ name }) => ({ name, what: 'imported name' })),
    referred,
    diagnostics,
  );
  const params = clauses.filter((item) => item.kind === 'param');
  const experiments = clauses.filter((item) => item.kind === 'experiment');
  const replaced = experiments.flatMap(({ body }) => body.clauses.flatMap((clause) => replacedBy(clause) ?? []));
  reportUnusedNames(
    params.map(({ name }) => ({ name, what: 'parameter' })),
    new Set([...namesUsedIn(ITEMS, clauses), ...replaced]),
    diagnostics,
  );
}

/** The parameter that a clause of an experiment gives another value. */
function replacedBy(clause: ExperimentClause): string | undefined {
  return clause.kind === 'set' || clause.kind === 'sweep' ? clause.parameter.name : undefined;
}
