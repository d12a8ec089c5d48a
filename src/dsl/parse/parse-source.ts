/** Text to syntax tree, with every fault of the text reported and the limits that keep the parser safe. */
import type { IRecognitionException, IToken } from 'chevrotain';
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { nearestName } from '../../core/nearest.js';
import type { Span } from '../../core/span.js';
import { EOF } from '../chevrotain.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { SourceFile } from '../syntax/file.js';
import type { ExpressionNode } from '../syntax/nodes.js';
import { attachTrivia } from './attach-trivia.js';
import { LEXER, PARSER } from './machines.js';
import { MAX_NESTING } from './nesting.js';
import { spanOfToken } from './places.js';
import { independentErrors } from './syntax-faults.js';
import * as t from './tokens.js';

/** Tokens of one file, at most. */
export const MAX_TOKENS = 1_000_000;

/** Faults of one file that are reported, at most: more of them say that it is no program at all. */
const MAX_REPORTED = 100;

interface Tokens {
  readonly tokens: IToken[];
  readonly comments: readonly IToken[];
}

/** A text after parsing: what could be read of it, and whether that is all of it. */
export interface ParsedSource {
  /** Without the clauses that have faults. */
  readonly tree: SourceFile;
  readonly isWhole: boolean;
}

/** The tree of a whole file, which editors use even where it has faults; these go to `diagnostics`. */
export function parseTolerantly(file: string, text: string, diagnostics: DiagnosticBag): ParsedSource | undefined {
  const lexed = tokenize(file, text, diagnostics);
  if (!lexed) return undefined;
  const { result, isWhole } = runRule(lexed, file, diagnostics, () => PARSER.items());
  if (!result) return undefined;
  attachTrivia(result, lexed.comments, lexed.tokens);
  return { tree: { file, items: result }, isWhole };
}

/** The tree of a whole file; undefined after reporting to `diagnostics`. */
export function parseSource(file: string, text: string, diagnostics: DiagnosticBag): SourceFile | undefined {
  const parsed = parseTolerantly(file, text, diagnostics);
  return parsed?.isWhole === true ? parsed.tree : undefined;
}

/** The tree of a lone expression, for example of a value on the command line. */
export function parseExpression(file: string, text: string, diagnostics: DiagnosticBag): ExpressionNode | undefined {
  const lexed = tokenize(file, text, diagnostics);
  if (!lexed) return undefined;
  const { result, isWhole } = runRule(lexed, file, diagnostics, () => PARSER.expression());
  return isWhole ? result : undefined;
}

function tokenize(file: string, text: string, diagnostics: DiagnosticBag): Tokens | undefined {
  const { tokens, groups } = LEXER.tokenize(text);
  t.recognizeKeywords(tokens);
  const { comments = [], strays = [] } = groups;
  for (const stray of strays.slice(0, MAX_REPORTED)) reportStray(file, stray, diagnostics);
  if (strays.length > 0) return undefined;
  if (tokens.length > MAX_TOKENS) {
    const span = spanOfToken(file, tokens[MAX_TOKENS]);
    diagnostics.report(DSL_CATALOGUE, 'too-large', { what: 'this file', limit: 'a million tokens' }, { span });
    return undefined;
  }
  const deepest = findTooDeep(tokens);
  if (deepest) {
    diagnostics.report(DSL_CATALOGUE, 'too-deep', { limit: MAX_NESTING }, { span: spanOfToken(file, deepest) });
    return undefined;
  }
  return { tokens, comments };
}

/** Points at the first character of `stray`. */
function reportStray(file: string, stray: IToken, diagnostics: DiagnosticBag): void {
  const character = String.fromCodePoint(stray.image.codePointAt(0) ?? 0);
  const span = spanOfToken(file, { ...stray, image: character });
  if (character === '"') diagnostics.report(DSL_CATALOGUE, 'unterminated-text', {}, { span });
  else diagnostics.report(DSL_CATALOGUE, 'unexpected-character', { character: nameCharacter(character) }, { span });
}

function nameCharacter(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `\`${character}\` (${code})` : code;
}

/** The token that opens the first level too many. Chevrotain 11 overflows the stack between 500 and 1,000 levels. */
function findTooDeep(tokens: readonly IToken[]): IToken | undefined {
  let brackets = 0;
  let conditions = 0;
  for (const token of tokens) {
    if (token.tokenType === t.LeftParen || token.tokenType === t.LeftCurly || token.tokenType === t.LeftSquare)
      brackets++;
    else if (token.tokenType === t.RightParen || token.tokenType === t.RightCurly || token.tokenType === t.RightSquare)
      brackets = Math.max(0, brackets - 1);
    else if (token.tokenType === t.Question) conditions++;
    else if (token.tokenType === t.Colon) conditions = Math.max(0, conditions - 1);
    if (brackets + conditions > MAX_NESTING) return token;
  }
  return undefined;
}

function runRule<Result>(
  { tokens }: Tokens,
  file: string,
  diagnostics: DiagnosticBag,
  rule: () => Result,
): { readonly result: Result; readonly isWhole: boolean } {
  const nesting = PARSER.begin(file);
  PARSER.input = tokens;
  const result = rule();
  const errors = [...PARSER.errors];
  // The parser must not keep the tokens of a large file alive.
  PARSER.input = [];
  const end = endOf(file, tokens.at(-1));
  for (const error of independentErrors(errors, tokens).slice(0, MAX_REPORTED)) {
    reportSyntaxError(error, end, diagnostics);
  }
  if (nesting.tooDeep) {
    diagnostics.report(DSL_CATALOGUE, 'too-deep', { limit: MAX_NESTING }, { span: nesting.tooDeep });
  }
  return { result, isWhole: errors.length === 0 && !nesting.tooDeep };
}

function reportSyntaxError(error: IRecognitionException, end: Span, diagnostics: DiagnosticBag): void {
  const isAtEnd = error.token.tokenType === EOF;
  const expected = error.message;
  const found = isAtEnd ? 'the end' : `\`${error.token.image}\``;
  const nearest = isAtEnd ? undefined : nearestName(error.token.image, wordsIn(expected));
  const span = isAtEnd ? end : spanOfToken(end.file, error.token);
  diagnostics.report(DSL_CATALOGUE, 'syntax', { expected, found, nearest }, { span });
}

/** Keywords among what was expected; symbols and single letters are not misspelt. */
function wordsIn(expected: string): string[] {
  return [...expected.matchAll(/`([a-z]{2,})`/g)].map(([, word]) => word ?? '');
}

/** An empty place behind the last token, where something is missing. */
function endOf(file: string, token: IToken | undefined): Span {
  const { end } = spanOfToken(file, token);
  return { file, start: end, end };
}
