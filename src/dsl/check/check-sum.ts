/**
 * Sums as wholes: `a + b - c` has three terms of one dimension. Where one does not fit it is that term which is marked,
 * wherever it stands; the others, or what the sum is for, decide which one that is.
 */
import { DSL_CATALOGUE } from '../catalogue.js';
import { isSameDimension, type Dimension } from '../../units/dimension.js';
import type { BinaryNode, ExpressionNode } from '../syntax/nodes.js';
import { arithmetic } from './compute.js';
import { percentageHelp, warnOfPercentage } from './percentage.js';
import { requireQuantity } from './require.js';
import type { CheckContext } from './scope.js';
import { typeOfSum } from './temperature.js';
import { describeType, POISON, type QuantityType, type TypedExpression } from './value-type.js';
import { elementwise } from './vector.js';

/** A sum, or the beginning of one. */
export type SumNode = BinaryNode & { readonly operator: '+' | '-' };

/** Whether an expression is a sum or difference. */
export function isSum(node: ExpressionNode): node is SumNode {
  return node.kind === 'binary' && (node.operator === '+' || node.operator === '-');
}

/** One term, and the sum that ends with it; the first term has none. */
interface Term {
  readonly node: ExpressionNode;
  readonly sum?: SumNode;
}

/** The terms of a chain of `+` and `-`, those in parentheses as one. */
export function termsOf(node: SumNode): readonly ExpressionNode[] {
  return chainOf(node).map((term) => term.node);
}

function chainOf(node: SumNode): Term[] {
  const terms: Term[] = [];
  let rest: ExpressionNode = node;
  while (isSum(rest)) {
    terms.unshift({ node: rest.right, sum: rest });
    rest = rest.left;
  }
  return [{ node: rest }, ...terms];
}

/** The meaning of a sum whose terms have been checked, in the order of {@link termsOf}. */
export function checkSum(
  node: SumNode,
  { terms, expected }: { readonly terms: readonly TypedExpression[]; readonly expected: Dimension | undefined },
  context: CheckContext,
): TypedExpression {
  const chain = chainOf(node);
  warnOfPercentage(
    chain.map((term) => term.node),
    context,
  );
  return elementwise(
    terms,
    { span: node.span, apply: (operands, inner) => sumOf({ chain, operands, expected }, inner) },
    context,
  );
}

interface Addition {
  readonly chain: readonly Term[];
  readonly operands: readonly TypedExpression[];
  readonly expected: Dimension | undefined;
}

function sumOf({ chain, operands, expected }: Addition, context: CheckContext): TypedExpression {
  const [first = POISON, ...others] = operands;
  const types = typesOf(chain, operands, context);
  if (!types || !requireOneDimension({ chain, types, expected }, context)) return POISON;
  return others.reduce((left, right, index) => {
    const term = chain[index + 1];
    const sum = addTerm({ left, right }, term, context);
    // The last of the sums is the whole, which is told by whoever asked for it
    if (term?.sum && index + 1 < others.length) context.observe?.(term.sum, sum);
    return sum;
  }, first);
}

function addTerm(
  { left, right }: { readonly left: TypedExpression; readonly right: TypedExpression },
  term: Term | undefined,
  context: CheckContext,
): TypedExpression {
  if (left.type.kind !== 'quantity' || right.type.kind !== 'quantity' || !term?.sum) return POISON;
  const { operator } = term.sum;
  const type = typeOfSum(operator, left.type, right.type);
  if (!type) {
    const action = 'adding two temperatures in degC means nothing';
    context.diagnostics.report(DSL_CATALOGUE, 'temperature-point', { action }, { span: term.node.span });
    return POISON;
  }
  return arithmetic(operator, { left, right }, type);
}

/** The types of all terms; undefined where one is no number. */
function typesOf(
  chain: readonly Term[],
  operands: readonly TypedExpression[],
  context: CheckContext,
): readonly QuantityType[] | undefined {
  const types = chain.flatMap(({ node, sum }, index) => {
    const type = operands[index]?.type ?? POISON.type;
    const side = sum ? 'right' : 'left';
    const operator = sum?.operator ?? chain[1]?.sum?.operator ?? '+';
    return requireQuantity(type, `${side} side of \`${operator}\``, node.span, context) ? [type] : [];
  });
  return types.length === chain.length ? types : undefined;
}

interface TypedTerms {
  readonly chain: readonly Term[];
  readonly types: readonly QuantityType[];
  readonly expected: Dimension | undefined;
}

function requireOneDimension({ chain, types, expected }: TypedTerms, { diagnostics }: CheckContext): boolean {
  const isOdd = types.some((type) => !sharesDimension(type, types[0]));
  if (!isOdd) return true;
  const usual = usualType(types, expected);
  const oddIndex = types.findIndex((type) => !sharesDimension(type, usual));
  const usualIndex = types.findIndex((type) => sharesDimension(type, usual));
  const [odd, like] = [chain[oddIndex], chain[usualIndex]];
  const [oddWords, usualWords] = [types[oddIndex], usual].map((type) => (type ? describeType(type) : ''));
  if (!odd || !like || oddWords === undefined || usualWords === undefined) return false;
  const operator = (odd.sum ?? chain[1]?.sum)?.operator ?? '+';
  const isFirst = oddIndex < usualIndex;
  diagnostics.report(
    DSL_CATALOGUE,
    'dimension-mismatch',
    {
      operator,
      left: isFirst ? oddWords : usualWords,
      right: isFirst ? usualWords : oddWords,
      help: percentageHelp([odd.node, like.node]),
    },
    { span: odd.node.span, related: [{ message: `this side is ${usualWords}`, span: like.node.span }] },
  );
  return false;
}

function sharesDimension(type: QuantityType | undefined, other: QuantityType | undefined): boolean {
  return type !== undefined && other !== undefined && isSameDimension(type.dimension, other.dimension);
}

/** What the sum should be: what it is for where a term fits, else what most terms are, else the first term. */
function usualType(types: readonly QuantityType[], expected: Dimension | undefined): QuantityType | undefined {
  const fitting = expected && types.find(({ dimension }) => isSameDimension(dimension, expected));
  if (fitting) return fitting;
  const votes = types.map((type) => types.filter((other) => sharesDimension(type, other)).length);
  return types[votes.indexOf(Math.max(...votes))];
}
