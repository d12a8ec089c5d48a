/** Which projections of a mapped network make up layers that are trained through time, one behind the other. */
import type { Span } from '../../core/span.js';
import type { MappedNetwork, MappedPopulation, MappedProjection } from '../../ir/mapped-network.js';
import { notRunnable } from '../study-fault.js';
import { checkPlainPopulation, commonRule, ruleOf } from './checked-parts.js';
import { isTrainedByGradient, type FastPart, type GradientRule } from './fast-weight-rule.js';
import type { ModelLayerSetup } from './model-layer.js';
import { SEQUENCE_ACTIVATIONS, type SequenceActivation } from './sequence-activation.js';
import type { SequenceOutput } from './sequence-loss.js';

/** A layer with the projections into it. */
export interface LayerPlan {
  readonly setup: ModelLayerSetup;
  /** Values that reach it from before, its own not among them. */
  readonly inputs: number;
  /** From the layer before, and where there is one from the layer to itself. */
  readonly into: readonly MappedProjection[];
  readonly rule: GradientRule['rule'];
  readonly fast?: FastPart;
}

/** The parts of the network. */
export interface SequencePlan {
  readonly inputs: number;
  readonly layers: readonly LayerPlan[];
  readonly output: SequenceOutput;
  readonly origin: Span;
}

/** Whether parameters of the network are found by gradient through time. */
export function isTrainedThroughTime({ projections }: MappedNetwork): boolean {
  return projections.some(({ learning: [first] }) => first && isTrainedByGradient(first.rule));
}

/**
 * The plan; throws a `StudyFault` for networks that are not inputs, layers one behind the other, each perhaps with a
 * projection to itself, and a population that answers.
 */
export function planSequences(network: MappedNetwork): SequencePlan {
  const { populations, projections, study } = network;
  const chain = chainOf(network);
  const [first, ...others] = chain;
  const last = others.at(-1);
  const [before, output] = [populations[first ?? -1], populations[last ?? -1]];
  if (!before || !output || others.length < 2) {
    return notRunnable(`\`${study.network}\``, 'no layer lies between its inputs and its answers', study.origin);
  }
  for (const index of chain) checkPlainPopulation(populations[index]);
  const used = new Set<MappedProjection>();
  const layers = others.slice(0, -1).map((at, index) => layerOf(network, chain[index] ?? -1, at, used));
  const readout = projections.find((one) => one.to.population === last && !used.has(one));
  if (!readout) return notRunnable(`\`${study.network}\``, 'a projection is missing', study.origin);
  used.add(readout);
  checkWiring(readout, 'dense', network);
  if (ruleOf(readout).fast) notRunnable(`projection \`${readout.name}\``, 'its rule has a fast part', readout.origin);
  checkHost(readout);
  const other = projections.find((one) => !used.has(one));
  if (other) {
    const reason = 'layers that are trained through time stand one behind the other, each with itself at most';
    notRunnable(`projection \`${other.name}\``, reason, other.origin);
  }
  return {
    inputs: before.size,
    layers,
    output: { name: output.name, model: outputModelOf(output), size: output.size },
    origin: study.origin,
  };
}

/** Indices of the populations from the inputs to the answers: each is behind the one before. */
function chainOf({ populations, projections, study }: MappedNetwork): readonly number[] {
  const inputs = populations.flatMap(({ model }, index) => (model === 'rates' ? [index] : []));
  const [first, second] = inputs;
  const what = `\`${study.network}\``;
  if (first === undefined) return notRunnable(what, 'sequences need inputs, a population of `rates`', study.origin);
  if (second !== undefined) {
    const { name = '', origin = study.origin } = populations[second] ?? {};
    return notRunnable(`\`${name}\``, 'sequences reach one population of `rates`', origin);
  }
  const chain = [first];
  for (let at = first; ;) {
    const next = projections.find(({ from, to }) => from.population === at && !chain.includes(to.population));
    if (!next) break;
    at = next.to.population;
    chain.push(at);
  }
  const left = populations.find((_, index) => !chain.includes(index));
  if (left) notRunnable(`\`${left.name}\``, 'it does not stand behind the other layers', left.origin);
  return chain;
}

function layerOf(network: MappedNetwork, before: number, at: number, used: Set<MappedProjection>): LayerPlan {
  const { populations, projections, study } = network;
  const population = populations[at];
  const input = between(projections, before, at);
  const own = between(projections, at, at);
  if (!population || !input) return notRunnable(`\`${study.network}\``, 'a projection is missing', study.origin);
  const into = own ? [input, own] : [input];
  checkWiring(input, 'dense', network);
  if (own) checkWiring(own, 'all-to-all', network);
  for (const projection of into) used.add(projection);
  const { rule, fast } = commonRule(into);
  if (!fast || rule.realization.method !== 'bias') into.forEach(checkHost);
  const setup = {
    ...{ name: population.name, units: population.size, activation: activationOf(population) },
    isRecurrent: own !== undefined,
    ...(fast && { fast }),
  };
  return { setup, inputs: populations[before]?.size ?? 0, into, rule, ...(fast && { fast }) };
}

function activationOf({ model, name, origin }: MappedPopulation): SequenceActivation {
  const found = SEQUENCE_ACTIVATIONS.find((activation) => activation === model);
  const reason = `\`${model}\` is not trained through time: ${SEQUENCE_ACTIVATIONS.join(', ')} are`;
  return found ?? notRunnable(`\`${name}\``, reason, origin);
}

function outputModelOf(population: MappedPopulation): SequenceOutput['model'] {
  return population.model === 'softmax' ? 'softmax' : activationOf(population);
}

function between(projections: readonly MappedProjection[], from: number, to: number): MappedProjection | undefined {
  const found = projections.filter((one) => one.from.population === from && one.to.population === to);
  const [first, second] = found;
  if (second) notRunnable(`projection \`${second.name}\``, `it stands beside \`${first?.name ?? ''}\``, second.origin);
  return first;
}

/** Whole populations, connected in the one way that is trained, with weights that training begins with by itself. */
function checkWiring(projection: MappedProjection, kind: 'dense' | 'all-to-all', { populations }: MappedNetwork): void {
  const { name, connectivity, from, to, weights, delay, origin } = projection;
  const isWhole = [from, to].every(({ population, count }) => count === populations[population]?.size);
  if (connectivity.kind !== kind || !isWhole) {
    const reason = `weights are trained through time where it is \`${kind}\` between whole populations`;
    notRunnable(`projection \`${name}\``, reason, origin);
  }
  if (weights) notRunnable(`projection \`${name}\``, 'weights that are trained through time begin at random', origin);
  if (delay) notRunnable(`projection \`${name}\``, 'samples have no delay', origin);
}

/** What no bias realizes are numbers of the host. */
function checkHost({ name, device, origin }: MappedProjection): void {
  if (!device) return;
  const reason = 'through time, devices take fast weights by `realize bias` alone; others are without `on`';
  notRunnable(`projection \`${name}\``, reason, origin);
}
