/** Which model of the language a neuron of NIR is, and which setting each of its fields. */
import { arrayOf, type NirNode } from './graph.js';
import type { NodeType } from './node-types.js';
import type { PlannedSetting } from './plan.js';

/** How numbers of a field become those of a setting: as they are, as times, or as inputs per time. */
type Scaling = 'plain' | 'time' | 'rate';

interface ModelRule {
  readonly model: string;
  /** Setting and scaling by field. */
  readonly fields: Readonly<Record<string, readonly [setting: string, scaling: Scaling]>>;
}

const FIRING = { v_threshold: ['threshold', 'plain'], v_reset: ['reset', 'plain'] } as const;
const LEAK = { v_leak: ['rest', 'plain'] } as const;
const CURRENT = {
  tau_mem: ['tau', 'time'],
  tau_syn: ['tauSynapse', 'time'],
  ...LEAK,
  w_in: ['gain', 'plain'],
  r: ['resistance', 'plain'],
} as const;

/** Models by node type; both sides compute the same equations. */
export const NEURON_MODEL_RULES = {
  Threshold: { model: 'threshold', fields: { threshold: ['threshold', 'plain'] } },
  I: { model: 'integrator', fields: { r: ['gain', 'rate'] } },
  IF: { model: 'integrateFire', fields: { ...FIRING, r: ['gain', 'rate'] } },
  LI: { model: 'leakyIntegrator', fields: { tau: ['tau', 'time'], ...LEAK, r: ['gain', 'plain'] } },
  LIF: { model: 'lif', fields: { tau: ['tau', 'time'], ...LEAK, ...FIRING, r: ['gain', 'plain'] } },
  CubaLI: { model: 'cubaLeakyIntegrator', fields: CURRENT },
  CubaLIF: { model: 'cubaLif', fields: { ...CURRENT, ...FIRING } },
} as const satisfies Partial<Record<NodeType, ModelRule>>;

export type NeuronType = keyof typeof NEURON_MODEL_RULES;

export function ruleOf(type: NodeType): ModelRule | undefined {
  return Object.hasOwn(NEURON_MODEL_RULES, type) ? NEURON_MODEL_RULES[type as NeuronType] : undefined;
}

/** Values that need not be written: the defaults of the language. */
const DEFAULTS: Readonly<Record<string, number>> = { rest: 0, reset: 0, gain: 1, resistance: 1 };

const UNITS = { plain: '1', time: 's', rate: 'Hz' } as const;

/** Settings of the population that a neuron becomes; `seconds` is the file's unit of time [s]. */
export function settingsOf(node: NirNode, seconds: number): readonly PlannedSetting[] {
  const rule = ruleOf(node.type);
  return Object.entries(rule?.fields ?? {}).flatMap(([field, [name, scaling]]): PlannedSetting[] => {
    const array = arrayOf(node, field);
    if (!array) return [];
    const factor = { plain: 1, time: seconds, rate: 1 / seconds }[scaling];
    // A product of doubles that were decimals is written with the digits of a decimal
    const values = factor === 1 ? array.values : array.values.map((value) => Number((value * factor).toPrecision(15)));
    const [first] = values;
    const isShared = values.every((value) => value === first);
    if (isShared && first === DEFAULTS[name] && scaling === 'plain') return [];
    return [{ name, unit: UNITS[scaling], values, isShared }];
  });
}
