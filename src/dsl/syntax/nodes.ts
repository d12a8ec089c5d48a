/** Nodes of the syntax tree that all constructs share: names, expressions, blocks and what stands around clauses. */
import type { Span } from '../../core/span.js';
import type { BinaryOperator, CompareOperator } from '../../devices/expression.js';

export type { BinaryOperator, CompareOperator } from '../../devices/expression.js';

/** A name where it is declared or used. */
export interface Identifier {
  readonly name: string;
  readonly span: Span;
}

/** A text in quotes; `value` is without them and without escapes. */
export interface TextLiteral {
  readonly value: string;
  readonly span: Span;
}

/** A unit as written, in canonical ASCII spelling; it need not exist. */
export interface UnitName {
  readonly symbol: string;
  readonly span: Span;
}

// Expressions

export interface NumberNode {
  readonly kind: 'number';
  /** The decimal literal as written, so that its value is rounded once. */
  readonly digits: string;
  readonly unit?: UnitName;
  readonly span: Span;
}

export interface TextNode extends TextLiteral {
  readonly kind: 'text';
}

export interface ReferenceNode {
  readonly kind: 'reference';
  /** With dots, for example `window.low`. */
  readonly name: string;
  readonly span: Span;
}

/** Parentheses, kept because they are the author's. */
export interface GroupNode {
  readonly kind: 'group';
  readonly inner: ExpressionNode;
  readonly span: Span;
}

export interface NegateNode {
  readonly kind: 'negate';
  readonly operand: ExpressionNode;
  readonly span: Span;
}

/** `not condition`. */
export interface NotNode {
  readonly kind: 'not';
  readonly operand: ExpressionNode;
  readonly span: Span;
}

export interface BinaryNode {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  readonly span: Span;
}

export interface CompareNode {
  readonly kind: 'compare';
  readonly operator: CompareOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  readonly span: Span;
}

export interface LogicalNode {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or';
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  readonly span: Span;
}

export interface ConditionalNode {
  readonly kind: 'conditional';
  readonly condition: ExpressionNode;
  readonly whenTrue: ExpressionNode;
  readonly whenFalse: ExpressionNode;
  readonly span: Span;
}

export interface CallNode {
  readonly kind: 'call';
  readonly callee: Identifier;
  readonly operands: readonly ExpressionNode[];
  readonly span: Span;
}

/** `values[i, j]`. */
export interface IndexNode {
  readonly kind: 'index';
  readonly target: ReferenceNode;
  readonly indices: readonly ExpressionNode[];
  readonly span: Span;
}

/** `[1, 2, 3]`; a matrix is a vector of rows. */
export interface VectorNode {
  readonly kind: 'vector';
  readonly elements: readonly ExpressionNode[];
  readonly span: Span;
}

/** `[for i in 0 .. 9 : i * 1 mV]`: one element for each index, both ends included; never unrolled by the parser. */
export interface ComprehensionNode {
  readonly kind: 'comprehension';
  readonly index: Identifier;
  readonly range: RangeNode;
  readonly element: ExpressionNode;
  readonly span: Span;
}

export type ExpressionNode =
  | NumberNode
  | TextNode
  | ReferenceNode
  | GroupNode
  | NegateNode
  | NotNode
  | BinaryNode
  | CompareNode
  | LogicalNode
  | ConditionalNode
  | CallNode
  | IndexNode
  | VectorNode
  | ComprehensionNode;

/** `low .. high`. */
export interface RangeNode {
  readonly low: ExpressionNode;
  readonly high: ExpressionNode;
  readonly span: Span;
}

/** One value, or everything from `low` to `high`. */
export type ExtentNode =
  { readonly kind: 'single'; readonly value: ExpressionNode } | ({ readonly kind: 'range' } & RangeNode);

// Comments and blocks

/** A comment on a line of its own, from `//` to the end of the line. */
export interface CommentNode {
  readonly text: string;
  readonly isAfterBlank: boolean;
}

/** What surrounds a clause or item: comments above it, a blank line, a comment behind it. */
export interface Trivia {
  readonly leading: readonly CommentNode[];
  readonly isAfterBlank: boolean;
  readonly trailing?: string;
}

/** What every clause and item has. */
export interface ClauseBase {
  readonly span: Span;
  readonly trivia: Trivia;
}

/** The clauses between braces, and the comments before the closing one. */
export interface Block<Clause> {
  readonly clauses: readonly Clause[];
  readonly closing: readonly CommentNode[];
  /** From the opening brace to the closing one; for a file, the whole of it. */
  readonly span: Span;
}
