/**
 * Tokens of the language. Keywords come from the shapes of the constructs and are contextual: each is also an
 * `Identifier`, so `step`, `window` or `x` remain usable as names; only the few words of `RESERVED` are not.
 * A number and its unit are one token, which keeps `10 mC/S` (a unit) apart from `charge / S` (a division).
 */
import type { IToken, TokenType } from 'chevrotain';
import { UNIT_SYMBOLS } from '../../units/unit.js';
import { createToken, Lexer } from '../chevrotain.js';
import type { PunctuationMark } from '../syntax/shape.js';
import { KEYWORDS } from '../syntax/walk.js';

/** Any name: plain names and all keywords. */
export const Identifier = createToken({ name: 'Identifier', pattern: Lexer.NA, label: 'a name' });

/** A name that is no keyword. */
export const Name = createToken({
  name: 'Name',
  pattern: /[A-Za-z_][A-Za-z0-9_]*/,
  line_breaks: false,
  label: 'a name',
  categories: [Identifier],
});

const DIGITS = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.source;
const UNIT_LETTER = '[A-Za-z0-9_\u00b5\u03bc\u2126\u03a9]';

// `u` and `Ohm` also match their Greek and compatibility spellings; `1` is a unit only in declarations.
const SIMPLE_UNIT = UNIT_SYMBOLS.filter((symbol) => symbol !== '1')
  .map((symbol) => symbol.replace('Ohm', '(?:Ohm|[\u2126\u03a9])').replace(/^u/, '[u\u00b5\u03bc]'))
  .join('|');

/** A number with a unit: `10 us`, `5%`, `10 mC/S`. */
export const Quantity = createToken({
  name: 'Quantity',
  pattern: new RegExp(`${DIGITS}[ \\t]*(?:${SIMPLE_UNIT})(?:[*/](?:${SIMPLE_UNIT}))*(?!${UNIT_LETTER})`),
  start_chars_hint: [...'0123456789'],
  line_breaks: false,
  label: 'a quantity',
});
export const Numeral = createToken({ name: 'Numeral', pattern: new RegExp(DIGITS), label: 'a number' });

/** A word with a micro or ohm sign, where a unit stands alone. */
export const UnitWord = createToken({
  name: 'UnitWord',
  pattern: new RegExp(`[A-Za-z]*[\u00b5\u03bc\u2126\u03a9]${UNIT_LETTER}*`),
  line_breaks: false,
  label: 'a unit',
});

export const Text = createToken({
  name: 'Text',
  pattern: matchText,
  start_chars_hint: ['"'],
  line_breaks: false,
  label: 'a text',
});

/** A text at `offset`, where it is closed on its line. A regular expression would overflow its stack on long ones. */
function matchText(text: string, offset: number): [string] | null {
  if (text[offset] !== '"') return null;
  for (let at = offset + 1; at < text.length; at++) {
    if (text[at] === '"') return [text.slice(offset, at + 1)];
    if (text[at] === '\\') at++;
    if (text[at] === '\r' || text[at] === '\n') return null;
  }
  return null;
}

export const Comment = createToken({ name: 'Comment', pattern: /\/\/[^\r\n]*/, group: 'comments' });
const Blank = createToken({ name: 'Blank', pattern: /[ \t\r\n\f\v]+/, line_breaks: true, group: Lexer.SKIPPED });

/** What begins like no other token, to the end of its line: what follows a stray character is usually its consequence. */
const Stray = createToken({
  name: 'Stray',
  pattern: /[^\r\n]+/,
  // The lexer cannot tell from a negated set that any character may come first, and would try all tokens at each place.
  start_chars_hint: Array.from({ length: 2 ** 16 }, (_, code) => code),
  line_breaks: false,
  group: 'strays',
});

/** Operators between two operands; how tightly each binds is the parser's business. */
export const BinaryOperatorToken = createToken({ name: 'BinaryOperator', pattern: Lexer.NA, label: 'an operator' });
/** Signs before an operand. */
export const PrefixOperator = createToken({ name: 'PrefixOperator', pattern: Lexer.NA, label: 'a sign' });
export const MultiplicativeOperator = createToken({ name: 'MultiplicativeOperator', pattern: Lexer.NA, label: '`*`' });
export const ComparisonOperator = createToken({
  name: 'ComparisonOperator',
  pattern: Lexer.NA,
  label: 'a comparison',
  categories: [BinaryOperatorToken],
});

function symbol(name: string, text: string, ...categories: TokenType[]): TokenType {
  const pattern = new RegExp(text.replace(/[.*+?^$(){}|/[\]]/g, '\\$&'));
  return createToken({ name, pattern, label: `\`${text}\``, categories });
}

