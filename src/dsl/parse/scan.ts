/**
 * Text to tokens in one pass, by hand: unlike a lexer that is built from regular expressions it costs nothing at start,
 * and it stops reading where the limits of the language are exceeded.
 */
import type { IToken, TokenType } from 'chevrotain';
import { UNIT_SYMBOLS } from '../../units/unit-table.js';
import { canonicalUnitText } from '../../units/unit.js';
import * as t from './tokens.js';

/** Tokens of one file, at most. */
export const MAX_TOKENS = 250_000;

/** Stray characters after which nobody reads on: the text is no program at all. */
const MAX_STRAYS = 101;

/** A token as this scanner makes it; all positions count as those of spans do. */
export interface SourceToken extends IToken {
  readonly startLine: number;
  readonly startColumn: number;
  /** Column of the first token on its line. */
  readonly indent: number;
}

/** What a text consists of, in the order of the text. */
export interface ScannedText {
  readonly tokens: SourceToken[];
  readonly comments: readonly SourceToken[];
  /** What begins like no token, to the end of its line: what follows there is usually its consequence. */
  readonly strays: readonly SourceToken[];
  /** The first token too many, behind which nothing was read. */
  readonly tooMany?: SourceToken;
}

/** The tokens of `text`; comments and strays apart. */
export function scan(text: string): ScannedText {
  return new Scanner(text).scan();
}

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 0x22;
const HYPHEN = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const UNDERSCORE = 0x5f;

class Scanner {
  readonly #text: string;
  readonly #tokens: SourceToken[] = [];
  readonly #comments: SourceToken[] = [];
  readonly #strays: SourceToken[] = [];
  #at = 0;
  #line = 1;
  /** Offset at which the line begins. */
  #lineStart = 0;
  /** Column of the first token on the line, 0 before it. */
  #indent = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): ScannedText {
    const tokens = this.#tokens;
    while (this.#skipBlanks() && this.#strays.length < MAX_STRAYS) {
      this.#next(this.#text.charCodeAt(this.#at));
      const tooMany = tokens[MAX_TOKENS];
      if (tooMany) return { tokens, comments: this.#comments, strays: this.#strays, tooMany };
    }
    return { tokens, comments: this.#comments, strays: this.#strays };
  }

  /** Moves to the next character that is not blank; false at the end. */
  #skipBlanks(): boolean {
    const text = this.#text;
    for (; this.#at < text.length; this.#at++) {
      const code = text.charCodeAt(this.#at);
      if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(this.#at + 1) !== LINE_FEED)) {
        this.#line++;
        this.#lineStart = this.#at + 1;
        this.#indent = 0;
      } else if (code !== 0x20 && (code < TAB || code > CARRIAGE_RETURN)) return true;
    }
    return false;
  }

  #next(code: number): void {
    if (isLetter(code)) this.#word();
    else if (isDigit(code)) this.#number();
    else if (code === SLASH && this.#text.charCodeAt(this.#at + 1) === SLASH)
      this.#toEndOfLine(t.Comment, this.#comments);
    else if (code === QUOTE) this.#quoted();
    else if (isUnitSign(code)) this.#push(t.UnitWord, unitLettersEnd(this.#text, this.#at));
    else this.#symbol(code);
  }

  #word(): void {
    const text = this.#text;
    let end = this.#at;
    while (isLetter(text.charCodeAt(end)) && text.charCodeAt(end) !== UNDERSCORE) end++;
    if (isUnitSign(text.charCodeAt(end))) {
      this.#push(t.UnitWord, unitLettersEnd(text, end));
      return;
    }
    while (isLetter(text.charCodeAt(end)) || isDigit(text.charCodeAt(end))) end++;
    const image = text.slice(this.#at, end);
    const hyphenated = text.charCodeAt(end) === HYPHEN ? this.#hyphenated(image) : undefined;
    if (hyphenated === undefined) this.#pushImage(t.keywordTypes.get(image) ?? t.Name, image);
    else this.#pushImage(t.keyword(hyphenated), hyphenated);
  }

  /** The keyword with hyphens that begins with the word `first` here. */
  #hyphenated(first: string): string | undefined {
    return t.hyphenatedByStart.get(first)?.find((word) => {
      const behind = this.#text.charCodeAt(this.#at + word.length);
      const isWhole = !isLetter(behind) && !isDigit(behind) && behind !== HYPHEN;
      return isWhole && this.#text.startsWith(word, this.#at);
    });
  }

  /** A number and its unit are one token, which keeps `10 mC/S` (a unit) apart from `charge / S` (a division). */
  #number(): void {
    const text = this.#text;
    const digitsEnd = numeralEnd(text, this.#at);
    let at = digitsEnd;
    while (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === TAB) at++;
    const end = unitEnd(text, at);
    this.#push(end === at ? t.Numeral : t.Quantity, end === at ? digitsEnd : end);
  }

