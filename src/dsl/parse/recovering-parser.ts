/**
 * What the parser does after a fault: it drops the clause and goes on with the next one of the block. Clauses begin
 * on lines of their own almost always, so that lines and indentation tell where the next one is. Where braces do not
 * match, the text is read once more with an eye on the indentation; for texts without faults it has no meaning.
 */
import type { IToken } from 'chevrotain';
import { nearestName } from '../../core/nearest.js';
import { EOF, isRecognitionException } from '../chevrotain.js';
import type { ClauseSet } from '../syntax/shape.js';
import { beginsWith, laterWords, leadingWords, listWords, wordsIn } from './expectations.js';
import { ExpressionParser } from './expression-parser.js';
import type { SourceToken } from './scan.js';
import { FaultLog, type SyntaxFault } from './syntax-faults.js';
import * as t from './tokens.js';

/** How the clauses of one kind of block are read. */
export interface ClauseSite<Clause> {
  readonly set: ClauseSet;
  /** Chevrotain's repetition, which runs as long as a clause of the set begins. */
  readonly repeat: (loop: Loop) => void;
  readonly clause: () => Clause;
  /** Reads the comma that may stand between two clauses. */
  readonly comma: (() => void) | undefined;
}

/** A repetition that goes on only where the gate says so. */
interface Loop {
  readonly GATE: () => boolean;
  readonly DEF: () => void;
}

/** A block that is being read, or the file. */
interface Place {
  readonly set: ClauseSet;
  /** The brace that opens it; the file has none. */
  readonly open: SourceToken | undefined;
  readonly hasCommas: boolean;
  /** Column at which the line of its first clause begins. */
  indent: number | undefined;
  /** First token of the clause before, whose optional parts could go on. */
  before: SourceToken | undefined;
}

/** Adds recovery to the parser of expressions. */
export abstract class RecoveringParser extends ExpressionParser {
  #log = new FaultLog();
  #trustsIndentation = false;
  /** From the file inwards. */
  #places: Place[] = [];

  /** The faults of the text since `beginFaults`. */
  get faults(): FaultLog['faults'] {
    return this.#log.faults;
  }

  /** Forgets the text before; `trustsIndentation` where the next one is known to have faults. */
  protected beginFaults(trustsIndentation: boolean): void {
    this.#log = new FaultLog();
    this.#places = [];
    this.#trustsIndentation = trustsIndentation;
  }

  /** The clauses up to the end of the block that `open` begins, or of the file; faulty ones are absent. */
  protected readClauses<Clause>(site: ClauseSite<Clause>, open?: IToken): Clause[] {
    const found: Clause[] = [];
    const place: Place = {
      set: site.set,
      // All tokens come from our scanner.
      open: open as SourceToken | undefined,
      hasCommas: site.comma !== undefined,
      indent: undefined,
      before: undefined,
    };
    const readOne = () => {
      const clause = this.#attempt(site.clause, place);
      if (clause !== undefined) found.push(clause);
      site.comma?.();
    };
    const loop = { GATE: () => !this.#trustsIndentation || !this.#isOutside(this.#peek(), place.open), DEF: readOne };
    this.#places.push(place);
    do site.repeat(loop);
    while (!this.RECORDING_PHASE && this.#skipRefused(place));
    this.#places.pop();
    return found;
  }

  /** The brace that opens a block of `set`; where it is missing before a new line, the token before it. */
  protected openBlock(set: ClauseSet, index: number): IToken {
    const token = this.#peek();
    const isEmpty = token.tokenType === t.RightCurly && token.indent === this.#peek(-1).indent;
    const isMissing = !this.RECORDING_PHASE && isLineStart(token) && (isEmpty || beginsWith(set, token));
    if (!isMissing) return this.consume(index, t.LeftCurly);
    this.#log.add({ token, previous: this.LA(0), expected: '`{`', isGap: true });
    return this.LA(0);
  }

  /** The brace that closes the block which `opened` begins; where it is missing, the token before it. */
  protected closeBlock(opened: IToken, index: number): IToken {
    const token = this.LA(1);
    if (this.RECORDING_PHASE || token.tokenType === t.RightCurly) return this.consume(index, t.RightCurly);
    const previous = this.LA(0);
    const isGap = previous.startLine === opened.startLine;
    this.#log.add({ token, previous, expected: '`}`', isGap, brace: 'missing', ...(!isGap && { opened }) });
    return previous;
  }

  #attempt<Clause>(read: () => Clause, place: Place): Clause | undefined {
    const first = this.#peek();
    place.indent ??= first.indent;
    try {
      const clause = read();
      place.before = first;
      return clause;
    } catch (error) {
      if (!(error instanceof Error) || !isRecognitionException(error)) throw error;
      this.#log.add(this.#faultInside(error.message, first, place));
      this.#skipClause(first, place);
      return undefined;
    }
  }

  /** The fault at the next token, in the clause that `first` begins. */
  #faultInside(expected: string, first: SourceToken, place: Place): SyntaxFault {
    const alternatives = [...laterWords(place.set, first.image), ...wordsThatGoOn(place)];
    const earlier = this.#misspeltBefore(expected, alternatives) ?? this.#cutShortBefore(place, first);
    if (earlier) return earlier;
    const [numeral, previous, token] = [this.#peek(-2), this.#peek(-1), this.#peek()];
    // A word behind a number is read as its unit, whatever it was meant to be
    if (previous.tokenType === t.Name && numeral.tokenType === t.Numeral) {
      return { token: previous, previous: numeral, expected, alternatives };
    }
    const isGap = previous.tokenType !== EOF && token.startLine !== previous.startLine;
    return { token, previous, expected, alternatives, isGap };
  }

  /** The fault of a misspelt keyword that was taken for a name, so that the next token did not fit. */
  #misspeltBefore(expected: string, alternatives: readonly string[]): SyntaxFault | undefined {
    const [previous, token] = [this.LA(0), this.LA(1)];
    if (previous.tokenType !== t.Name) return undefined;
    const words = [...wordsIn(expected), ...alternatives];
    const meant = nearestName(token.image, words) === undefined ? nearestName(previous.image, words) : undefined;
    return meant === undefined
      ? undefined
      : { token: previous, previous: this.LA(-1), expected: `\`${meant}\``, alternatives: [meant] };
  }

