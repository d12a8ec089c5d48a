/** What the grammar expected where it failed, in words: the messages behind `dsl/syntax`. */
import type { IParserErrorMessageProvider, IToken, TokenType } from 'chevrotain';
import { EOF, tokenMatcher } from '../chevrotain.js';
import type { ClauseSet, ElementSpec, ShapeSpec } from '../syntax/shape.js';
import { beginningOf, INVENTORY, type Beginning } from '../syntax/walk.js';
import { Identifier } from './tokens.js';

/** Name of a shape's grammar rule. Several shapes may be of one kind, in different clause sets. */
export function ruleName(shape: ShapeSpec): string {
  return `${shape.kind} #${String(INVENTORY.shapes.indexOf(shape))}`;
}

interface Beginnings {
  readonly words: ReadonlySet<string>;
  /** Whether a clause may begin with any name. */
  readonly hasNames: boolean;
}

const beginningsBySet: ReadonlyMap<ClauseSet, Beginnings> = new Map(
  INVENTORY.clauseSets.map((set) => [set, beginningsOf(set)]),
);

function beginningsOf({ shapes }: ClauseSet): Beginnings {
  const beginnings = shapes.map(beginningOf);
  return {
    words: new Set(beginnings.flatMap(({ words }) => words)),
    hasNames: beginnings.some(({ first }) => first?.kind !== 'word'),
  };
}

/** Whether a clause of `set` may begin with `token`. */
export function beginsWith(set: ClauseSet, token: IToken): boolean {
  const beginnings = beginningsBySet.get(set);
  if (!beginnings || token.tokenType === EOF) return false;
  return beginnings.words.has(token.image) || (beginnings.hasNames && tokenMatcher(token, Identifier));
}

/** How the clauses of a set begin: keywords in backquotes, or `a name`. */
export function leadingWords(set: ClauseSet): string[] {
  const { words = [], hasNames = false } = beginningsBySet.get(set) ?? {};
  return [...[...words].map((word) => `\`${word}\``), ...(hasNames ? ['a name'] : [])];
}

/** The keywords inside the clauses of `set` that begin with the word `first`. */
export function laterWords(set: ClauseSet, first: string): string[] {
  const shapes = set.shapes.filter((shape) => mayBeginWith(beginningOf(shape), first));
  return shapes.flatMap(({ elements }) => elements.flatMap(wordsInside));
}

/** Whether a construct of this beginning may begin with the word; one that begins with a name may with any. */
export function mayBeginWith({ words, first }: Beginning, word: string | undefined): boolean {
  return first?.kind !== 'word' || words.some((known) => known === word);
}

function wordsInside(element: ElementSpec): readonly string[] {
  const inside = (shape: ShapeSpec) => shape.elements.flatMap(wordsInside);
  switch (element.kind) {
    case 'word':
    case 'flag':
      return [element.word];
    case 'enumeration':
      return element.words;
    case 'optional':
      return element.elements.flatMap(wordsInside);
    case 'node':
      return inside(element.shape());
    case 'list':
      return element.item.kind === 'node' ? inside(element.item.shape()) : [];
    case 'choice':
      return element.shapes.flatMap(inside);
    case 'mark':
    case 'marks':
    case 'part':
    case 'block':
      return [];
  }
}

/** Chevrotain's hook for messages; it returns only the expectation, the catalogue words the rest. */
export const describeMismatch: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => labelOf(expected),
  buildNotAllInputParsedMessage: () => 'the end',
  buildNoViableAltMessage: ({ expectedPathsPerAlt, customUserDescription }) =>
    customUserDescription ?? listFirst(expectedPathsPerAlt.flat()),
  buildEarlyExitMessage: ({ expectedIterationPaths }) => listFirst(expectedIterationPaths),
};

function listFirst(paths: readonly (readonly TokenType[])[]): string {
  return listWords([...new Set(paths.flatMap(([first]) => (first ? [labelOf(first)] : [])))]);
}

/** `a, b or c`. */
export function listWords(words: readonly string[]): string {
  const last = words.at(-1) ?? 'something else';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

function labelOf(token: TokenType): string {
  if (token === EOF) return 'the end of the file';
  return token === Identifier ? 'a name' : (token.LABEL ?? token.name);
}

/** Keywords among what was expected; symbols and single letters are not misspelt. */
export function wordsIn(expected: string): string[] {
  return [...expected.matchAll(/`([a-z-]{2,})`/g)].map(([, word]) => word ?? '');
}
