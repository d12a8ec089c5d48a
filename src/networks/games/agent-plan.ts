/** Which parts of a mapped network make up an agent; refuses other forms. */
import type { MappedNetwork, MappedPopulation, MappedProjection } from '../../ir/mapped-network.js';
import type { GameData } from '../../ir/study.js';
import { gradientRuleOf, type FastPart, type GradientRule } from '../recurrent/fast-weight-rule.js';
import { notRunnable } from '../study-fault.js';
import type { MapShape } from './active-map.js';
import type { AgentSetup } from './agent-model.js';
import type { SparseWindow } from './sparse-convolution.js';

/** The parts of an agent's network. */
export interface AgentPlan {
  readonly setup: Omit<AgentSetup, 'seed'>;
  /** From the last map, and from the layer to itself. */
  readonly into: readonly [MappedProjection, MappedProjection];
  readonly rule: GradientRule['rule'];
  readonly fast: FastPart;
}

/**
 * The plan; throws a `StudyFault` for networks that are not a screen of `rates`, convolutions to `relu`, a recurrent
 * layer of `tanh`, and behind it a `softmax` of actions and one `linear` neuron that estimates rewards.
 */
export function planAgent(network: MappedNetwork, game: GameData, actions: number): AgentPlan {
  const { populations, study } = network;
  const finder = new PartFinder(network);
  const screen = finder.population('rates');
  const { windows, last } = finder.windows(screen);
  const layer = finder.population('tanh');
  const [choice, estimate] = [finder.population('softmax'), finder.population('linear')];
  const into = [finder.between(last, layer, 'dense'), finder.between(layer, layer, 'all-to-all')] as const;
  const behind = [finder.between(layer, choice, 'dense'), finder.between(layer, estimate, 'dense')];
  finder.refuseOthers();
  for (const projection of behind) finder.plainRule(projection);
  const sizeOf = (index: number): number => populations[index]?.size ?? 0;
  if (sizeOf(choice) !== actions) {
    const text = `\`${game.name}\` has ${String(actions)} actions, not ${String(sizeOf(choice))}`;
    notRunnable(`\`${populations[choice]?.name ?? ''}\``, text, populations[choice]?.origin);
  }
  if (sizeOf(estimate) !== 1) notRunnable(`\`${populations[estimate]?.name ?? ''}\``, 'one neuron estimates rewards', populations[estimate]?.origin); // prettier-ignore
  const { rule, fast } = finder.fastRule(into);
  if (fast.norm.of === 'weights') {
    notRunnable(
      `rule \`${rule.name}\``,
      'agents scale inputs, not weights: a norm of weights visits all of them',
      study.origin,
    );
  }
  for (const { parameter } of [fast.decay, fast.gain]) {
    if (parameter && parameter.per !== 'synapse') notRunnable(`rule \`${rule.name}\``, `an agent takes \`${parameter.name}\` per synapse`, study.origin); // prettier-ignore
  }
  const setup = {
    screen: gridOf(populations[screen]),
    windows,
    units: sizeOf(layer),
    actions,
    inputLength: fast.norm.of === 'inputs' ? fast.norm.length : 0,
    decay: fast.decay,
    gain: fast.gain,
  };
  return { setup, into, rule, fast };
}

function gridOf(population: MappedPopulation | undefined): MapShape {
  const [columns = 1, rows = 1, channels = 1] = (population?.shape ?? []).toReversed();
  return { rows, columns, channels };
}

/** Finds parts and remembers which have been found. */
class PartFinder {
  readonly #network: MappedNetwork;
  readonly #used = new Set<MappedProjection>();

  constructor(network: MappedNetwork) {
    this.#network = network;
  }

  /** The one population of a model. */
  population(model: MappedPopulation['model']): number {
    const { populations, study } = this.#network;
    const found = [...populations.keys()].filter((index) => populations[index]?.model === model);
    const [first] = found;
    if (first === undefined || found.length > 1) {
      const form = 'an agent is `rates`, convolutions to `relu`, `tanh`, and `softmax` beside `linear` behind it';
      return notRunnable(`\`${study.network}\``, form, study.origin);
    }
    checkSettings(populations[first]);
    return first;
  }

