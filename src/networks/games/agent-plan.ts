/** Which parts of a mapped network make up an agent; refuses other forms. */
import type { MappedNetwork, MappedPopulation, MappedProjection } from '../../ir/mapped-network.js';
import { checkPlainPopulation, commonRule, ruleOf } from '../recurrent/checked-parts.js';
import type { FastPart, GradientRule } from '../recurrent/fast-weight-rule.js';
import { notRunnable } from '../study-fault.js';
import type { MapShape } from './active-map.js';
import type { AgentSetup } from './agent-model.js';
import type { Game } from './game.js';
import type { SparseWindow } from './sparse-convolution.js';

/**
 * Sizes and rule of the agent that plays `game`, which the experiment calls `name`; throws a `StudyFault` for
 * networks that are not a screen of `rates`, convolutions to `relu`, a recurrent layer of `tanh`, and behind it a
 * `softmax` of actions and one `linear` neuron that estimates rewards, all of them numbers of the host.
 */
export function planAgent(
  network: MappedNetwork,
  name: string,
  game: Pick<Game, 'actions' | 'screen'>,
): Omit<AgentSetup, 'seed'> {
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
  checkFit({ screen: populations[screen], choice: populations[choice], estimate: populations[estimate] }, name, game);
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
  return {
    screen: gridOf(populations[screen]),
    windows,
    units: populations[layer]?.size ?? 0,
    actions: game.actions,
    inputLength: fast.norm.of === 'inputs' ? fast.norm.length : 0,
    decay: fast.decay,
    gain: fast.gain,
  };
}

type AgentEnds = Readonly<Record<'screen' | 'choice' | 'estimate', MappedPopulation | undefined>>;

/** Refuses populations of other sizes than those of what the agent sees and does. */
function checkFit({ screen, choice, estimate }: AgentEnds, name: string, game: Pick<Game, 'actions' | 'screen'>): void {
  const refuse = (population: MappedPopulation | undefined, reason: string): never =>
    notRunnable(`\`${population?.name ?? ''}\``, reason, population?.origin);
  const sides = ({ channels, rows, columns }: MapShape): string => `[${[channels, rows, columns].join(', ')}]`;
  const { shape } = game.screen;
  if (sides(gridOf(screen)) !== sides(shape)) refuse(screen, `the screen of \`${name}\` is ${sides(shape)}`);
  const actions = choice?.size ?? 0;
  if (actions !== game.actions) {
    refuse(choice, `\`${name}\` has ${String(game.actions)} actions, not ${String(actions)}`);
  }
  if (estimate?.size !== 1) refuse(estimate, 'one neuron estimates rewards');
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
    checkPlainPopulation(populations[first]);
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

  /** Refuses a rule with a fast part. */
  plainRule(projection: MappedProjection): void {
    if (!ruleOf(projection).fast) return;
    notRunnable(`projection \`${projection.name}\``, 'its rule has a fast part', projection.origin);
  }

  /** The one rule of the layer. */
  fastRule(into: readonly MappedProjection[]): { readonly rule: GradientRule['rule']; readonly fast: FastPart } {
    const [projection] = into;
    const { rule, fast } = commonRule(into);
    return {
      rule,
      fast:
        fast ??
        notRunnable(`projection \`${projection?.name ?? ''}\``, 'its rule has no fast part', projection?.origin),
    };
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
    checkPlainPopulation(behind);
    this.#checkStart(projection);
    if (behind?.model !== 'relu') notRunnable(what, 'an agent has `relu` behind a convolution', origin);
    if (connectivity.kind !== 'convolution') return notRunnable(what, 'it is no convolution', origin);
    const { rows, columns, stride, padding } = connectivity;
    if (rows !== columns || padding !== 0) notRunnable(what, 'an agent has square windows without padding', origin);
    return { side: rows, stride, channels: gridOf(behind).channels };
  }

  #checkStart({ name, device, weights, delay, origin }: MappedProjection): void {
    const what = `projection \`${name}\``;
    if (device) notRunnable(what, 'the synapses of an agent are numbers of the host, without `on`', origin);
    if (weights) notRunnable(what, 'weights that are trained through time begin at random', origin);
    if (delay) notRunnable(what, 'the screen has no delay', origin);
  }
}