  /** The fault of a line that ends too early, so that the keyword of the next one was taken for a name. */
  #cutShortBefore({ set }: Place, first: SourceToken | undefined): SyntaxFault | undefined {
    const token = this.#peek(-1);
    const isOwnLine = token !== first && isLineStart(token) && beginsWith(set, token) && token.tokenType !== t.Name;
    return isOwnLine ? { token, previous: this.LA(-1), expected: 'the rest of the clause', isGap: true } : undefined;
  }

  /** Reports and skips what cannot begin a clause; false at the end of the block. */
  #skipRefused(place: Place): boolean {
    const token = this.#peek();
    if (token.tokenType === EOF || this.#endsBlock(token, place)) return false;
    const words = leadingWords(place.set);
    const expected = listWords(place.open ? [...words, '`}`'] : words);
    const alternatives = wordsThatGoOn(place);
    const earlier = this.#misspeltBefore('', alternatives) ?? this.#cutShortBefore(place, place.before);
    const fault: SyntaxFault = earlier ?? { token, previous: this.LA(0), expected, alternatives };
    if (token.tokenType === t.RightCurly) {
      this.#log.add({ ...fault, brace: 'left over' });
      this.#skip();
    } else if (token.tokenType === t.LeftCurly && this.LA(0) === place.open) {
      this.#log.add(fault);
      this.#skip();
    } else {
      this.#log.add(fault);
      place.indent ??= token.indent;
      this.#skipClause(token, place);
    }
    return true;
  }

  #endsBlock(token: SourceToken, { open }: Place): boolean {
    if (!open || token.tokenType !== t.RightCurly) return this.#isOutside(token, open);
    return !this.#trustsIndentation || !this.#isExcess(token, open);
  }

  /** Whether a closing brace seems to be one too many: the next line is still indented like the block. */
  #isExcess(brace: SourceToken, open: SourceToken): boolean {
    const next = this.#peek(1);
    return brace.startLine !== open.startLine && isLineStart(next) && next.indent > open.indent;
  }

  /** Whether `token` seems to begin a clause of a block around the one that `open` begins. */
  #isOutside(token: SourceToken, open: SourceToken | undefined): boolean {
    if (!open || !isLineStart(token) || token.indent > open.indent) return false;
    return this.#places.some(({ set }, depth) => depth < this.#places.length - 1 && beginsWith(set, token));
  }

  /** Moves to where the next clause seems to begin, or to the end of the block. */
  #skipClause(first: SourceToken, place: Place): void {
    let [braces, brackets] = [0, 0];
    for (let token = this.#peek(); token.tokenType !== EOF; token = this.#peek()) {
      const isBehind = token !== first && !this.#log.isFull;
      if (isBehind && this.#endsClause(token, { braces, brackets }, place)) break;
      const { tokenType } = token;
      if (tokenType === t.LeftCurly) braces++;
      else if (tokenType === t.RightCurly) braces = Math.max(0, braces - 1);
      else if (tokenType === t.LeftParen || tokenType === t.LeftSquare) brackets++;
      else if (tokenType === t.RightParen || tokenType === t.RightSquare) brackets = Math.max(0, brackets - 1);
      this.#skip();
    }
    this.#log.resumeAt(this.#peek());
  }

  #endsClause(token: SourceToken, { braces, brackets }: Depth, place: Place): boolean {
    if (token.tokenType === t.RightCurly) return this.#endsAtBrace(token, braces, place);
    if (token.tokenType === t.Comma) return place.hasCommas && braces === 0 && brackets === 0;
    const { set, open, indent = Infinity } = place;
    if (!isLineStart(token) || token.indent > indent) return false;
    const isNewClause = braces === 0 && token.indent === indent && isWord(token);
    return isNewClause || beginsWith(set, token) || this.#isOutside(token, open);
  }

  #endsAtBrace(brace: SourceToken, braces: number, { open, indent = 0 }: Place): boolean {
    if (!open) return false;
    const isOuter = isLineStart(brace) && brace.indent < indent;
    return isOuter || (braces === 0 && !this.#isExcess(brace, open));
  }

  /** The next token, or the one `ahead` behind it; where there is none, one of type `EOF` that has no place. */
  #peek(ahead = 0): SourceToken {
    // All tokens come from our scanner.
    return this.LA(ahead + 1) as SourceToken;
  }

  #skip(): void {
    this.consume(0, this.LA(1).tokenType);
  }
}

/** The keywords with which the clause before could have gone on. */
function wordsThatGoOn({ set, before }: Place): readonly string[] {
  return before ? laterWords(set, before.image) : [];
}

/** Brackets that are open. */
interface Depth {
  readonly braces: number;
  readonly brackets: number;
}

function isLineStart(token: SourceToken): boolean {
  return token.startColumn === token.indent;
}

function isWord({ image }: IToken): boolean {
  return /^[A-Za-z_]/.test(image);
}
