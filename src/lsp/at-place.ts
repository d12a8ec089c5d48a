/** What stands at a place of an open file: a name that is declared or used, and the clause around it. */
import type { ElementSpec } from '../dsl/syntax/shape.js';
import { elementsOf } from '../dsl/syntax/walk.js';
import type { Resolver } from './names/resolver.js';
import {
  clausesAt,
  touches,
  type ClauseEntry,
  type FileIndex,
  type SymbolDeclaration,
  type Use,
} from './names/symbols.js';

/** A name in the text, with what it stands for. */
export interface NameAtPlace {
  readonly name: SymbolDeclaration['name'];
  readonly use: Use | undefined;
  /** Undefined for names that the language gives and for mistakes. */
  readonly declaration: SymbolDeclaration | undefined;
}

/** The name at a place; undefined where none is. */
export function nameAt(index: FileIndex, offset: number, resolver: Resolver): NameAtPlace | undefined {
  const use = index.uses.find(({ name }) => touches(name.span, offset));
  if (use) return { name: use.name, use, declaration: resolver.resolve(use) };
  const declared = index.declarations.find(({ name }) => touches(name.span, offset));
  return declared && { name: declared.name, use: undefined, declaration: resolver.follow(declared) };
}

/** A word of the language in the text, and the construct to which it belongs. */
export interface WordAtPlace {
  readonly word: string;
  readonly clause: ClauseEntry;
  readonly start: number;
}

/** The keyword at a place; undefined where none is. */
export function wordAt({ root, text }: FileIndex, offset: number): WordAtPlace | undefined {
  const [before = ''] = /[A-Za-z-]*$/.exec(text.slice(Math.max(0, offset - 64), offset)) ?? [];
  const [after = ''] = /^[A-Za-z-]*/.exec(text.slice(offset, offset + 64)) ?? [];
  const word = before + after;
  const clause = clausesAt(root, offset).findLast(({ shape }) => elementsOf(shape).some((part) => hasWord(part, word)));
  return word === '' || !clause ? undefined : { word, clause, start: offset - before.length };
}

function hasWord(element: ElementSpec, word: string): boolean {
  switch (element.kind) {
    case 'word':
    case 'flag':
      return element.word === word;
    case 'enumeration':
      return element.words.includes(word);
    case 'node':
      return elementsOf(element.shape()).some((part) => hasWord(part, word));
    case 'choice':
      return element.shapes.flatMap(elementsOf).some((part) => hasWord(part, word));
    case 'list':
      return element.item.kind === 'node' && elementsOf(element.item.shape()).some((part) => hasWord(part, word));
    default:
      return false;
  }
}
