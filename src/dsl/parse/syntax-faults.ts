/**
 * The syntax faults of a text, without those that follow from one before. After a fault the parser goes on at the next
 * clause, and what it misses there may be a consequence of the first mistake, not a second one.
 */
import type { IToken } from 'chevrotain';

/** Faults of one file that are told, and one more. */
const MAX_FAULTS = 101;

/** Faults and consequences after which the parser gives up: recovery takes time, and the text is no program. */
const MAX_FOUND = 1000;

/** A place where the text does not follow the grammar. */
export interface SyntaxFault {
  /** What stands there; of the token type `EOF` at the end of the text. */
  readonly token: IToken;
  /** What stands before it; of the token type `EOF` at the start of the text. */
  readonly previous: IToken;
  /** What could stand there, in words. */
  readonly expected: string;
  /** Keywords that could stand there too, but that the message does not list. */
  readonly alternatives?: readonly string[];
  /** Whether something is missing at the end of a line. */
  readonly isGap?: boolean;
  /** A closing brace that is missing, or one too many. */
  readonly brace?: 'missing' | 'left over';
  /** The brace that is not closed. */
  readonly opened?: IToken;
}

/** Collects faults in the order of the text. */
export class FaultLog {
  readonly #faults: SyntaxFault[] = [];
  #found = 0;
  /** Where the last fault or consequence is. */
  #last: IToken | undefined;
  /** Where the parser went on behind it. */
  #resumed: IToken | undefined;

  get faults(): readonly SyntaxFault[] {
    return this.#faults;
  }

  /** Whether nobody is interested in more. */
  get isFull(): boolean {
    return this.#faults.length >= MAX_FAULTS || this.#found >= MAX_FOUND;
  }

  /** Adds a fault, unless it follows from the one before. */
  add(fault: SyntaxFault): void {
    if (!this.isFull && !this.#isConsequence(fault)) this.#faults.push(fault);
    this.#found++;
    this.#last = fault.token;
  }

  /** Notes where the parser goes on after a fault. */
  resumeAt(token: IToken): void {
    this.#resumed = token;
  }

  #isConsequence({ token, brace }: SyntaxFault): boolean {
    if (!this.#last) return false;
    if (token === this.#last || token.startLine === this.#last.startLine) return true;
    // The brace that belongs to it was perhaps part of a faulty clause
    return brace === 'left over' || (brace === 'missing' && token === this.#resumed);
  }
}
