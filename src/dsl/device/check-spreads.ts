/** Spreads: random variates of their own, and those that multiply a parameter. */
import { SPREAD_OCCASIONS, type Spread } from '../../devices/device-model.js';
import { centred } from '../../numerics/distribution.js';
import type { Dimension } from '../../units/dimension.js';
import { checkWord } from '../check/check-clauses.js';
import { checkDistribution, type Drawn } from '../check/check-distribution.js';
import { checkProvenance } from '../check/check-provenance.js';
import { DIMENSION } from '../check/dimensions.js';
import type { CheckContext, Scope } from '../check/scope.js';
import type { SpreadClause } from '../syntax/device.js';
import type { CallNode } from '../syntax/nodes.js';
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
  const { law, dimension } = checkLaw(clause.distribution, { what: `\`${name}\`` }, context);
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
  const { law } = checkLaw(distribution, { what: `\`${name}\``, dimension: DIMENSION.none }, context);
  const per = checkWord(word, { what: 'occasion', known: SPREAD_OCCASIONS }, diagnostics);
  if (!per || !clause.provenance) return undefined;
  const provenance = checkProvenance(clause.provenance, { what: `parameter \`${name}\``, span }, diagnostics);
  return { name: factorName(name), ...law, per, scales: name, provenance, origin: clause.span };
}

type Law = Pick<Spread, 'distribution' | 'mean' | 'deviation'>;

const UNKNOWN: { readonly law: Law; readonly dimension: Dimension } = {
  law: { distribution: 'normal', mean: NaN, deviation: NaN },
  dimension: DIMENSION.none,
};

function checkLaw(node: CallNode, drawn: Drawn, context: CheckContext): typeof UNKNOWN {
  const checked = checkDistribution(node, drawn, context);
  return checked ? { law: centred(checked.distribution), dimension: checked.dimension } : UNKNOWN;
}
