/** The outline of a file: its declarations, each with those of its blocks. */
import { SymbolKind as EditorKind, type DocumentSymbol } from 'vscode-languageserver/node';
import { SYMBOL_KINDS } from '../../dsl/syntax/name-role.js';
import type { ClauseEntry, FileIndex, Scope, SymbolDeclaration } from '../names/symbols.js';
import { rangeOf } from '../places.js';
import { DEPICTIONS } from './symbol-kinds.js';

/** The outline of an indexed file. */
export function documentSymbols({ root }: FileIndex): DocumentSymbol[] {
  return symbolsOf(root);
}

function symbolsOf({ clauses }: Scope): DocumentSymbol[] {
  return clauses.flatMap(symbolsOfClause);
}

/** Clauses without a name hand over those inside of them. */
function symbolsOfClause(clause: ClauseEntry): DocumentSymbol[] {
  const children = clause.inner.filter(({ kind }) => kind === 'block').flatMap(symbolsOf);
  const declared = clause.scope.declarations.filter((declaration) => declaration.clause === clause);
  const [first, ...others] = declared;
  if (!first) return children;
  return [{ ...symbolOf(first), children }, ...others.map(symbolOf)];
}

function symbolOf({ kind, name, clause }: SymbolDeclaration): DocumentSymbol {
  return {
    name: name.name,
    detail: kind === 'import' ? 'import' : SYMBOL_KINDS[kind],
    kind: kind === 'import' ? EditorKind.Namespace : DEPICTIONS[kind].symbol,
    range: rangeOf(clause.span),
    selectionRange: rangeOf(name.span),
  };
}
