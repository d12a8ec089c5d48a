/** Parts of networks that are trained through time, in the form in which they are; a `StudyFault` is thrown for others. */
import type { MappedPopulation, MappedProjection } from '../../ir/mapped-network.js';
import { notRunnable } from '../study-fault.js';
import { gradientRuleOf, type GradientRule } from './fast-weight-rule.js';

/** Refuses settings under which a population is not the function that its model is named by. */
export function checkPlainPopulation(population: MappedPopulation | undefined): void {
  const { gain = 1, normalize = 0, temperature = 1, noise = 0, batchNorm } = population?.settings ?? {};
  if (gain === 1 && normalize === 0 && temperature === 1 && noise === 0 && batchNorm === undefined) return;
  notRunnable(`\`${population?.name ?? ''}\``, 'its settings are not trained through time', population?.origin);
}

/** The one rule of a projection, by gradient; throws a `StudyFault` where it has none. */
export function ruleOf(projection: MappedProjection): GradientRule {
  const [first, second] = projection.learning;
  const what = `projection \`${projection.name}\``;
  if (!first || second) return notRunnable(what, 'it does not learn by one rule', projection.origin);
  const found = gradientRuleOf(first);
  return 'reason' in found ? notRunnable(what, found.reason, projection.origin) : found;
}

/** The rule of all projections into a layer: of one name, with equal parameters. */
export function commonRule(projections: readonly MappedProjection[]): GradientRule {
  const [first, ...others] = projections.map(ruleOf);
  const [, second] = projections;
  if (!first) throw new RangeError('a layer has inputs');
  const shown = ({ rule }: GradientRule): string => JSON.stringify([rule.name, rule.parameters]);
  if (others.some((other) => shown(other) !== shown(first))) {
    notRunnable(`projection \`${second?.name ?? ''}\``, 'its rule is not that of the other input', second?.origin);
  }
  return first;
}
