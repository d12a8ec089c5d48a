/** Expressions: chains of operators become trees, exactly as precedence and associativity say. */
import type { IToken } from 'chevrotain';
import { unreachable } from '../../core/invariant.js';
import { joinSpans, type Span } from '../../core/span.js';
import type { BinaryOperator, CompareOperator } from '../../devices/expression.js';
import { canonicalUnitText } from '../../units/unit.js';
import type { ExpressionNode, Identifier, RangeNode, TextLiteral, UnitName } from '../ast.js';
import type {
  AtomCstNode,
  ComparisonCstNode,
  ExpressionCstNode,
  PowerCstNode,
  ProductCstNode,
  RangeCstNode,
  ReferenceCstNode,
  SignedCstNode,
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

/** Sums, without comparison or condition at the top. */
export function buildSum({ children }: SumCstNode, context: ExpressionContext): ExpressionNode {
  const terms = children.product.map((node) => buildProduct(node, context));
  return foldLeft(terms, children.AdditiveOperator, context);
}

function buildProduct({ children }: ProductCstNode, context: ExpressionContext): ExpressionNode {
  const factors = children.power.map((node) => buildPower(node, context));
  return foldLeft(factors, children.MultiplicativeOperator, context);
}

function foldLeft(
  operands: readonly ExpressionNode[],
  operators: readonly IToken[] | undefined,
  context: ExpressionContext,
): ExpressionNode {
  return operands.reduce((left, right, index) =>
    // The tokens of the categories AdditiveOperator and MultiplicativeOperator are binary operators.
    binary(at(operators, index - 1).image as BinaryOperator, left, right, context),
  );
}

/** `-a ^ -b ^ c` is `-(a ^ (-(b ^ c)))`: powers bind tighter than signs and group to the right. */
function buildPower({ children }: PowerCstNode, context: ExpressionContext): ExpressionNode {
  const parts = children.signed.map((node) => ({ node, base: buildAtom(first(node.children.atom), context) }));
  const last = first(parts.slice(-1));
  return parts
    .slice(0, -1)
    .reduceRight(
      (exponent, { node, base }) => negated(binary('^', base, exponent, context), node, context),
      negated(last.base, last.node, context),
    );
}

function negated(operand: ExpressionNode, { children }: SignedCstNode, context: ExpressionContext): ExpressionNode {
  return (children.Minus ?? []).reduceRight<ExpressionNode>((inner, minus) => {
    const span = joinSpans(spanOfToken(context.file, minus), inner.span);
    return context.nesting.above({ kind: 'negate', operand: inner, span }, [inner]);
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

function buildAtom(node: AtomCstNode, context: ExpressionContext): ExpressionNode {
  const { Quantity, ...nodes } = node.children;
  if (Quantity) return buildQuantity(first(Quantity), context);
  const child = onlyChild(nodes);
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
