/** `realize pulses` of a rule at samples: how many pulses raise and lower a weight, as equations in one product. */
import type { Expression } from '../../devices/expression.js';
import { numeral, reference, referencesOf, dependsOn } from '../../devices/symbolic.js';
import { choose, evaluateWith, runStatements } from '../../devices/trains/handler-effect.js';
import type { MappedLearning } from '../../ir/mapped-network.js';

/** Names in the equations of {@link PulseRule}. */
export const PRODUCT = 'product';
export const WEIGHT = 'weight';

/** Numbers of pulses of one step. */
export interface PulseRule {
  /** In {@link PRODUCT} and {@link WEIGHT}. */
  readonly up: Expression;
  readonly down: Expression;
  /** Binary places of a number of pulses. */
  readonly fraction: number;
  /** Whether what is beyond the last place is rounded at random, to the right mean; it is dropped otherwise. */
  readonly isStochastic: boolean;
  /** Pulses after which a device is set anew. */
  readonly refresh?: number;
}

/** The rule of `learning`, or why it does not count pulses; handlers are functions of the product of both sides. */
export function pulseRuleOf({ rule, condition }: MappedLearning): PulseRule | { readonly reason: string } {
  if (condition) return { reason: 'only some synapses learn' };
  const traces = rule.traces.map(({ name }) => name);
  if (traces.some((name) => name !== 'up' && name !== 'down') || traces.length === 0) {
    return { reason: `traces of \`${rule.name}\` other than \`up\` and \`down\` count no pulses` };
  }
  let values = new Map<string, Expression>([
    ...rule.parameters.map(({ name, value }) => [name, numeral(value)] as const),
    ...rule.modulators.map(({ name, initial }) => [name, numeral(initial)] as const),
    ...traces.map((name) => [name, numeral(0)] as const),
    [rule.weight.name, reference(WEIGHT)],
    ['pre.value', reference(PRODUCT)],
    ['post.error', numeral(1)],
  ]);
  for (const { name, value } of rule.derived) values.set(name, evaluateWith(value, values));
  for (const { condition: when, body } of rule.handlers.filter(({ event }) => event.kind === 'sample')) {
    const holds = when ? evaluateWith(when, values) : numeral(1);
    values = choose(holds, runStatements(body, values), values);
  }
  const [up, down] = ['up', 'down'].map((name) => values.get(name) ?? numeral(0));
  const strangers = [up, down].flatMap((each) => (each ? [...referencesOf(each)] : []));
  const stranger = strangers.find((name) => name !== PRODUCT && name !== WEIGHT);
  if (!up || !down || stranger !== undefined) return { reason: `\`${rule.name}\` looks at \`${stranger ?? ''}\`` };
  const settings = new Map(rule.realization.settings.map(({ name, value }) => [name, value]));
  const refresh = settings.get('refresh');
  return {
    up,
    down,
    fraction: settings.get('fraction') ?? 0,
    isStochastic: settings.get('stochastic') === 1,
    ...(refresh !== undefined && { refresh }),
  };
}

/** Whether a product of zero makes no pulses, whatever the weight is. */
export function restsAtZero({ up, down }: PulseRule): boolean {
  return [up, down].every((pulses) => {
    const still = evaluateWith(pulses, new Map([[PRODUCT, numeral(0)]]));
    return still.kind === 'number' && still.value === 0 && !dependsOn(still, WEIGHT);
  });
}
