/** What conditions and weights of a projection see of one synapse: indices and places of the two neurons. */
import type { Expression } from '../../devices/expression.js';
import { evaluate } from '../../devices/evaluate.js';
import type { MappedNetwork, MappedPopulation, MappedProjection, NeuronRange } from '../mapped-network.js';

/** Names of the indices of a grid, by the length of its shape. */
const INDEX_NAMES: readonly (readonly string[])[] = [[], [], ['row', 'column'], ['channel', 'row', 'column']];

/** Evaluates expressions of the indices of both neurons of a synapse, each counted within its end of a projection. */
export class SynapseNames {
  readonly #pre: readonly ReadonlyMap<string, number>[];
  readonly #post: readonly ReadonlyMap<string, number>[];

  constructor(
    { from, to }: Pick<MappedProjection, 'from' | 'to'>,
    { populations }: Pick<MappedNetwork, 'populations'>,
  ) {
    this.#pre = namesOf('pre', from, populations);
    this.#post = namesOf('post', to, populations);
  }

  /** Value of an expression for the synapse of two neurons; conditions are 0 or 1, unknown names not a number. */
  evaluate(expression: Expression, pre: number, post: number): number {
    const [before, behind] = [this.#pre[pre], this.#post[post]];
    return evaluate(expression, (name) => before?.get(name) ?? behind?.get(name) ?? NaN);
  }
}

function namesOf(
  side: 'pre' | 'post',
  { population, first, count }: NeuronRange,
  populations: readonly MappedPopulation[],
): readonly ReadonlyMap<string, number>[] {
  const found = populations[population];
  const isWhole = found?.size === count;
  return Array.from({ length: count }, (_, index) => {
    const names = new Map([[`${side}.index`, index]]);
    if (!found || !isWhole) return names;
    const indices = gridIndices(found.shape, first + index);
    for (const [axis, name] of (INDEX_NAMES[found.shape.length] ?? []).entries())
      names.set(`${side}.${name}`, indices[axis] ?? 0);
    const { spacing } = found.settings;
    if (spacing === undefined) return names;
    const [row = 0, column = 0] = found.shape.length === 1 ? [0, ...indices] : indices.slice(-2);
    return names.set(`${side}.x`, column * spacing).set(`${side}.y`, row * spacing);
  });
}

/** Indices along the sides of a grid, the last one fastest. */
function gridIndices(shape: readonly number[], index: number): readonly number[] {
  let rest = index;
  return shape
    .toReversed()
    .map((size) => {
      const at = rest % size;
      rest = Math.floor(rest / size);
      return at;
    })
    .toReversed();
}
