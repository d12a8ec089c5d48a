/** What can be recorded of a network and reasoned about: signals of populations and projections. */
import { nearestName } from '../../../core/nearest.js';
import type { Network, NeuronModel, Projection } from '../../../ir/graph.js';
import { DIMENSIONLESS, type Dimension } from '../../../units/dimension.js';
import { parseUnit } from '../../../units/unit.js';
import { DSL_CATALOGUE } from '../../catalogue.js';
import { DIMENSION } from '../../check/dimensions.js';
import type { Side } from '../../network/pair-scope.js';
import { NEURONS } from '../../network/neuron-models.js';
import type { Identifier } from '../../syntax/nodes.js';
import { isLeftOut } from './left-out.js';
import { findByName, neuronsOfPath, type Neurons } from './find-place.js';
import { moduleOf, projectionsOf, type StudiedNetwork, type StudyContext } from './studied-network.js';

/** A quantity with a value for every neuron or synapse and every moment. */
export interface Signal {
  /** With dots, as written. */
  readonly name: string;
  readonly dimension: Dimension;
  /** The neurons before and behind, where it belongs to synapses. */
  readonly sides?: { readonly pre: Side; readonly post: Side };
}

/** Signals of populations that send spikes, and of those that send values. */
const POPULATION_SIGNALS: Readonly<Record<'spikes' | 'values', Readonly<Record<string, Dimension>>>> = {
  spikes: { spikes: DIMENSION.spikes, rate: DIMENSION.frequency },
  values: { value: DIMENSION.none },
};

/** Signals that only some models have. */
const MODEL_SIGNALS: Readonly<Partial<Record<NeuronModel, Readonly<Record<string, Dimension>>>>> = {
  lif: { potential: DIMENSION.none },
  cubaLif: { potential: DIMENSION.none, current: DIMENSION.none },
  integrateFire: { potential: DIMENSION.none },
};

/** The signal called `name`; undefined after reporting, here or where the part that it belongs to is declared. */
export function findSignal({ name, span }: Identifier, context: StudyContext): Signal | undefined {
  if (isLeftOut(name, context.network)) return undefined;
  const found = lookUpSignal(name, context.network);
  if (found.signal) return found.signal;
  const path = name.split('.').slice(0, -1);
  const candidates = found.known.map((known) => [...path, known].join('.'));
  const hint = candidates.length > 0 ? `there are ${candidates.map((known) => `\`${known}\``).join(', ')}` : undefined;
  context.diagnostics.report(
    DSL_CATALOGUE,
    'unknown-name',
    () => ({ what: 'signal', name, nearest: nearestName(name, candidates), hint: hint ?? HINT }),
    { span },
  );
  return undefined;
}

const HINT = 'signals belong to a population or a named projection: `hidden.spikes`, `first.w`';

/** A signal, or those that could have been meant. */
export function lookUpSignal(
  name: string,
  network: StudiedNetwork,
): { readonly signal?: Signal; readonly known: readonly string[] } {
  const parts = name.split('.');
  const [owner, last = ''] = [parts.slice(0, -1), parts.at(-1)];
  const neurons = owner.length > 0 ? findByName(owner, network.root, network) : undefined;
  if (neurons) return chosenOf({ name, last }, signalsOfNeurons(neurons));
  const found = findProjection(owner, network.root, network);
  if (!found) return { known: [] };
  const sides = sidesOf(found.projection, found.at, network);
  return chosenOf({ name, last }, signalsOfProjection(found.projection, network), sides);
}

function chosenOf(
  { name, last }: { readonly name: string; readonly last: string },
  signals: ReadonlyMap<string, Dimension>,
  sides?: Signal['sides'],
): { readonly signal?: Signal; readonly known: readonly string[] } {
  const dimension = signals.get(last);
  const known = [...signals.keys()];
  return dimension ? { signal: { name, dimension, ...(sides && { sides }) }, known } : { known };
}

function signalsOfNeurons({ model }: Neurons): ReadonlyMap<string, Dimension> {
  const shared = POPULATION_SIGNALS[NEURONS[model].signal];
  return new Map(Object.entries({ ...shared, ...MODEL_SIGNALS[model] }));
}

/** Weight `w` and its change `dw`, traces of the rules, and the states of the device. */
function signalsOfProjection({ learning, device, encoding }: Projection, { rules, devices }: StudiedNetwork) {
  const signals = new Map<string, Dimension>();
  const model = device === undefined ? undefined : devices.get(device);
  for (const state of model?.states ?? []) signals.set(state.name, dimensionOfUnit(state.unit.symbol));
  const used = learning.flatMap(({ rule }) => rules.get(rule) ?? []);
  for (const { rule } of used)
    for (const trace of rule.traces) signals.set(trace.name, dimensionOfUnit(trace.unit.symbol));
  const stored = model && !encoding ? DIMENSION.conductance : DIMENSION.none;
  const weight = used[0]?.weight ?? stored;
  return signals.set('w', weight).set('dw', weight);
}

function findProjection(
  names: readonly string[],
  at: Network,
  network: StudiedNetwork,
): { readonly projection: Projection; readonly at: Network } | undefined {
  const [first = '', ...others] = names;
  if (others.length === 0) {
    for (const projection of projectionsOf(at.wiring)) if (projection.name === first) return { projection, at };
    return undefined;
  }
  const instance = at.instances.find(({ name }) => name === first);
  const module = instance && moduleOf(instance, network);
  return module && findProjection(others, module, network);
}

function sidesOf({ from, to }: Projection, at: Network, network: StudiedNetwork): Signal['sides'] {
  const [pre, post] = [neuronsOfPath(from.path, at, network), neuronsOfPath(to.path, at, network)];
  return pre && post && { pre, post };
}

/** The dimension of a unit that the front end has written into the IR. */
export function dimensionOfUnit(symbol: string): Dimension {
  return parseUnit(symbol)?.dimension ?? DIMENSIONLESS;
}
