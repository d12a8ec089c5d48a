/** Which projections of a mapped network make up a layer with fast weights and its readout; refuses other forms. */
import type { Span } from '../../core/span.js';
import type { MappedNetwork, MappedPopulation, MappedProjection } from '../../ir/mapped-network.js';
import { notRunnable } from '../study-fault.js';
import { gradientRuleOf, isTrainedByGradient, type FastPart, type GradientRule } from './fast-weight-rule.js';
import type { SequenceModelSetup } from './sequence-model.js';

/** The parts of the network. */
export interface SequencePlan {
  readonly sizes: Pick<SequenceModelSetup, 'inputs' | 'units' | 'classes' | 'isRecurrent'>;
  readonly output: { readonly name: string; readonly model: 'softmax'; readonly size: number };
  /** From the inputs, and where there is one from the layer to itself. */
  readonly into: readonly MappedProjection[];
  readonly rule: GradientRule['rule'];
  readonly fast?: FastPart;
  readonly origin: Span;
}

/** Whether parameters of the network are found by gradient through time. */
export function isTrainedThroughTime({ projections }: MappedNetwork): boolean {
  return projections.some(({ learning: [first] }) => first && isTrainedByGradient(first.rule));
}

/** The plan; throws a `StudyFault` for networks that are not inputs, a layer of `tanh`, and `softmax` behind it. */
export function planSequences(network: MappedNetwork): SequencePlan {
  const { populations, projections, study } = network;
  const find = (model: MappedPopulation['model']): number => {
    const found = populations.findIndex((population) => population.model === model);
    if (found < 0 || populations.length !== 3) {
      notRunnable(
        `\`${study.network}\``,
        'sequences are learnt by `rates`, `tanh` and `softmax` behind each other',
        study.origin,
      );
    }
    return found;
  };
  const [before, layer, behind] = [find('rates'), find('tanh'), find('softmax')];
  const [input, ownInput, readout, other] = [
    between(projections, before, layer),
    between(projections, layer, layer),
    between(projections, layer, behind),
    projections.find(
      ({ to, from }) => to.population === before || (from.population === before && to.population === behind),
    ),
  ];
  if (other) notRunnable(`projection \`${other.name}\``, 'it goes around the layer of `tanh`', other.origin);
  if (!input || !readout) return notRunnable(`\`${study.network}\``, 'a projection is missing', study.origin);
  const into = ownInput ? [input, ownInput] : [input];
  checkWiring([input, readout], 'dense', network);
  if (ownInput) checkWiring([ownInput], 'all-to-all', network);
  const { rule, fast } = commonRule(into);
  if (ruleOf(readout).fast) notRunnable(`projection \`${readout.name}\``, 'its rule has a fast part', readout.origin);
  const sizeOf = (index: number): number => populations[index]?.size ?? 0;
  const output = { name: populations[behind]?.name ?? '', model: 'softmax' as const, size: sizeOf(behind) };
  for (const population of [before, layer, behind]) checkPopulation(populations[population]);
  return {
    sizes: {
      inputs: sizeOf(before),
      units: sizeOf(layer),
      classes: sizeOf(behind),
      isRecurrent: ownInput !== undefined,
    },
    output,
    into,
    rule,
    ...(fast && { fast }),
    origin: study.origin,
  };
}

function between(projections: readonly MappedProjection[], from: number, to: number): MappedProjection | undefined {
  const found = projections.filter((one) => one.from.population === from && one.to.population === to);
  const [first, second] = found;
  if (second) notRunnable(`projection \`${second.name}\``, `it stands beside \`${first?.name ?? ''}\``, second.origin);
  return first;
}

/** Whole populations, connected in the one way that is trained, with weights that training begins with by itself. */
function checkWiring(
  projections: readonly MappedProjection[],
  kind: 'dense' | 'all-to-all',
  { populations }: MappedNetwork,
): void {
  for (const { name, connectivity, from, to, weights, delay, origin } of projections) {
    const isWhole = [from, to].every(({ population, count }) => count === populations[population]?.size);
    if (connectivity.kind !== kind || !isWhole) {
      notRunnable(
        `projection \`${name}\``,
        `fast weights are trained where it is \`${kind}\` between whole populations`,
        origin,
      );
    }
    if (weights) notRunnable(`projection \`${name}\``, 'weights that are trained through time begin at random', origin);
    if (delay) notRunnable(`projection \`${name}\``, 'samples have no delay', origin);
  }
}

/** Settings under which a population is the function that its model is named by. */
function checkPopulation(population: MappedPopulation | undefined): void {
  const { gain = 1, normalize = 0, temperature = 1, noise = 0, batchNorm } = population?.settings ?? {};
  if (gain === 1 && normalize === 0 && temperature === 1 && noise === 0 && batchNorm === undefined) return;
  notRunnable(`\`${population?.name ?? ''}\``, 'its settings are not trained through time', population?.origin);
}

function ruleOf(projection: MappedProjection): GradientRule {
  const [first, second] = projection.learning;
  const what = `projection \`${projection.name}\``;
  if (!first || second) return notRunnable(what, 'it does not learn by one rule', projection.origin);
  const found = gradientRuleOf(first);
  return 'reason' in found ? notRunnable(what, found.reason, projection.origin) : found;
}

/** The rule of all projections into the layer: of one name, with equal parameters. */
function commonRule(projections: readonly MappedProjection[]): GradientRule {
  const [first, ...others] = projections.map(ruleOf);
  const [, second] = projections;
  if (!first) throw new RangeError('a layer has inputs');
  const shown = ({ rule }: GradientRule): string => JSON.stringify([rule.name, rule.parameters]);
  if (others.some((other) => shown(other) !== shown(first))) {
    notRunnable(`projection \`${second?.name ?? ''}\``, 'its rule is not that of the other input', second?.origin);
  }
  return first;
}