  /** Convolutions one behind the other from `screen` on, and the population behind the last. */
  windows(screen: number): { readonly windows: readonly SparseWindow[]; readonly last: number } {
    const windows: SparseWindow[] = [];
    let last = screen;
    for (let next = this.#convolutionFrom(last); next; next = this.#convolutionFrom(last)) {
      windows.push(this.#windowOf(next));
      this.plainRule(next);
      this.#used.add(next);
      last = next.to.population;
    }
    return { windows, last };
  }

  between(from: number, to: number, kind: 'dense' | 'all-to-all'): MappedProjection {
    const { projections, populations, study } = this.#network;
    const found = projections.find((one) => one.from.population === from && one.to.population === to);
    const names = [from, to].map((index) => `\`${populations[index]?.name ?? ''}\``).join(' to ');
    if (!found) return notRunnable(`\`${study.network}\``, `a projection from ${names} is missing`, study.origin);
    const isWhole = [found.from, found.to].every(({ population, count }) => count === populations[population]?.size);
    if (found.connectivity.kind !== kind || !isWhole) {
      notRunnable(
        `projection \`${found.name}\``,
        `an agent has it \`${kind}\` between whole populations`,
        found.origin,
      );
    }
    this.#checkStart(found);
    this.#used.add(found);
    return found;
  }

  refuseOthers(): void {
    const other = this.#network.projections.find((projection) => !this.#used.has(projection));
    if (other) notRunnable(`projection \`${other.name}\``, 'an agent has no place for it', other.origin);
  }

  /** Refuses a rule with a fast part, and devices where they are not computed with. */
  plainRule(projection: MappedProjection): void {
    const what = `projection \`${projection.name}\``;
    if (ruleOf(projection).fast) notRunnable(what, 'its rule has a fast part', projection.origin);
    if (projection.device)
      notRunnable(what, "of an agent, the layer's synapses alone are on devices", projection.origin);
  }

  /** The one rule of the layer. */
  fastRule(into: readonly MappedProjection[]): { readonly rule: GradientRule['rule']; readonly fast: FastPart } {
    const [first, second] = into.map(ruleOf);
    const [projection, other] = into;
    const shown = (rule: GradientRule | undefined): string => JSON.stringify([rule?.rule.name, rule?.rule.parameters]);
    if (shown(first) !== shown(second)) {
      notRunnable(`projection \`${other?.name ?? ''}\``, 'its rule is not that of the other input', other?.origin);
    }
    if (!first?.fast) {
      return notRunnable(`projection \`${projection?.name ?? ''}\``, 'its rule has no fast part', projection?.origin);
    }
    return { rule: first.rule, fast: first.fast };
  }

  #convolutionFrom(from: number): MappedProjection | undefined {
    return this.#network.projections.find(
      (one) => one.from.population === from && one.connectivity.kind === 'convolution',
    );
  }

  #windowOf(projection: MappedProjection): SparseWindow {
    const { connectivity, name, to, origin } = projection;
    const what = `projection \`${name}\``;
    const behind = this.#network.populations[to.population];
    checkSettings(behind);
    this.#checkStart(projection);
    if (behind?.model !== 'relu') notRunnable(what, 'an agent has `relu` behind a convolution', origin);
    if (connectivity.kind !== 'convolution') return notRunnable(what, 'it is no convolution', origin);
    const { rows, columns, stride, padding } = connectivity;
    if (rows !== columns || padding !== 0) notRunnable(what, 'an agent has square windows without padding', origin);
    return { side: rows, stride, channels: gridOf(behind).channels };
  }

  #checkStart({ name, weights, delay, origin }: MappedProjection): void {
    const what = `projection \`${name}\``;
    if (weights) notRunnable(what, 'weights that are trained through time begin at random', origin);
    if (delay) notRunnable(what, 'the screen has no delay', origin);
  }
}

function ruleOf(projection: MappedProjection): GradientRule {
  const [first, second] = projection.learning;
  const what = `projection \`${projection.name}\``;
  if (!first || second) return notRunnable(what, 'it does not learn by one rule', projection.origin);
  const found = gradientRuleOf(first);
  return 'reason' in found ? notRunnable(what, found.reason, projection.origin) : found;
}

/** Settings under which a population is the function that its model is named by. */
function checkSettings(population: MappedPopulation | undefined): void {
  const { gain = 1, normalize = 0, temperature = 1, noise = 0, batchNorm } = population?.settings ?? {};
  if (gain === 1 && normalize === 0 && temperature === 1 && noise === 0 && batchNorm === undefined) return;
  notRunnable(`\`${population?.name ?? ''}\``, 'its settings are not trained through time', population?.origin);
}
