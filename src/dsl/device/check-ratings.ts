/** What a device withstands: retention, endurance and absolute maximum ratings. */
import { RATED_UNITS, type Endurance, type Rating, type Retention } from '../../devices/device-model.js';
import { formatPercent } from '../../units/format-quantity.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkWord } from '../check/check-clauses.js';
import { checkSigned } from '../check/check-constant.js';
import { checkProvenance } from '../check/check-provenance.js';
import { DIMENSION } from '../check/dimensions.js';
import type { CheckContext } from '../check/scope.js';
import { RATED_QUANTITIES, type EnduranceClause, type RatingClause, type RetentionClause } from '../syntax/device.js';

const RATED_DIMENSIONS = {
  voltage: DIMENSION.voltage,
  duration: DIMENSION.time,
  current: DIMENSION.current,
  temperature: DIMENSION.temperature,
} as const satisfies Record<Rating['quantity'], object>;

/** An absolute maximum; undefined after reporting an unknown quantity. */
export function checkRating(clause: RatingClause, context: CheckContext): Rating | undefined {
  const rated = { what: 'rated quantity', known: RATED_QUANTITIES };
  const quantity = checkWord(clause.quantity, rated, context.diagnostics);
  if (!quantity) return undefined;
  const what = `maximum ${quantity}`;
  const expected = { what, dimension: RATED_DIMENSIONS[quantity], symbol: RATED_UNITS[quantity] };
  const max = checkSigned(clause.value, { ...expected, sign: 'positive' }, context);
  const provenance = checkProvenance(clause.provenance, { what, span: clause.span }, context.diagnostics);
  return { quantity, max, provenance, origin: clause.span };
}

/** How much of the window is lost in which time. */
export function checkRetention(
  { loss, duration, provenance, span }: RetentionClause,
  context: CheckContext,
): Retention {
  const ofLoss = { what: 'loss of `retention`', dimension: DIMENSION.none, symbol: '1', sign: 'not negative' } as const;
  const ofTime = { what: 'time of `retention`', dimension: DIMENSION.time, symbol: 's', sign: 'positive' } as const;
  const lost = checkSigned(loss, ofLoss, context);
  if (lost > 1) {
    const params = { what: ofLoss.what, expected: 'at most 100 %', found: formatPercent(lost, 6) };
    context.diagnostics.report(DSL_CATALOGUE, 'out-of-range', params, { span: loss.span });
  }
  return {
    loss: lost,
    seconds: checkSigned(duration, ofTime, context),
    provenance: checkProvenance(provenance, { what: '`retention`', span }, context.diagnostics),
    origin: span,
  };
}

/** How many pulses a device survives. */
export function checkEndurance({ pulses, provenance, span }: EnduranceClause, context: CheckContext): Endurance {
  const expected = { what: '`endurance`', dimension: DIMENSION.pulses, symbol: 'pulses', sign: 'positive' } as const;
  return {
    pulses: checkSigned(pulses, expected, context),
    provenance: checkProvenance(provenance, { what: '`endurance`', span }, context.diagnostics),
    origin: span,
  };
}
