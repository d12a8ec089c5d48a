/** All places where a declaration is named, in every file that can see it. */
import { DocumentHighlightKind, type DocumentHighlight, type Location } from 'vscode-languageserver/node';
import type { Identifier } from '../../dsl/syntax/nodes.js';
import { nameAt } from '../at-place.js';
import type { Resolver } from '../names/resolver.js';
import type { FileIndex, SymbolDeclaration } from '../names/symbols.js';
import { rangeOf, uriOfPath } from '../places.js';
import type { Workspace } from '../workspace.js';

/** A place that names a declaration. */
export interface Mention {
  readonly file: string;
  readonly name: Identifier;
  readonly kind: 'declaration' | 'import' | 'use';
}

/** Every mention of `target`: where it is declared, imported and used; file by file, in the order of the text. */
export function findMentions(target: SymbolDeclaration, workspace: Workspace): Mention[] {
  const home = workspace.index(target.file);
  const files = new Map([...(home ? [home] : []), ...workspace.indexes()].map((index) => [index.file, index]));
  return [...files.values()].flatMap((index) => mentionsIn(index, target, workspace.resolver));
}

/** The mentions of `target` in one file. */
function mentionsIn(index: FileIndex, target: SymbolDeclaration, resolver: Resolver): Mention[] {
  const { file } = index;
  const wanted = target.name.name;
  const declared = index.declarations
    .filter((declaration) => declaration.name.name === wanted && resolver.follow(declaration) === target)
    .map(({ name, kind }): Mention => ({ file, name, kind: kind === 'import' ? 'import' : 'declaration' }));
  const used = index.uses
    .filter((use) => use.name.name === wanted && resolver.resolve(use) === target)
    .map(({ name }): Mention => ({ file, name, kind: 'use' }));
  return [...declared, ...used].sort((left, right) => left.name.span.start.offset - right.name.span.start.offset);
}

/** The mentions of what stands at `offset`, as the protocol wants them. */
export function findReferences(
  index: FileIndex,
  offset: number,
  includeDeclaration: boolean,
  workspace: Workspace,
): Location[] {
  const { declaration } = nameAt(index, offset, workspace.resolver) ?? {};
  if (!declaration) return [];
  return findMentions(declaration, workspace)
    .filter(({ kind }) => includeDeclaration || kind !== 'declaration')
    .map(({ file, name }) => ({ uri: uriOfPath(file), range: rangeOf(name.span) }));
}

/** The mentions in the file itself of what stands at `offset`. */
export function findHighlights(index: FileIndex, offset: number, { resolver }: Workspace): DocumentHighlight[] {
  const { declaration } = nameAt(index, offset, resolver) ?? {};
  if (!declaration) return [];
  return mentionsIn(index, declaration, resolver).map(({ name, kind }) => ({
    range: rangeOf(name.span),
    kind: kind === 'declaration' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
