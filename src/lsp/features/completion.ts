/** Completion: what the grammar allows at a place, filled with the names, words and units that are known there. */
import {
  CompletionItemKind,
  InsertTextFormat,
  type CompletionItem,
  type CompletionList,
} from 'vscode-languageserver/node';
import { FUNCTIONS } from '../../dsl/check/functions.js';
import { expectedAt, type Expectations, type Expected } from '../../dsl/parse/expected-at.js';
import { builtInNames, chosenWord, knownWords, type BuiltInName } from '../built-in-names.js';
import { LIBRARY_DEVICES, LIBRARY_MODULES, type LibraryDevice } from '../../dsl/standard-library.js';
import { describeShape } from '../../dsl/syntax/describe-shape.js';
import { SYMBOL_KINDS, type SymbolKind } from '../../dsl/syntax/name-role.js';
import { DISTRIBUTIONS } from '../../numerics/distribution.js';
import { UNIT_SYMBOLS } from '../../units/unit-table.js';
import { clausesAt, scopeAt, type FileIndex, type Scope, type SymbolDeclaration } from '../names/symbols.js';
import type { Workspace } from '../workspace.js';
import { builtInParameters } from './signature-help.js';
import { DEPICTIONS } from './symbol-kinds.js';

/** Items of one answer, at most. */
const MAX_ITEMS = 500;

/** What may be written at `offset`. */
export function complete(index: FileIndex, offset: number, workspace: Workspace): CompletionList {
  const expectations = expectedAt(index.text, offset);
  const items = new Map<string, CompletionItem>();
  if (expectations) {
    const [item] = clausesAt(index.root, offset);
    const scope = scopeAt(index.root, offset);
    const place: CompletionPlace = { scope, itemKind: item?.shape.kind, expectations, workspace };
    for (const expected of expectations.expected) {
      for (const item of itemsFor(expected, place)) if (!items.has(item.label)) items.set(item.label, item);
    }
  }
  return { isIncomplete: items.size > MAX_ITEMS, items: [...items.values()].slice(0, MAX_ITEMS) };
}

interface CompletionPlace {
  readonly scope: Scope;
  /** Of the item around. */
  readonly itemKind: string | undefined;
  readonly expectations: Expectations;
  readonly workspace: Workspace;
}

function itemsFor(expected: Expected, place: CompletionPlace): CompletionItem[] {
  const { qualifiers } = place.expectations;
  switch (expected.kind) {
    case 'word':
      return [wordItem(expected)];
    case 'name':
      return qualifiers.length > 0 ? memberItems(place) : nameItems(expected, place);
    case 'operand':
      if (qualifiers.length > 0) return memberItems(place);
      return [
        ...visible(place, undefined).map(symbolItem),
        ...builtInNames(place.itemKind).map(builtInItem),
        ...[...FUNCTIONS.keys()].map(functionItem),
      ];
    case 'callee':
      return Object.keys(DISTRIBUTIONS).map((label) => ({
        label,
        kind: CompletionItemKind.Function,
        detail: 'distribution',
      }));
    case 'unit':
      return UNIT_SYMBOLS.map((label) => ({ label, kind: CompletionItemKind.Unit, sortText: unitOrder(label) }));
    case 'text':
      return textItems(place);
  }
}

function wordItem({ word, shape, opens }: Expected & { readonly kind: 'word' }): CompletionItem {
  const documentation = shape && {
    kind: 'markdown' as const,
    value: `${shape.summary}\n\n\`${describeShape(shape)}\``,
  };
  return {
    label: word,
    kind: CompletionItemKind.Keyword,
    // What goes on with a clause stands before what begins the next one
    sortText: `${opens ? '2' : '1'}${word}`,
    ...(shape && { detail: shape.summary }),
    ...(documentation && { documentation }),
  };
}

function nameItems(
  { role, shape, field }: Expected & { readonly kind: 'name' },
  place: CompletionPlace,
): CompletionItem[] {
  switch (role?.role) {
    case 'refers':
      if (role.from === 'reach') return settingsFor(role.to, place);
      return visible(place, role.to).map(symbolItem).concat(libraryItems(role.to));
    case 'chooses':
      return role.among.map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
    case 'imports':
      return Array.from(LIBRARY_DEVICES, libraryItem);
    case 'declares':
      return [];
    case undefined:
      return [...knownWords(shape.kind, field)].map(([label, { summary }]) => ({
        label,
        kind: CompletionItemKind.EnumMember,
        detail: summary,
      }));
  }
}