const PlusEquals = symbol('PlusEquals', '+=');
const MinusEquals = symbol('MinusEquals', '-=');
const StarEquals = symbol('StarEquals', '*=');
const Arrow = symbol('Arrow', '->');
export const Plus = symbol('Plus', '+', BinaryOperatorToken);
export const Minus = symbol('Minus', '-', BinaryOperatorToken, PrefixOperator);
export const Star = symbol('Star', '*', BinaryOperatorToken, MultiplicativeOperator);
export const Slash = symbol('Slash', '/', BinaryOperatorToken, MultiplicativeOperator);
export const Caret = symbol('Caret', '^', BinaryOperatorToken);
export const Percent = symbol('Percent', '%', BinaryOperatorToken);
export const LessEqual = symbol('LessEqual', '<=', ComparisonOperator);
export const Less = symbol('Less', '<', ComparisonOperator);
export const GreaterEqual = symbol('GreaterEqual', '>=', ComparisonOperator);
export const Greater = symbol('Greater', '>', ComparisonOperator);
export const EqualEqual = symbol('EqualEqual', '==', ComparisonOperator);
export const NotEqual = symbol('NotEqual', '!=', ComparisonOperator);
export const Equals = symbol('Equals', '=');
export const Question = symbol('Question', '?');
export const Colon = symbol('Colon', ':');
export const Comma = symbol('Comma', ',');
export const DotDot = symbol('DotDot', '..');
export const Dot = symbol('Dot', '.');
export const Tilde = symbol('Tilde', '~');
export const LeftParen = symbol('LeftParen', '(');
export const RightParen = symbol('RightParen', ')');
export const LeftSquare = symbol('LeftSquare', '[');
export const RightSquare = symbol('RightSquare', ']');
export const LeftCurly = symbol('LeftCurly', '{');
export const RightCurly = symbol('RightCurly', '}');

/** Tokens of the punctuation in constructs. */
export const PUNCTUATION: Readonly<Record<PunctuationMark, TokenType>> = {
  '=': Equals,
  '+=': PlusEquals,
  '-=': MinusEquals,
  '*=': StarEquals,
  ':': Colon,
  ',': Comma,
  '.': Dot,
  '~': Tilde,
  '->': Arrow,
  '(': LeftParen,
  ')': RightParen,
  '[': LeftSquare,
  ']': RightSquare,
};

/** Words that no name may be, because they begin or join statements and expressions where names stand too. */
export const RESERVED: readonly string[] = ['and', 'else', 'for', 'if', 'let', 'not', 'or'];

const keywordByWord = new Map<string, TokenType>(
  [...new Set([...KEYWORDS, ...RESERVED])].map((word) => [word, createKeyword(word)]),
);

function createKeyword(word: string): TokenType {
  const categories = RESERVED.includes(word) || word.includes('-') ? [] : [Identifier];
  if (word === 'and' || word === 'or') categories.push(BinaryOperatorToken);
  if (word === 'not') categories.push(PrefixOperator);
  // Keywords with hyphens are tokens of their own; the others are names until `recognizeKeywords` looks at them.
  const pattern = word.includes('-') ? new RegExp(`${word}(?![A-Za-z0-9_-])`) : Lexer.NA;
  return createToken({ name: `keyword ${word}`, pattern, label: `\`${word}\``, categories, line_breaks: false });
}

/** The token of a keyword. */
export function keyword(word: string): TokenType {
  const token = keywordByWord.get(word);
  if (!token) throw new TypeError(`${word} is no keyword`);
  return token;
}

/**
 * Makes keywords of the names that are one. A look-up for each name is many times faster than a regular expression
 * for each keyword.
 */
export function recognizeKeywords(tokens: readonly IToken[]): void {
  for (const token of tokens) {
    if (token.tokenType !== Name) continue;
    const found = keywordByWord.get(token.image);
    if (found?.tokenTypeIdx === undefined) continue;
    token.tokenType = found;
    token.tokenTypeIdx = found.tokenTypeIdx;
  }
}

/** All tokens in the order in which the lexer tries them: longer operators and quantities first, names and strays last. */
export const TOKENS: readonly TokenType[] = [
  Blank,
  Comment,
  Text,
  UnitWord,
  Quantity,
  Numeral,
  ...keywordByWord.values(),
  Name,
  LessEqual,
  Less,
  GreaterEqual,
  Greater,
  EqualEqual,
  NotEqual,
  Equals,
  DotDot,
  Dot,
  PlusEquals,
  MinusEquals,
  StarEquals,
  Arrow,
  Plus,
  Minus,
  Star,
  Slash,
  Caret,
  Question,
  Colon,
  Comma,
  Tilde,
  Percent,
  LeftParen,
  RightParen,
  LeftSquare,
  RightSquare,
  LeftCurly,
  RightCurly,
  Stray,
  Identifier,
  BinaryOperatorToken,
  PrefixOperator,
  MultiplicativeOperator,
  ComparisonOperator,
];
