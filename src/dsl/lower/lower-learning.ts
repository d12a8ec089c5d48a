/** `learn`: which rule changes which synapses of a projection, with which parameters and third factors. */
import type { Learning, Modulation } from '../../ir/graph.js';
import { siSymbol } from '../../units/describe-dimension.js';
import type { Dimension } from '../../units/dimension.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkCondition } from '../check/check-condition.js';
import { checkQuantity } from '../check/check-constant.js';
import { DIMENSION } from '../check/dimensions.js';
import { overlay, type Binding, type Scope } from '../check/scope.js';
import { quantityType } from '../check/value-type.js';
import { NEURONS } from '../network/neuron-models.js';
import { checkSettings, reportOutside } from '../settings/check-settings.js';
import type { Setting } from '../settings/setting-table.js';
import type { LearnClause } from '../syntax/network.js';
import type { SettingClause } from '../syntax/shared.js';
import type { LoweredRule } from './lowering-context.js';
import type { NetworkParts, WiringContext } from './network-parts.js';

/** A `learn` clause with its rule. */
export interface RuleUse {
  readonly clause: LearnClause;
  readonly lowered: LoweredRule;
}

/** The rules of a projection that exist. */
export function findRules(clauses: readonly LearnClause[], context: WiringContext): RuleUse[] {
  return clauses.flatMap((clause) => {
    const lowered = context.find(clause.rule, 'rule');
    return lowered ? [{ clause, lowered }] : [];
  });
}

/** Stands for the condition of a rule that takes all synapses. */
const ALWAYS = 'always';

/** What the projection learns by; a synapse takes the first rule whose condition holds. */
export function lowerLearning(uses: readonly RuleUse[], pairs: Scope, context: WiringContext): Learning[] {
  const earlier = new Map<string, LearnClause>();
  return uses.map((use) => {
    const { clause, lowered } = use;
    const condition =
      clause.condition && checkCondition(clause.condition, 'condition of `learn`', { ...context, scope: pairs });
    // A condition with a reported mistake is like no other.
    const key = clause.condition && !condition ? undefined : JSON.stringify(condition ?? ALWAYS);
    const hides = earlier.get(JSON.stringify(ALWAYS)) ?? (key === undefined ? undefined : earlier.get(key));
    if (hides) {
      const related = [{ message: 'this one comes first', span: hides.span }];
      const reason = hides.condition
        ? 'its condition is that of a rule before it'
        : 'a rule before it takes all synapses';
      const params = { rule: lowered.rule.name, reason };
      context.diagnostics.report(DSL_CATALOGUE, 'unreachable-rule', params, { span: clause.rule.span, related });
    }
    if (key !== undefined && !earlier.has(key)) earlier.set(key, clause);
    return {
      rule: lowered.rule.name,
      ...(condition && { condition }),
      ...lowerSettings(use, context),
      origin: clause.span,
    };
  });
}

function lowerSettings(
  { clause, lowered }: RuleUse,
  context: WiringContext,
): Pick<Learning, 'settings' | 'modulations'> {
  const { rule, dimensions } = lowered;
  const constants = { ...context, scope: context.fixed };
  const modulators = new Set(rule.modulators.map(({ name }) => name));
  const isModulator = ({ name }: SettingClause) => modulators.has(name.name);
  const given = clause.settings?.clauses ?? [];
  const numbers = clause.settings && { ...clause.settings, clauses: given.filter((each) => !isModulator(each)) };
  const table = [...rule.parameters, ...rule.modulators].map(({ name, bounds }) =>
    settingOf(name, dimensions.get(name) ?? DIMENSION.none, bounds),
  );
  return {
    settings: checkSettings(numbers, { what: `rule \`${rule.name}\``, table }, constants),
    modulations: given.filter(isModulator).flatMap((each) => {
      const setting = table.find(({ name }) => name === each.name.name);
      return setting ? bindModulator(each, setting, constants) : [];
    }),
  };
}

function settingOf(
  name: string,
  dimension: Dimension,
  bounds: { readonly low: number; readonly high: number } | undefined,
): Setting {
  return { name, dimension, symbol: siSymbol(dimension), summary: '', ...bounds };
}

/** A third factor is a number, or follows what populations of the network send. */
function bindModulator({ name, value, span }: SettingClause, setting: Setting, context: WiringContext): Modulation[] {
  const what = `modulator \`${name.name}\``;
  const scope = overlay(context.scope, context.parts.signals);
  const { type, expression, constant } = checkQuantity(
    value,
    { what, dimension: setting.dimension },
    { ...context, scope },
  );
  if (type.kind === 'error') return [];
  if (constant !== undefined)
    reportOutside({ name: name.name, value: constant, origin: value.span }, { setting, what }, context);
  return [{ modulator: name.name, value: expression, origin: span }];
}

/** What populations send on average: `vta.rate` of those that fire, `critic.value` of the others. */
export function signalsOf({ populations, inputs }: Pick<NetworkParts, 'populations' | 'inputs'>): Map<string, Binding> {
  const signals = new Map<string, Binding>();
  for (const [name, neurons] of [...populations, ...inputs]) {
    if (!neurons) continue;
    const fires = NEURONS[neurons.model].signal === 'spikes';
    const signal = `${name}.${fires ? 'rate' : 'value'}`;
    const type = quantityType(fires ? DIMENSION.frequency : DIMENSION.none);
    signals.set(signal, { kind: 'value', type, expression: { kind: 'reference', name: signal } });
  }
  return signals;
}
