/** Random distributions, written like calls: `normal(0, 1 nS)`. */
import { DISTRIBUTIONS, type Distribution, type DistributionName } from '../../numerics/distribution.js';
import { siSymbol } from '../../units/describe-dimension.js';
import type { Dimension } from '../../units/dimension.js';
import type { Span } from '../../core/span.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { CallNode, ExpressionNode } from '../syntax/nodes.js';
import { checkWord } from './check-clauses.js';
import { checkConstant, checkRange, constantOf } from './check-constant.js';
import { checkExpression } from './check-expression.js';
import { DIMENSION } from './dimensions.js';
import { quantityText } from './quantity-text.js';
import { requireQuantity } from './require.js';
import type { CheckContext } from './scope.js';

/** What is drawn: in words for messages (`` `noise` ``), and its dimension where that is known beforehand. */
export interface Drawn {
  readonly what: string;
  readonly dimension?: Dimension;
}

/** A distribution with the dimension of its variates. */
export interface CheckedDistribution {
  readonly distribution: Distribution;
  readonly dimension: Dimension;
}

/** The distribution; undefined after reporting that there is none. Operands with a reported mistake are NaN. */
export function checkDistribution(
  { callee, operands, span }: CallNode,
  { what, dimension: known }: Drawn,
  context: CheckContext,
): CheckedDistribution | undefined {
  const name = checkWord(callee, { what: 'distribution', known: DISTRIBUTION_NAMES }, context.diagnostics);
  if (!name) return undefined;
  const [first, second] = operands;
  if (!first || !second || operands.length !== DISTRIBUTIONS[name].length) {
    const params = { name, expected: DISTRIBUTIONS[name].length, found: operands.length };
    context.diagnostics.report(DSL_CATALOGUE, 'argument-count', params, { span });
    return undefined;
  }
  const dimension = known ?? dimensionOf(first, `${DISTRIBUTIONS[name][0]} of ${what}`, context);
  if (!dimension) return undefined;
  const values = checkOperands({ name, first, second, span }, { what, dimension }, context);
  return { distribution: { name, operands: values }, dimension };
}

// The keys are exactly the names.
const DISTRIBUTION_NAMES = Object.keys(DISTRIBUTIONS) as readonly DistributionName[];

function dimensionOf(node: ExpressionNode, what: string, context: CheckContext): Dimension | undefined {
  const typed = checkExpression(node, context);
  if (!requireQuantity(typed.type, what, node.span, context)) return undefined;
  constantOf(typed, { what, span: node.span }, context);
  return typed.type.dimension;
}

interface Operands {
  readonly name: DistributionName;
  readonly first: ExpressionNode;
  readonly second: ExpressionNode;
  readonly span: Span;
}

function checkOperands(
  { name, first, second, span }: Operands,
  { what: drawn, dimension }: Required<Drawn>,
  context: CheckContext,
): readonly [number, number] {
  const symbol = siSymbol(dimension);
  if (name === 'uniform') {
    const { low, high } = checkRange({ low: first, high: second, span }, { what: drawn, dimension, symbol }, context);
    return [low, high];
  }
  const [firstName, secondName] = DISTRIBUTIONS[name];
  const what = `${firstName} of ${drawn}`;
  const centre = checkConstant(first, { what, dimension }, context);
  const expected = { normal: undefined, logNormal: 'positive', foldedNormal: 'not negative' } as const;
  requireSign(centre, { what, expected: expected[name], dimension, span: first.span }, context);
  const ofDeviation = name === 'logNormal' ? DIMENSION.none : dimension;
  const deviation = checkConstant(second, { what: `${secondName} of ${drawn}`, dimension: ofDeviation }, context);
  const place = { what: `${secondName} of ${drawn}`, dimension: ofDeviation, span: second.span };
  requireSign(deviation, { ...place, expected: 'not negative' }, context);
  return [centre, deviation];
}

interface Signed {
  readonly what: string;
  /** Undefined where any sign will do. */
  readonly expected: 'positive' | 'not negative' | undefined;
  readonly dimension: Dimension;
  readonly span: Span;
}

function requireSign(
  value: number,
  { what, expected, dimension, span }: Signed,
  { diagnostics }: Pick<CheckContext, 'diagnostics'>,
): void {
  const isWrong = value < 0 || (value === 0 && expected === 'positive');
  if (!expected || !isWrong) return;
  const params = { what, expected, found: quantityText(value, siSymbol(dimension)) };
  diagnostics.report(DSL_CATALOGUE, 'out-of-range', params, { span });
}
