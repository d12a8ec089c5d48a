/** Spreads: random variates of their own, and those that multiply a parameter. */
import { SPREAD_OCCASIONS, type Spread } from '../../devices/device-model.js';
import { centred, DISTRIBUTIONS, type DistributionName } from '../../numerics/distribution.js';
import { siSymbol } from '../../units/describe-dimension.js';
import type { Dimension } from '../../units/dimension.js';
import { checkWord } from '../check/check-clauses.js';
import { checkConstant, checkRange, constantOf } from '../check/check-constant.js';
import { checkExpression } from '../check/check-expression.js';
import { requireQuantity } from '../check/require.js';
import { checkProvenance } from '../check/check-provenance.js';
import { DIMENSION } from '../check/dimensions.js';
import { quantityText } from '../check/quantity-text.js';
import type { CheckContext, Scope } from '../check/scope.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { SpreadClause } from '../syntax/device.js';
import type { CallNode, ExpressionNode } from '../syntax/nodes.js';
import type { ParameterClause } from '../syntax/shared.js';
import type { DeviceContext } from './device-context.js';
import { factorName } from './device-scope.js';

/** A spread with the dimension of its variate. */
export interface CheckedSpread {
  readonly spread: Spread;
  readonly dimension: Dimension;
}

/** The spread of a `spread` clause. */
export function checkSpread(clause: SpreadClause, device: DeviceContext, scope: Scope): CheckedSpread {
  const { name, span } = clause.name;
  const what = `spread \`${name}\``;
  const context = device.at(clause.span, scope);
  const { law, dimension } = checkDistribution(clause.distribution, { name, dimension: undefined }, context);
  const provenance = checkProvenance(clause.provenance, { what, span }, context.diagnostics);
  return { dimension, spread: { name, ...law, per: clause.per, provenance, origin: clause.span } };
}

/**
 * The spread of a parameter, a plain number that multiplies it; undefined where it has none, or after reporting.
 * The origin of the parameter's number counts for its spread, too.
 */
export function checkParameterSpread(clause: ParameterClause, context: CheckContext): Spread | undefined {
  const { distribution, per: word } = clause;
  if (!distribution || !word) return undefined;
  const { name, span } = clause.name;
  const { diagnostics } = context;
  const { law } = checkDistribution(distribution, { name, dimension: DIMENSION.none }, context);
  const per = checkWord(word, { what: 'occasion', known: SPREAD_OCCASIONS }, diagnostics);
  if (!per || !clause.provenance) return undefined;
  const provenance = checkProvenance(clause.provenance, { what: `parameter \`${name}\``, span }, diagnostics);
  return { name: factorName(name), ...law, per, scales: name, provenance, origin: clause.span };
}

type Law = Pick<Spread, 'distribution' | 'mean' | 'deviation'>;

/** What is drawn: its name, and its dimension where that is known beforehand. */
interface Drawn {
  readonly name: string;
  readonly dimension: Dimension | undefined;
}

const UNKNOWN: { readonly law: Law; readonly dimension: Dimension } = {
  law: { distribution: 'normal', mean: NaN, deviation: NaN },
  dimension: DIMENSION.none,
};

function checkDistribution(node: CallNode, drawn: Drawn, context: CheckContext): typeof UNKNOWN {
  const { callee, operands, span } = node;
  const known = Object.keys(DISTRIBUTIONS) as DistributionName[]; // exactly these
  const name = checkWord(callee, { what: 'distribution', known }, context.diagnostics);
  if (!name) return UNKNOWN;
  const [first, second] = operands;
  if (!first || !second || operands.length !== DISTRIBUTIONS[name].length) {
    const params = { name, expected: DISTRIBUTIONS[name].length, found: operands.length };
    context.diagnostics.report(DSL_CATALOGUE, 'argument-count', params, { span });
    return UNKNOWN;
  }
  const dimension = drawn.dimension ?? dimensionOf(first, `${DISTRIBUTIONS[name][0]} of \`${drawn.name}\``, context);
  if (!dimension) return UNKNOWN;
  const law = checkOperands({ name, first, second, span }, { name: drawn.name, dimension }, context);
  return { law, dimension };
}

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
  readonly span: CallNode['span'];
}

function checkOperands(
  { name, first, second, span }: Operands,
  drawn: { readonly name: string; readonly dimension: Dimension },
  context: CheckContext,
): Law {
  const { dimension } = drawn;
  const symbol = siSymbol(dimension);
  if (name === 'uniform') {
    const what = `\`${drawn.name}\``;
    const { low, high } = checkRange({ low: first, high: second, span }, { what, dimension, symbol }, context);
    return centred({ name, operands: [low, high] });
  }
  const [firstName, secondName] = DISTRIBUTIONS[name];
  const what = `${firstName} of \`${drawn.name}\``;
  const mean = checkConstant(first, { what, dimension }, context);
  const isPositive = name !== 'logNormal' || !(mean <= 0);
  if (!isPositive || (name === 'foldedNormal' && mean < 0)) {
    const expected = name === 'logNormal' ? 'positive' : 'not negative';
    const params = { what, expected, found: quantityText(mean, symbol) };
    context.diagnostics.report(DSL_CATALOGUE, 'out-of-range', params, { span: first.span });
  }
  const ofDeviation = name === 'logNormal' ? DIMENSION.none : dimension;
  const deviation = checkDeviation(
    second,
    { what: `${secondName} of \`${drawn.name}\``, dimension: ofDeviation },
    context,
  );
  return centred({ name, operands: [mean, deviation] });
}

function checkDeviation(
  node: ExpressionNode,
  expected: { readonly what: string; readonly dimension: Dimension },
  context: CheckContext,
): number {
  const deviation = checkConstant(node, expected, context);
  if (deviation < 0) {
    const found = quantityText(deviation, siSymbol(expected.dimension));
    const params = { what: expected.what, expected: 'not negative', found };
    context.diagnostics.report(DSL_CATALOGUE, 'out-of-range', params, { span: node.span });
  }
  return deviation;
}
