/**
 * Tokens of the language. Keywords come from the shapes of the constructs and are contextual: each is also an
 * `Identifier`, so `step`, `window` or `x` remain usable as names; only the few words of `RESERVED` are not.
 */
import type { TokenType } from 'chevrotain';
import { createToken } from '../chevrotain.js';
import type { PunctuationMark } from '../syntax/shape.js';
import { KEYWORDS } from '../syntax/walk.js';

/** Any name: plain names and all keywords. */
export const Identifier = createToken({ name: 'Identifier', label: 'a name' });

/** A name that is no keyword. */
export const Name = createToken({ name: 'Name', label: 'a name', categories: [Identifier] });

/** A number with a unit: `10 us`, `5%`, `10 mC/S`. */
export const Quantity = createToken({ name: 'Quantity', label: 'a quantity' });
export const Numeral = createToken({ name: 'Numeral', label: 'a number' });

/** A word with a micro or ohm sign, where a unit stands alone. */
export const UnitWord = createToken({ name: 'UnitWord', label: 'a unit' });
export const Text = createToken({ name: 'Text', label: 'a text' });
export const Comment = createToken({ name: 'Comment' });
/** What begins like no other token. */
export const Stray = createToken({ name: 'Stray' });

/** Operators between two operands; how tightly each binds is the parser's business. */
export const BinaryOperatorToken = createToken({ name: 'BinaryOperator', label: 'an operator' });
/** Signs before an operand. */
export const PrefixOperator = createToken({ name: 'PrefixOperator', label: 'a sign' });
export const MultiplicativeOperator = createToken({ name: 'MultiplicativeOperator', label: '`*`' });
export const ComparisonOperator = createToken({
  name: 'ComparisonOperator',
  label: 'a comparison',
  categories: [BinaryOperatorToken],
});

const symbols: { readonly text: string; readonly type: TokenType }[] = [];

function symbol(name: string, text: string, ...categories: TokenType[]): TokenType {
  const type = createToken({ name, label: `\`${text}\``, categories });
  symbols.push({ text, type });
  return type;
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

/** The tokens of the words that are keywords. */
export const keywordTypes: ReadonlyMap<string, TokenType> = new Map(
  [...new Set([...KEYWORDS, ...RESERVED])].map((word) => [word, createKeyword(word)]),
);

function createKeyword(word: string): TokenType {
  const categories = RESERVED.includes(word) || word.includes('-') ? [] : [Identifier];
  if (word === 'and' || word === 'or') categories.push(BinaryOperatorToken);
  if (word === 'not') categories.push(PrefixOperator);
  return createToken({ name: `keyword ${word}`, label: `\`${word}\``, categories });
}

/** The token of a keyword. */
export function keyword(word: string): TokenType {
  const token = keywordTypes.get(word);
  if (!token) throw new TypeError(`${word} is no keyword`);
  return token;
}

/** Keywords with hyphens, longest first. */
const HYPHENATED = [...keywordTypes.keys()]
  .filter((word) => word.includes('-'))
  .sort((left, right) => right.length - left.length);

/** Keywords with hyphens by the word before their first hyphen, longest first. */
export const hyphenatedByStart: ReadonlyMap<string, readonly string[]> = new Map(
  HYPHENATED.map((word) => word.slice(0, word.indexOf('-'))).map((start) => [
    start,
    HYPHENATED.filter((word) => word.startsWith(`${start}-`)),
  ]),
);

/** A symbol with the code of its second character, where it has one. */
export interface SymbolSpelling {
  readonly text: string;
  readonly second: number | undefined;
  readonly type: TokenType;
}

/** Symbols by the code of their first character, those of two characters first. */
export const SYMBOLS: readonly (readonly SymbolSpelling[] | undefined)[] = spellSymbols();

function spellSymbols(): SymbolSpelling[][] {
  const table: SymbolSpelling[][] = [];
  for (const { text, type } of symbols.toSorted((left, right) => right.text.length - left.text.length)) {
    const second = text.length > 1 ? text.charCodeAt(1) : undefined;
    (table[text.charCodeAt(0)] ??= []).push({ text, second, type });
  }
  return table;
}

/** All tokens that the parser may meet, and the categories of operators. */
export const TOKENS: readonly TokenType[] = [
  Identifier,
  Name,
  Quantity,
  Numeral,
  UnitWord,
  Text,
  BinaryOperatorToken,
  PrefixOperator,
  MultiplicativeOperator,
  ComparisonOperator,
  ...symbols.map(({ type }) => type),
  ...keywordTypes.values(),
];