  /** A text that is closed on its line. */
  #quoted(): void {
    const text = this.#text;
    for (let at = this.#at + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.#push(t.Text, at + 1);
        return;
      }
      if (code === BACKSLASH) at++;
      const last = code === BACKSLASH ? text.charCodeAt(at) : code;
      if (last === LINE_FEED || last === CARRIAGE_RETURN) break;
    }
    this.#toEndOfLine(t.Stray, this.#strays);
  }

  #symbol(code: number): void {
    const next = this.#text.charCodeAt(this.#at + 1);
    const symbol = t.SYMBOLS[code]?.find(({ second }) => second === undefined || second === next);
    if (symbol) this.#pushImage(symbol.type, symbol.text);
    else this.#toEndOfLine(t.Stray, this.#strays);
  }

  #toEndOfLine(type: TokenType, list: SourceToken[]): void {
    const text = this.#text;
    let end = this.#at;
    while (end < text.length && text.charCodeAt(end) !== LINE_FEED && text.charCodeAt(end) !== CARRIAGE_RETURN) end++;
    list.push(this.#token(type, text.slice(this.#at, end)));
    this.#at = end;
  }

  #push(type: TokenType, end: number): void {
    this.#pushImage(type, this.#text.slice(this.#at, end));
  }

  #pushImage(type: TokenType, image: string): void {
    const token = this.#token(type, image);
    this.#tokens.push(token);
    this.#at += image.length;
    if (this.#indent === 0) this.#indent = token.startColumn;
  }

  #token(tokenType: TokenType, image: string): SourceToken {
    const startColumn = this.#at - this.#lineStart + 1;
    return {
      image,
      startOffset: this.#at,
      startLine: this.#line,
      startColumn,
      indent: this.#indent === 0 ? startColumn : this.#indent,
      tokenType,
      // Types get their numbers when they are created.
      tokenTypeIdx: tokenType.tokenTypeIdx ?? 0,
    };
  }
}

/** Of names: ASCII letters and `_`. */
function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === UNDERSCORE;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** The degree sign, and the micro and ohm signs, each of which Unicode has twice. */
function isUnitSign(code: number): boolean {
  return code === 0xb0 || code === 0xb5 || code === 0x3bc || code === 0x2126 || code === 0x3a9;
}

function unitLettersEnd(text: string, at: number): number {
  let end = at;
  for (let code = text.charCodeAt(end); isLetter(code) || isDigit(code) || isUnitSign(code);) {
    code = text.charCodeAt(++end);
  }
  return end;
}

/** End of the number at `at`: `12`, `1.5`, `1e-3`; a dot or an `e` without digits behind it is not part of the number. */
export function numeralEnd(text: string, at: number): number {
  let end = digitsEnd(text, at);
  if (text.charCodeAt(end) === DOT && isDigit(text.charCodeAt(end + 1))) end = digitsEnd(text, end + 1);
  const letter = text[end];
  if (letter !== 'e' && letter !== 'E') return end;
  const sign = text[end + 1];
  const exponent = end + (sign === '+' || sign === '-' ? 2 : 1);
  return isDigit(text.charCodeAt(exponent)) ? digitsEnd(text, exponent) : end;
}

function digitsEnd(text: string, at: number): number {
  let end = at;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
}

/** `1` is a unit only in declarations. */
const UNITS: ReadonlySet<string> = new Set(UNIT_SYMBOLS.filter((symbol) => symbol !== '1'));
const LONGEST_UNIT = Math.max(...[...UNITS].map((symbol) => symbol.length));

/** End of the unit at `at`, products, quotients and powers of known symbols; `at` itself where there is none. */
function unitEnd(text: string, at: number): number {
  let end = at;
  for (let start = at; ; start = end + 1) {
    const symbolEnd = unitSymbolEnd(text, start);
    if (symbolEnd === start) return end;
    end = powerEnd(text, symbolEnd);
    const joint = text[end];
    if (joint !== '*' && joint !== '/') return end;
  }
}

function unitSymbolEnd(text: string, at: number): number {
  if (text[at] === '%') return unitLettersEnd(text, at + 1) === at + 1 ? at + 1 : at;
  const end = unitLettersEnd(text, at);
  const isShort = end - at <= LONGEST_UNIT;
  return isShort && UNITS.has(canonicalUnitText(text.slice(at, end))) ? end : at;
}

/** End of the whole power behind a unit symbol, `^2` or `^-1`; `at` itself where there is none. */
function powerEnd(text: string, at: number): number {
  if (text[at] !== '^') return at;
  const start = text[at + 1] === '-' ? at + 2 : at + 1;
  const end = digitsEnd(text, start);
  return end > start && !isLetter(text.charCodeAt(end)) && text.charCodeAt(end) !== DOT ? end : at;
}