/** Settings of what the clause around the braces refers to: a rule, a module, a kind of neuron, a method. */
function settingsFor(kinds: readonly SymbolKind[], { scope: { owner }, workspace }: CompletionPlace): CompletionItem[] {
  if (!owner) return [];
  const members = workspace.resolver.reachOf(owner).filter(({ kind }) => kind !== 'import' && kinds.includes(kind));
  const { settings = [], choices = [] } = chosenWord(owner.shape.kind, owner.node) ?? {};
  return [
    ...members.map(symbolItem),
    ...[...settings, ...choices].map(({ name, summary }) => ({
      label: name,
      kind: CompletionItemKind.Property,
      detail: summary,
    })),
  ];
}

/** Devices that an import away are known everywhere. */
function libraryItems(kinds: readonly SymbolKind[]): CompletionItem[] {
  return kinds.includes('device') ? Array.from(LIBRARY_DEVICES, libraryItem) : [];
}

function libraryItem([label, { module }]: readonly [string, LibraryDevice]): CompletionItem {
  return { label, kind: CompletionItemKind.Class, detail: `device of "${module}"`, sortText: `3${label}` };
}

/** What can be named at the place, the innermost of each name. */
function visible({ scope, workspace }: CompletionPlace, kinds: readonly SymbolKind[] | undefined): SymbolDeclaration[] {
  const found = new Map<string, SymbolDeclaration>();
  for (const declaration of workspace.resolver.visibleFrom(scope)) {
    const target = workspace.resolver.follow(declaration);
    if (!target || target.kind === 'import' || found.has(target.name.name)) continue;
    if (kinds === undefined ? !NEVER_VALUES.includes(target.kind) : kinds.includes(target.kind))
      found.set(target.name.name, target);
  }
  return [...found.values()];
}

/** Kinds whose names mean nothing in expressions, not even before a dot. */
const NEVER_VALUES: readonly SymbolKind[] = ['device', 'chip', 'program', 'experiment', 'module', 'term'];

/** What belongs to the names before the dot. */
function memberItems({ scope, itemKind, expectations, workspace }: CompletionPlace): CompletionItem[] {
  const { resolver } = workspace;
  const [first = '', ...others] = expectations.qualifiers;
  let target = resolver.lookUp(scope, first, undefined);
  for (const name of others) {
    target = target && resolver.membersOf(target).find((member) => member.name.name === name);
  }
  if (target) return resolver.membersOf(target).map(symbolItem);
  const prefix = `${expectations.qualifiers.join('.')}.`;
  return builtInNames(itemKind).flatMap(({ name, meaning }) =>
    name.startsWith(prefix) ? [builtInItem({ name: name.slice(prefix.length), meaning })] : [],
  );
}

function builtInItem({ name, meaning }: BuiltInName): CompletionItem {
  return { label: name, kind: CompletionItemKind.Variable, detail: meaning, sortText: `1${name}` };
}

function symbolItem({ kind, name }: SymbolDeclaration): CompletionItem {
  const isImport = kind === 'import';
  return {
    label: name.name,
    kind: isImport ? CompletionItemKind.Reference : DEPICTIONS[kind].completion,
    detail: isImport ? 'import' : SYMBOL_KINDS[kind],
    sortText: `0${name.name}`,
  };
}

function functionItem(label: string): CompletionItem {
  const parameters = builtInParameters(label) ?? [];
  return {
    label,
    kind: CompletionItemKind.Function,
    detail: `${label}(${parameters.join(', ')})`,
    insertText: `${label}($0)`,
    insertTextFormat: InsertTextFormat.Snippet,
    sortText: `4${label}`,
  };
}

/** Units that are typed often first: short ones. */
function unitOrder(symbol: string): string {
  return `${String(symbol.length)}${symbol}`;
}

function textItems({ expectations: { before } }: CompletionPlace): CompletionItem[] {
  const isImport = before[0] === 'import';
  return isImport ? LIBRARY_MODULES.map((path) => ({ label: `"${path}"`, kind: CompletionItemKind.File })) : [];
}
