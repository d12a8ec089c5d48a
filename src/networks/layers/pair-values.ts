/** What equations over pairs of neurons see: indices, places in the grid and positions of both sides. */
import type { MappedNetwork, MappedProjection, NeuronRange } from '../../ir/mapped-network.js';

/** Values of the names of a neuron by its index in the range of its projection. */
export type SideValues = (index: number) => ReadonlyMap<string, number>;

/** The two sides of a projection; names begin with `pre.` and `post.`. */
export function pairValues(
  { from, to }: Pick<MappedProjection, 'from' | 'to'>,
  network: Pick<MappedNetwork, 'populations'>,
): { readonly pre: SideValues; readonly post: SideValues } {
  return { pre: sideValues('pre', from, network), post: sideValues('post', to, network) };
}

function sideValues(
  which: 'pre' | 'post',
  { population, count }: NeuronRange,
  { populations }: Pick<MappedNetwork, 'populations'>,
): SideValues {
  const found = populations[population];
  const shape = found?.shape ?? [];
  // A part of a population is a list of its own
  const isWhole = found !== undefined && count === found.size;
  const rank = isWhole ? shape.length : 1;
  const { spacing } = found?.settings ?? {};
  const width = rank > 1 ? (shape.at(-1) ?? 1) : 1;
  const height = rank > 1 ? (shape.at(-2) ?? 1) : 1;
  return (index) => {
    const values = new Map([[`${which}.index`, index]]);
    const column = rank > 1 ? index % width : index;
    const row = rank > 1 ? Math.floor(index / width) % height : 0;
    if (rank > 1) values.set(`${which}.row`, row).set(`${which}.column`, column);
    if (rank > 2) values.set(`${which}.channel`, Math.floor(index / (width * height)));
    if (isWhole && spacing !== undefined) values.set(`${which}.x`, column * spacing).set(`${which}.y`, row * spacing);
    return values;
  };
}
