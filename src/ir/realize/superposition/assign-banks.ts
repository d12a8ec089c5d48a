/**
 * Which side of an array plays the waveforms of the rules, and which lines play which. All cells of a line see the same
 * waveform of it, and a sampler only ever adds to what a waveform does: rules that differ along one side are told apart
 * by the waveforms of that side's lines, while the lines of the other side sample.
 */
import type { MappedNetwork, MappedProjection } from '../../mapped-network.js';
import { SynapseNames } from '../synapse-names.js';

/** Index of the rule that a synapse learns by; null where it learns by none, undefined where there is no synapse. */
export type RuleMap = (pre: number, post: number) => number | null | undefined;

export interface BankAssignment {
  readonly player: 'pre' | 'post';
  /** Rule of each neuron that plays, null for one that stays silent. */
  readonly rules: readonly (number | null)[];
  /** Whether each neuron of the other side samples. */
  readonly samples: readonly boolean[];
}

/** Which rule each synapse of `projection` learns by: the first whose condition holds. */
export function ruleMap(projection: MappedProjection, network: Pick<MappedNetwork, 'populations'>): RuleMap {
  const names = new SynapseNames(projection, network);
  const { connectivity, learning } = projection;
  return (pre, post) => {
    if (connectivity.kind === 'one-to-one' && pre !== post) return undefined;
    if (connectivity.kind === 'where' && names.evaluate(connectivity.condition, pre, post) === 0) return undefined;
    const found = learning.findIndex(({ condition }) => !condition || names.evaluate(condition, pre, post) !== 0);
    return found < 0 ? null : found;
  };
}

/** The assignment for so many neurons before and behind; undefined where rules differ along both sides. */
export function assignBanks(rules: RuleMap, pre: number, post: number): BankAssignment | undefined {
  return assignTo('pre', pre, post, rules) ?? assignTo('post', post, pre, (player, sampler) => rules(sampler, player));
}

function assignTo(
  player: BankAssignment['player'],
  players: number,
  samplers: number,
  ruleOf: RuleMap,
): BankAssignment | undefined {
  const rules: (number | null)[] = [];
  const samples = new Map<number, boolean>();
  for (let line = 0; line < players; line++) {
    const met = Array.from({ length: samplers }, (_, other) => ruleOf(line, other));
    const found = [...new Set(met)].filter((rule) => typeof rule === 'number');
    if (found.length > 1) return undefined;
    const [rule = null] = found;
    rules.push(rule);
    if (rule === null) continue;
    for (const [other, each] of met.entries()) {
      if (each === undefined) continue;
      if ((samples.get(other) ?? each === rule) !== (each === rule)) return undefined;
      samples.set(other, each === rule);
    }
  }
  return { player, rules, samples: Array.from({ length: samplers }, (_, other) => samples.get(other) ?? false) };
}
