/** Expressions: chains of operators become trees, exactly as precedence and associativity say. */
import type { IToken } from 'chevrotain';
import { unreachable } from '../../core/invariant.js';
import { joinSpans, type Span } from '../../core/span.js';
import type { BinaryOperator, CompareOperator } from '../../devices/expression.js';
import { canonicalUnitText } from '../../units/unit.js';
import type { ExpressionNode, Identifier, RangeNode, TextLiteral, UnitName } from '../ast.js';
import type {
  ComparisonCstNode,
  ExpressionCstNode,
  OperandCstNode,
  RangeCstNode,
  ReferenceCstNode,
  SumCstNode,
  UnitCstNode,
} from '../cst.js';
import type { Nesting } from './nesting.js';
import { at, first, onlyChild, spanOfNode, spanOfToken, type FileContext } from './places.js';

/** What building an expression needs. */
export interface ExpressionContext extends FileContext {
  readonly nesting: Nesting;
}

/** `c ? a : d ? b : e` is `c ? a : (d ? b : e)`. */
export function buildExpression({ children }: ExpressionCstNode, context: ExpressionContext): ExpressionNode {
  const comparisons = children.comparison.map((node) => buildComparison(node, context));
  const branches = (children.expression ?? []).map((node) => buildExpression(node, context));
  return branches.reduceRight<ExpressionNode>(
    (whenFalse, whenTrue, index) => {
      const condition = at(comparisons, index);
      const span = joinSpans(condition.span, whenFalse.span);
      const parts = [condition, whenTrue, whenFalse];
      return context.nesting.above({ kind: 'conditional', condition, whenTrue, whenFalse, span }, parts);
    },
    first(comparisons.slice(-1)),
  );
}

/** `low .. high`. */
export function buildRange(node: RangeCstNode, context: ExpressionContext): RangeNode {
  const [low, high] = node.children.expression.map((end) => buildExpression(end, context));
  return { low: first([low]), high: first([high]), span: spanOfNode(context.file, node) };
}

/** The name that `token` is, keyword or not. */
export function buildIdentifier(token: IToken, { file }: FileContext): Identifier {
  return { name: token.image, span: spanOfToken(file, token) };
}

