/** Names that nobody uses, and names that hide others: no mistakes, but often the trace of one. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { Identifier } from '../syntax/nodes.js';
import type { ClauseSet } from '../syntax/shape.js';
import { usesOf } from '../syntax/uses.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { findEntry, isBinding, type Scope } from './scope.js';

/** A declared name and what it is, for messages: `parameter`, `spread`. */
export interface DeclaredName {
  readonly name: Identifier;
  readonly what: string;
}

/** Names that the expressions of `clauses` use, called functions included. */
export function namesUsedIn(set: ClauseSet, clauses: readonly object[]): Set<string> {
  const used = new Set<string>();
  for (const clause of clauses) for (const name of namesUsedInClause(set, clause)) used.add(name);
  return used;
}

/** By clause: editors ask again and again about trees that stay. */
const usedByClause = new WeakMap<object, readonly string[]>();

function namesUsedInClause(set: ClauseSet, clause: object): readonly string[] {
  let names = usedByClause.get(clause);
  if (!names) {
    names = [...new Set([...usesOf(set, [clause])].map(({ name }) => name))];
    usedByClause.set(clause, names);
  }
  return names;
}

/**
 * Warns of declared names that are not among `used`; to be called when their uses have been checked. Where something
 * is wrong it says nothing: a name that is misspelt where it is used is not unused.
 */
export function reportUnusedNames(
  declared: Iterable<DeclaredName>,
  used: ReadonlySet<string>,
  diagnostics: DiagnosticBag,
): void {
  if (diagnostics.hasErrors) return;
  for (const { name, what } of declared) {
    if (used.has(name.name)) continue;
    diagnostics.report(DSL_CATALOGUE, 'unused-name', { what, name: name.name }, { span: name.span });
  }
}

/** Warns of declared names that hide a parameter of their file; `file` is the scope around the declaration. */
export function reportShadowedNames(declared: Iterable<DeclaredName>, file: Scope, diagnostics: DiagnosticBag): void {
  for (const { name, what } of declared) {
    const hidden = findEntry(file, name.name);
    if (!hidden || !isBinding(hidden)) continue;
    const origin = hidden.kind === 'value' ? hidden.origin : undefined;
    const related = origin && [{ message: 'this one is hidden', span: origin }];
    diagnostics.report(DSL_CATALOGUE, 'shadowed-name', { what, name: name.name }, { span: name.span, related });
  }
}
