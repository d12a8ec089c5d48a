/** Chains of operands and operators as trees, exactly as precedence and associativity say. */
import { invariant } from '../../core/invariant.js';
import { joinSpans, type Span } from '../../core/span.js';
import type { BinaryOperator, CompareOperator, ExpressionNode } from '../syntax/nodes.js';
import type { Nesting } from './nesting.js';

/** A sign before an operand. */
export interface Sign {
  readonly text: '-' | 'not';
  readonly span: Span;
}

/** An operand with its signs and the operator before it; the first of a chain has none. */
export interface Term {
  readonly operator?: ChainOperator;
  readonly signs: readonly Sign[];
  readonly atom: ExpressionNode;
}

export type ChainOperator = BinaryOperator | CompareOperator | 'and' | 'or';

/** How tightly an operator binds; powers group to the right, all others to the left. */
const PRECEDENCE: Readonly<Record<ChainOperator, number>> = {
  or: 1,
  and: 2,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '==': 3,
  '!=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  '^': 6,
};

/** The tree of a chain of at least one term. */
export function foldOperators(terms: readonly Term[], nesting: Nesting): ExpressionNode {
  return new Folding(terms, nesting).fold(1);
}

class Folding {
  readonly #terms: readonly Term[];
  readonly #nesting: Nesting;
  #next = 0;

  constructor(terms: readonly Term[], nesting: Nesting) {
    this.#terms = terms;
    this.#nesting = nesting;
  }

  /** The part of the chain whose operators bind at least as tightly as `lowest`. */
  fold(lowest: number): ExpressionNode {
    let left = this.#power();
    for (;;) {
      const operator = this.#terms[this.#next]?.operator;
      if (operator === undefined || PRECEDENCE[operator] < lowest) return left;
      left = this.#join(operator, left, this.fold(PRECEDENCE[operator] + 1));
    }
  }

  /** `-a ^ -b ^ c` is `-(a ^ (-(b ^ c)))`: powers bind tighter than signs and group to the right. */
  #power(): ExpressionNode {
    const first = this.#next;
    do this.#next++;
    while (this.#terms[this.#next]?.operator === '^');
    const [last, ...others] = this.#terms.slice(first, this.#next).reverse();
    invariant(last, 'a chain has a term');
    return others.reduce(
      (exponent, { signs, atom }) => this.#signed(this.#join('^', atom, exponent), signs),
      this.#signed(last.atom, last.signs),
    );
  }

  #signed(operand: ExpressionNode, signs: readonly Sign[]): ExpressionNode {
    return signs.reduceRight<ExpressionNode>((inner, sign) => {
      const span = joinSpans(sign.span, inner.span);
      return this.#nesting.above({ kind: sign.text === '-' ? 'negate' : 'not', operand: inner, span }, [inner]);
    }, operand);
  }

  #join(operator: ChainOperator, left: ExpressionNode, right: ExpressionNode): ExpressionNode {
    return this.#nesting.above(joined(operator, left, right), [left, right]);
  }
}

function joined(operator: ChainOperator, left: ExpressionNode, right: ExpressionNode): ExpressionNode {
  const span = joinSpans(left.span, right.span);
  switch (operator) {
    case 'and':
    case 'or':
      return { kind: 'logical', operator, left, right, span };
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '==':
    case '!=':
      return { kind: 'compare', operator, left, right, span };
    default:
      return { kind: 'binary', operator, left, right, span };
  }
}
