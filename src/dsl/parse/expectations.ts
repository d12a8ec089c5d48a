/** What the grammar expected where it failed, in words: the messages behind `dsl/syntax`. */
import type { IParserErrorMessageProvider, TokenType } from 'chevrotain';
import { EOF } from '../chevrotain.js';
import { ITEMS } from '../syntax/file.js';
import type { ClauseSet, ElementSpec, ShapeSpec } from '../syntax/shape.js';
import { elementsOf, INVENTORY } from '../syntax/walk.js';
import { Identifier, RightCurly } from './tokens.js';

/** Name of a shape's grammar rule. Several shapes may be of one kind, in different clause sets. */
export function ruleName(shape: ShapeSpec): string {
  return `${shape.kind} #${String(INVENTORY.shapes.indexOf(shape))}`;
}

/** The name that the rule of whole files has. */
export const FILE_RULE = 'file';

/** What may stand in the repetition before `}` or the end of the file, by grammar rule. */
const repeated: ReadonlyMap<string, string> = new Map([
  [FILE_RULE, listWords(leadingWords(ITEMS))],
  ...INVENTORY.shapes.flatMap((shape) => {
    const block = elementsOf(shape).find((element) => element.kind === 'block');
    return block ? [[ruleName(shape), listWords([...leadingWords(block.clauses()), '`}`'])] as const] : [];
  }),
]);

/** How the clauses of a set begin: keywords in backquotes, or `a name`. */
export function leadingWords(set: ClauseSet): string[] {
  return [...new Set(set.shapes.flatMap(({ elements: [first] }) => (first ? [beginningOf(first)] : [])))];
}

function beginningOf(element: ElementSpec): string {
  return element.kind === 'word' ? `\`${element.word}\`` : 'a name';
}

/** Chevrotain's hook for messages; it returns only the expectation, the catalogue words the rest. */
export const describeMismatch: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, ruleName }) =>
    (expected === RightCurly || expected === EOF ? repeated.get(ruleName) : undefined) ?? labelOf(expected),
  buildNotAllInputParsedMessage: ({ ruleName }) => repeated.get(ruleName) ?? 'the end',
  buildNoViableAltMessage: ({ expectedPathsPerAlt, customUserDescription }) =>
    customUserDescription ?? listFirst(expectedPathsPerAlt.flat()),
  buildEarlyExitMessage: ({ expectedIterationPaths }) => listFirst(expectedIterationPaths),
};

function listFirst(paths: readonly (readonly TokenType[])[]): string {
  return listWords([...new Set(paths.flatMap(([first]) => (first ? [labelOf(first)] : [])))]);
}

function listWords(words: readonly string[]): string {
  const last = words.at(-1) ?? 'something else';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

function labelOf(token: TokenType): string {
  if (token === EOF) return 'the end of the file';
  return token === Identifier ? 'a name' : (token.LABEL ?? token.name);
}
