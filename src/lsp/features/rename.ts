/** Renames a declaration and everything that names it, or says why not. */
import type { Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { CONSTANTS } from '../../dsl/check/constants.js';
import { FUNCTIONS } from '../../dsl/check/functions.js';
import { RESERVED_NAMES } from '../../dsl/device/device-scope.js';
import { RESERVED } from '../../dsl/parse/tokens.js';
import { isLibraryFile } from '../../dsl/standard-library.js';
import { KEYWORDS } from '../../dsl/syntax/walk.js';
import { nameAt, type NameAtPlace } from '../at-place.js';
import type { FileIndex, SymbolDeclaration } from '../names/symbols.js';
import { rangeOf, uriOfPath } from '../places.js';
import type { Workspace } from '../workspace.js';
import { findMentions, type Mention } from './references.js';

/** Why a name cannot be changed. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly reason: string;
}

/** The range of the name at `offset`, where it can be renamed. */
export function prepareRename(index: FileIndex, offset: number, workspace: Workspace): Range | Refusal {
  const found = nameAt(index, offset, workspace.resolver);
  const target = renamable(found);
  return target.kind === 'refusal' || !found
    ? refuse('there is no name to change here', target)
    : rangeOf(found.name.span);
}

/** The edits that call what stands at `offset` by another name. */
export function rename(
  index: FileIndex,
  offset: number,
  newName: string,
  workspace: Workspace,
): WorkspaceEdit | Refusal {
  const target = renamable(nameAt(index, offset, workspace.resolver));
  if (target.kind === 'refusal') return target;
  const fault = nameFault(newName);
  if (fault !== undefined) return refuse(fault);
  const mentions = findMentions(target.declaration, workspace);
  const clash = findClash(target.declaration, mentions, newName, workspace);
  if (clash !== undefined) return refuse(clash);
  const changes: Record<string, TextEdit[]> = {};
  for (const { file, name } of mentions) {
    (changes[uriOfPath(file)] ??= []).push({ range: rangeOf(name.span), newText: newName });
  }
  return { changes };
}

function refuse(reason: string, before?: Refusal | Target): Refusal {
  return before?.kind === 'refusal' ? before : { kind: 'refusal', reason };
}

interface Target {
  readonly kind: 'target';
  readonly declaration: SymbolDeclaration;
}

function renamable(found: NameAtPlace | undefined): Target | Refusal {
  if (!found) return refuse('there is no name to change here');
  const { name, declaration } = found;
  if (!declaration) return refuse(`\`${name.name}\` is not declared in any file; the language gives it`);
  if (isLibraryFile(declaration.file)) return refuse(`\`${name.name}\` belongs to the standard library`);
  return { kind: 'target', declaration };
}

function nameFault(name: string): string | undefined {
  if (!/^[A-Za-z_]\w*$/.test(name)) return 'a name has letters, digits and `_`, and does not begin with a digit';
  if (RESERVED.includes(name) || KEYWORDS.includes(name)) return `\`${name}\` is a word of the language`;
  if (CONSTANTS.has(name)) return `\`${name}\` is a constant of the language`;
  if (FUNCTIONS.has(name)) return `\`${name}\` is a function of the language`;
  const meaning = RESERVED_NAMES.get(name);
  return meaning === undefined ? undefined : `\`${name}\` is ${meaning} in devices`;
}

/** Something of the new name that a mention could be taken for, or that could be taken for the declaration. */
function findClash(
  target: SymbolDeclaration,
  mentions: readonly Mention[],
  newName: string,
  workspace: Workspace,
): string | undefined {
  const isTaken = mentions.some(({ file, name }) => {
    const { uses = [], declarations = [] } = workspace.index(file) ?? {};
    const use = uses.find((candidate) => candidate.name === name);
    if (use) return !use.qualifier && workspace.resolver.lookUp(use.scope, newName, use.kinds) !== undefined;
    const scope = declarations.find((candidate) => candidate.name === name)?.scope;
    if (!scope) return false;
    return scope.byName.has(newName) || workspace.resolver.lookUp(scope, newName, undefined) !== undefined;
  });
  return isTaken
    ? `\`${newName}\` already means something where \`${target.name.name}\` is used or declared`
    : undefined;
}
