/** From names in an experiment to the neurons that they mean. */
import type { Span } from '../../../core/span.js';
import type { Endpoint, Network, NeuronModel, PathStep } from '../../../ir/graph.js';
import { DSL_CATALOGUE } from '../../catalogue.js';
import { sizeOf, type Shape } from '../../network/grid.js';
import type { EndpointNode } from '../../syntax/shared.js';
import { resolvePlace } from '../resolve-place.js';
import { moduleOf, type StudiedNetwork, type StudyContext } from './studied-network.js';

/** Neurons of one population or port. */
export interface Neurons {
  /** As written, without indices. */
  readonly name: string;
  readonly model: NeuronModel;
  readonly shape: Shape;
  /** Distance of neighbours in the grid [m]. */
  readonly spacing?: number;
  /** Whether an index chose some of the neurons. */
  readonly isPart: boolean;
}

/** How many neurons are meant. */
export function countOf({ shape }: Neurons): number {
  return sizeOf(shape);
}

/** The neurons at the end of a path with indices, and the path itself; undefined after reporting. */
export function findNeurons(
  node: EndpointNode,
  context: StudyContext,
): (Neurons & { readonly endpoint: Endpoint }) | undefined {
  const place = resolvePlace(node, 'inside', { ...context, parts: context.network.parts, loops: [] });
  return place && { ...place, name: node.path.map(({ name }) => name.name).join('.') };
}

/** The neurons that names with dots lead to, without any index; undefined where there are none. */
export function findByName(names: readonly string[], at: Network, network: StudiedNetwork): Neurons | undefined {
  const [first = '', ...others] = names;
  if (others.length === 0) return neuronsOf(first, at, network);
  const instance = at.instances.find(({ name }) => name === first);
  const module = instance && moduleOf(instance, network);
  return module && findByName(others, module, network);
}

/** The neurons at the end of a path of the IR. */
export function neuronsOfPath(path: readonly PathStep[], at: Network, network: StudiedNetwork): Neurons | undefined {
  const names = path.map(({ name }) => name);
  const neurons = findByName(names, at, network);
  return neurons && { ...neurons, isPart: path.at(-1)?.index !== undefined };
}

/** A population, an input or an output of `at`, whole. */
function neuronsOf(name: string, at: Network, network: StudiedNetwork): Neurons | undefined {
  const population = at.populations.find((candidate) => candidate.name === name);
  const source = population ?? at.inputs.find((candidate) => candidate.name === name);
  if (source) {
    const spacing = population?.settings.find((setting) => setting.name === 'spacing')?.value;
    const { model, shape } = source;
    return { name, model, shape, ...(spacing !== undefined && { spacing }), isPart: false };
  }
  const output = at.outputs.find((candidate) => candidate.name === name);
  const neurons = output && neuronsOfPath(output.source.path, at, network);
  return neurons && { ...neurons, name };
}

/** Says that a name cannot stand where it does. */
export function reportNoPlace(
  name: string,
  reason: string,
  span: Span,
  { diagnostics }: Pick<StudyContext, 'diagnostics'>,
): void {
  diagnostics.report(DSL_CATALOGUE, 'no-place', { name, reason }, { span });
}
