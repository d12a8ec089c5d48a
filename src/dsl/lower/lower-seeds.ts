/** How often an experiment runs, and which spreads it leaves out. */
import { nearestName } from '../../core/nearest.js';
import type { Spread } from '../../devices/device-model.js';
import type { Experiment } from '../../ir/network.js';
import type { ExperimentClause, SeedsClause } from '../syntax/experiment.js';
import type { Identifier } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { clausesOf, reportDuplicates } from '../check/check-clauses.js';
import { checkInteger } from '../check/check-constant.js';
import type { CheckContext } from '../check/scope.js';

/** Seeds of one experiment, at most. */
const MAX_SEEDS = 1_000_000;

/** Seeds are keys of 32 bits. */
export const MAX_SEED = 2 ** 32 - 1;

/** One seed, 1, where the experiment names none. */
export function lowerSeeds(
  clause: SeedsClause | undefined,
  context: CheckContext,
): Pick<Experiment, 'firstSeed' | 'seedCount'> {
  if (!clause) return { firstSeed: 1, seedCount: 1 };
  return {
    seedCount: checkInteger(clause.count, { what: 'number of seeds', min: 1, max: MAX_SEEDS }, context),
    firstSeed: checkInteger(clause.first, { what: 'first seed', min: 0, max: MAX_SEED }, context),
  };
}

/** Names of the spreads that the experiment switches off. */
export function lowerWithout(
  clauses: readonly ExperimentClause[],
  known: readonly Spread[],
  context: CheckContext,
): string[] {
  const spreads = clausesOf(clauses, 'without').flatMap((clause) => clause.spreads);
  reportDuplicates(spreads, context.diagnostics);
  return spreads.flatMap((spread) => findSpread(spread, known, context)?.name ?? []);
}

/** The spread called `name`, or that of the parameter called so; undefined after reporting. */
export function findSpread(
  { name, span }: Identifier,
  spreads: readonly Spread[],
  { diagnostics }: CheckContext,
): Spread | undefined {
  const spread = spreads.find(({ name: own, scales }) => (scales ?? own) === name);
  if (!spread) {
    const nearest = nearestName(
      name,
      spreads.map(({ name: own, scales }) => scales ?? own),
    );
    diagnostics.report(DSL_CATALOGUE, 'unknown-name', { what: 'spread', name, nearest }, { span });
  }
  return spread;
}