/** The content of a text: `\"` is a quote, `\\` a backslash, any other backslash itself. */
export function buildText(token: IToken, { file }: FileContext): TextLiteral {
  return { value: token.image.slice(1, -1).replace(/\\(["\\])/g, '$1'), span: spanOfToken(file, token) };
}

/** A unit that stands alone, blanks removed. */
export function buildUnit(node: UnitCstNode, { file }: FileContext): UnitName {
  const operators = node.children.MultiplicativeOperator ?? [];
  const text = node.children.simpleUnit
    .map((unit, index) => (operators[index - 1]?.image ?? '') + onlyChild(unit.children).image)
    .join('');
  return { symbol: canonicalUnitText(text), span: spanOfNode(file, node) };
}

function buildComparison({ children }: ComparisonCstNode, context: ExpressionContext): ExpressionNode {
  const [left, right] = children.sum.map((node) => buildSum(node, context));
  if (!right) return first([left]);
  const operator = compareOperator(first(children.ComparisonOperator));
  const sides = [first([left]), right] as const;
  const span = joinSpans(sides[0].span, right.span);
  return context.nesting.above({ kind: 'compare', operator, left: sides[0], right, span }, sides);
}

/** The comparison that `token` is. */
export function compareOperator(token: IToken): CompareOperator {
  // The tokens of category ComparisonOperator are exactly these operators.
  return token.image as CompareOperator;
}

/** An operand with the operator before it; the first has none. */
interface Term {
  readonly operator?: BinaryOperator;
  readonly signs: readonly IToken[];
  readonly atom: ExpressionNode;
}

/** Arithmetic, without comparison or condition at the top. */
export function buildSum({ children }: SumCstNode, context: ExpressionContext): ExpressionNode {
  const operators = children.ArithmeticOperator ?? [];
  const terms = children.operand.map((node, index): Term => {
    const token = operators[index - 1];
    // The tokens of category ArithmeticOperator are exactly the binary operators.
    const operator = token && { operator: token.image as BinaryOperator };
    return { ...operator, signs: node.children.Minus ?? [], atom: buildAtom(node, context) };
  });
  return foldLeft(terms, ['+', '-'], context, (factors) =>
    foldLeft(factors, ['*', '/'], context, (powers) => foldPower(powers, context)),
  );
}

/** Splits the terms before each of `operators` and joins what `build` makes of the parts from left to right. */
function foldLeft(
  terms: readonly Term[],
  operators: readonly BinaryOperator[],
  context: ExpressionContext,
  build: (part: readonly Term[]) => ExpressionNode,
): ExpressionNode {
  const parts: Term[][] = [];
  for (const term of terms) {
    const part = parts.at(-1);
    if (part && !(term.operator && operators.includes(term.operator))) part.push(term);
    else parts.push([term]);
  }
  const [head, ...tail] = parts;
  return tail.reduce(
    (left, part) => binary(first([part[0]?.operator]), left, build(part), context),
    build(first([head])),
  );
}

/** `-a ^ -b ^ c` is `-(a ^ (-(b ^ c)))`: powers bind tighter than signs and group to the right. */
function foldPower(terms: readonly Term[], context: ExpressionContext): ExpressionNode {
  const last = first(terms.slice(-1));
  return terms
    .slice(0, -1)
    .reduceRight(
      (exponent, { signs, atom }) => negated(binary('^', atom, exponent, context), signs, context),
      negated(last.atom, last.signs, context),
    );
}

function negated(
  operand: ExpressionNode,
  signs: readonly IToken[],
  { file, nesting }: ExpressionContext,
): ExpressionNode {
  return signs.reduceRight<ExpressionNode>((inner, minus) => {
    const span = joinSpans(spanOfToken(file, minus), inner.span);
    return nesting.above({ kind: 'negate', operand: inner, span }, [inner]);
  }, operand);
}

function binary(
  operator: BinaryOperator,
  left: ExpressionNode,
  right: ExpressionNode,
  { nesting }: ExpressionContext,
): ExpressionNode {
  const span = joinSpans(left.span, right.span);
  return nesting.above({ kind: 'binary', operator, left, right, span }, [left, right]);
}

function buildAtom({ children }: OperandCstNode, context: ExpressionContext): ExpressionNode {
  const { Quantity, numeral, call, reference, group } = children;
  if (Quantity) return buildQuantity(first(Quantity), context);
  const child = onlyChild({ numeral, call, reference, group });
  const span = spanOfNode(context.file, child);
  switch (child.name) {
    case 'numeral': {
      const unit = child.children.Name?.[0] ?? child.children.UnitWord?.[0];
      const { image: digits } = first(child.children.Numeral);
      return context.nesting.above({ kind: 'number', digits, ...(unit && unitOf(unit, context)), span }, []);
    }
    case 'reference':
      return context.nesting.above({ kind: 'reference', name: dottedName(child), span }, []);
    case 'group': {
      const inner = buildExpression(first(child.children.expression), context);
      return context.nesting.above({ kind: 'group', inner, span }, [inner]);
    }
    case 'call': {
      const callee = buildIdentifier(first(child.children.Identifier), context);
      const operands = (child.children.expression ?? []).map((operand) => buildExpression(operand, context));
      return context.nesting.above({ kind: 'call', callee, operands, span }, operands);
    }
    default:
      return unreachable(child);
  }
}

function unitOf(token: IToken, { file }: FileContext): { readonly unit: UnitName } {
  return { unit: { symbol: canonicalUnitText(token.image), span: spanOfToken(file, token) } };
}

function dottedName({ children }: ReferenceCstNode): string {
  return children.Identifier.map(({ image }) => image).join('.');
}

/** Splits a quantity token into its digits and its unit. */
function buildQuantity(token: IToken, { file, nesting }: ExpressionContext): ExpressionNode {
  const span = spanOfToken(file, token);
  const [, digits = '', blanks = '', symbol = ''] = /^([\d.]+(?:[eE][+-]?\d+)?)([ \t]*)(.*)$/.exec(token.image) ?? [];
  const unit = { symbol: canonicalUnitText(symbol), span: tailSpan(span, digits.length + blanks.length) };
  return nesting.above({ kind: 'number', digits, unit, span }, []);
}

function tailSpan({ file, start, end }: Span, skipped: number): Span {
  return { file, start: { ...start, offset: start.offset + skipped, column: start.column + skipped }, end };
}
