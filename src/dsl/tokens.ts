/**
 * Tokens of the language. Keywords are contextual: each is also an `Identifier`, so `step`, `window`
 * or `x` remain usable as names. A number and its unit are one token, which keeps `10 mC/S` (a unit)
 * apart from `charge / S` (a division).
 */
import { createToken, Lexer, type TokenType } from 'chevrotain';
import { UNIT_SYMBOLS } from '../units/unit.js';

/** Any name: plain names and all keywords. */
export const Identifier = createToken({ name: 'Identifier', pattern: Lexer.NA, label: 'a name' });

/** A name that is no keyword. */
export const Name = createToken({
  name: 'Name',
  pattern: /[A-Za-z_][A-Za-z0-9_]*/,
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

export const ArithmeticOperator = createToken({ name: 'ArithmeticOperator', pattern: Lexer.NA, label: 'an operator' });
export const MultiplicativeOperator = createToken({ name: 'MultiplicativeOperator', pattern: Lexer.NA, label: '`*`' });
export const ComparisonOperator = createToken({ name: 'ComparisonOperator', pattern: Lexer.NA, label: 'a comparison' });

function symbol(name: string, text: string, ...categories: TokenType[]): TokenType {
  const pattern = new RegExp(text.replace(/[.*+?^$(){}|/]/g, '\\$&'));
  return createToken({ name, pattern, label: `\`${text}\``, categories });
}

export const Plus = symbol('Plus', '+', ArithmeticOperator);
export const Minus = symbol('Minus', '-', ArithmeticOperator);
export const Star = symbol('Star', '*', ArithmeticOperator, MultiplicativeOperator);
export const Slash = symbol('Slash', '/', ArithmeticOperator, MultiplicativeOperator);
export const Caret = symbol('Caret', '^', ArithmeticOperator);
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
export const Percent = symbol('Percent', '%');
export const LeftParen = symbol('LeftParen', '(');
export const RightParen = symbol('RightParen', ')');
export const LeftCurly = symbol('LeftCurly', '{');
export const RightCurly = symbol('RightCurly', '}');

const keywords: TokenType[] = [];

function keyword(word: string): TokenType {
  const name = `${word.charAt(0).toUpperCase()}${word.slice(1)}Keyword`;
  const pattern = new RegExp(`${word}\\b`);
  const token = createToken({ name, pattern, label: `\`${word}\``, categories: [Identifier], line_breaks: false });
  keywords.push(token);
  return token;
}

export const ImportKeyword = keyword('import');
export const FromKeyword = keyword('from');
export const ParamKeyword = keyword('param');
export const DeviceKeyword = keyword('device');
export const ChipKeyword = keyword('chip');
export const ProgramKeyword = keyword('program');
export const ExperimentKeyword = keyword('experiment');
export const SourceKeyword = keyword('source');
export const ConfidenceKeyword = keyword('confidence');

export const PulseKeyword = keyword('pulse');
export const ForKeyword = keyword('for');
export const ReadKeyword = keyword('read');
export const WindowKeyword = keyword('window');
export const StepKeyword = keyword('step');
export const DefaultKeyword = keyword('default');
export const SpreadKeyword = keyword('spread');
export const NormalKeyword = keyword('normal');
export const PerKeyword = keyword('per');
export const LetKeyword = keyword('let');
export const StateKeyword = keyword('state');
export const InKeyword = keyword('in');
export const EvolveKeyword = keyword('evolve');
export const CurrentKeyword = keyword('current');
export const EnergyKeyword = keyword('energy');
export const MaximumKeyword = keyword('maximum');

export const ClockKeyword = keyword('clock');
export const BusKeyword = keyword('bus');
export const TileKeyword = keyword('tile');
export const XKeyword = keyword('x');
export const BiasKeyword = keyword('bias');
export const RailsKeyword = keyword('rails');
export const ByKeyword = keyword('by');
export const BitKeyword = keyword('bit');
export const TimerKeyword = keyword('timer');
export const SettleKeyword = keyword('settle');
export const AdcKeyword = keyword('adc');
export const SharedKeyword = keyword('shared');
export const LinesKeyword = keyword('lines');

export const AtKeyword = keyword('at');
export const WriteKeyword = keyword('write');
export const AfterKeyword = keyword('after');
export const EachKeyword = keyword('each');
export const DisturbKeyword = keyword('disturb');
export const MostKeyword = keyword('most');

export const RunKeyword = keyword('run');
export const OnKeyword = keyword('on');
export const SeedsKeyword = keyword('seeds');
export const WithoutKeyword = keyword('without');
export const CalibrateKeyword = keyword('calibrate');
export const WithKeyword = keyword('with');
export const PulsesKeyword = keyword('pulses');
export const ExpectKeyword = keyword('expect');

/** All tokens in the order in which the lexer tries them: longer operators and quantities first, names and strays last. */
export const TOKENS: readonly TokenType[] = [
  Blank,
  Comment,
  Text,
  UnitWord,
  Quantity,
  Numeral,
  ...keywords,
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
  LeftCurly,
  RightCurly,
  Stray,
  Identifier,
  ArithmeticOperator,
  MultiplicativeOperator,
  ComparisonOperator,
];
