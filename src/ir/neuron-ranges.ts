/** From names in experiments to the neurons and synapses of a mapped network. */
import { invariant } from '../core/invariant.js';
import { evaluate } from '../devices/evaluate.js';
import type { Expression } from '../devices/expression.js';
import type { Endpoint, PathStep } from './graph.js';
import type { MappedNetwork, MappedPopulation, MappedProjection, NeuronRange } from './mapped-network.js';

/** The neurons of an endpoint of a mapped schedule: a population below by its name, or a part of it. */
export function neuronRange({ path }: Endpoint, { populations }: Pick<MappedNetwork, 'populations'>): NeuronRange {
  const [step] = path;
  const population = populations.findIndex(({ name }) => name === step?.name);
  const found = populations[population];
  invariant(step && found && path.length === 1, 'endpoints of a mapped schedule name a population');
  return { population, ...partOf(step, found.size, new Map()) };
}

/** The first neuron and the number of neurons that an index chooses out of `size`. */
export function partOf(
  { index }: PathStep,
  size: number,
  values: ReadonlyMap<string, number>,
): { readonly first: number; readonly count: number } {
  if (!index) return { first: 0, count: size };
  const valueOf = (expression: Expression) => evaluate(expression, (name) => values.get(name) ?? NaN);
  if (index.kind === 'single') return { first: valueOf(index.value), count: 1 };
  const first = valueOf(index.low);
  return { first, count: valueOf(index.high) - first + 1 };
}

/** A name without the indices of instances and loops, as expectations and recordings write it. */
export function plainName(name: string): string {
  return name.replaceAll(/\[[^\]]*\]/g, '');
}

/** The populations that `name` without indices means, one for each instance of the modules around it. */
export function populationsNamed(
  name: string,
  { populations }: Pick<MappedNetwork, 'populations'>,
): readonly MappedPopulation[] {
  return populations.filter((population) => plainName(population.name) === name);
}

/** The projections that `name` without indices means, one for each round of loops and instance of modules around it. */
export function projectionsNamed(
  name: string,
  { projections }: Pick<MappedNetwork, 'projections'>,
): readonly MappedProjection[] {
  return projections.filter((projection) => plainName(projection.name) === name);
}
