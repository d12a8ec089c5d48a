/**
 * The form of devices that pulse trains are fast for: one pulse of either polarity takes the weight w to
 *
 *   min(upper, max(lower, w + mean(w) + deviation(w) * z)),  z normal with mean 0 and deviation 1
 *
 * It is found in the equations themselves, whatever the device is called and however its handlers are written.
 */
import type { DeviceModel, Spread, StateVariable } from '../device-model.js';
import type { Expression } from '../expression.js';
import { substitute } from '../substitute.js';
import { binary, call, dependsOn, differentiate, numeral, reference, referencesOf } from '../symbolic.js';
import { effectOfPulse, evaluateWith, namesOfDevice } from './handler-effect.js';

/** One pulse of one polarity; equations in the weight and in spreads per device. */
export interface PolarityLaw {
  readonly mean: Expression;
  readonly deviation: Expression;
  readonly lower: Expression;
  readonly upper: Expression;
}

/** What pulse trains need to know of a device. */
export interface StepLaw {
  readonly device: DeviceModel;
  /** The state that pulses change. */
  readonly weight: StateVariable;
  readonly up: PolarityLaw;
  readonly down: PolarityLaw;
  /** Index in the device of the spread per pulse, its stream of random numbers; 0 where there is none. */
  readonly stream: number;
}

/** Why a device has another form; it still runs in the ordinary kernel. */
export interface StepLawRefusal {
  readonly kind: 'refused';
  readonly reasons: readonly string[];
}

const NOTHING: ReadonlyMap<string, Expression> = new Map();

/** The law of `device`; spreads named in `without` stay at their mean. */
export function stepLawOf(
  device: DeviceModel,
  without: readonly string[] = [],
): { readonly kind: 'law'; readonly law: StepLaw } | StepLawRefusal {
  const effects = [device.pulse.volts, -device.pulse.volts].map((volts) => effectOfPulse(device, volts));
  // What other states become is not followed; where the weight depends on one, the law names it.
  const [weight] = device.states.filter(({ name }) => effects.some((effect) => effect.has(name)));
  if (!weight) return refused('no pulse changes a state');
  const reasons: string[] = [];
  if (weight.rate && dependsOn(weight.rate, 'v')) reasons.push(`\`${weight.name}\` also moves with the voltage`);
  const cycles = device.spreads.filter(({ name, per }) => per === 'pulse' && isUsed(name, weight.name, effects));
  const [cycle, ...more] = cycles.filter((spread) => spread.deviation !== 0 && !without.includes(spread.name));
  reasons.push(...more.map(({ name }) => `\`${name}\` is a second spread per pulse`));
  if (cycle && cycle.distribution !== 'normal') reasons.push(`\`${cycle.name}\` is not normal`);
  const fixed = new Map(cycles.map(({ name, mean }) => [name, numeral(mean)]));
  const laws = effects.map((effect) =>
    polarityLaw(effect.get(weight.name) ?? reference(weight.name), { weight, cycle, fixed }),
  );
  for (const law of laws) if (typeof law === 'string') reasons.push(law);
  const [up, down] = laws;
  if (reasons.length > 0 || typeof up !== 'object' || typeof down !== 'object') return refused(...new Set(reasons));
  const stray = [up, down].flatMap((law) => strayNames(law, device, weight.name));
  if (stray.length > 0) return refused(...new Set(stray.map((name) => `the step depends on \`${name}\``)));
  const stream = cycle ? device.spreads.indexOf(cycle) : 0;
  return { kind: 'law', law: { device, weight, up, down, stream } };
}

function refused(...reasons: readonly string[]): StepLawRefusal {
  return { kind: 'refused', reasons };
}

function isUsed(name: string, state: string, effects: readonly ReadonlyMap<string, Expression>[]): boolean {
  return effects.some((effect) => dependsOn(effect.get(state) ?? numeral(0), name));
}

/** Names in `law` that have no value in a cell: other states, what only kernels know. */
function strayNames(law: PolarityLaw, device: DeviceModel, weight: string): readonly string[] {
  const known = new Set([weight, ...device.spreads.filter(({ per }) => per === 'device').map(({ name }) => name)]);
  return Object.values(law).flatMap((part: Expression) => [...referencesOf(part)].filter((name) => !known.has(name)));
}

interface Context {
  readonly weight: StateVariable;
  readonly cycle: Spread | undefined;
  /** Spreads per pulse at their means. */
  readonly fixed: ReadonlyMap<string, Expression>;
}

/** The parts of the weight after a pulse, or why it has none. */
function polarityLaw(after: Expression, { weight, cycle, fixed }: Context): PolarityLaw | string {
  const variables = [weight.name, ...(cycle ? [cycle.name] : [])];
  const { inside, lower, upper } = peelBounds(after, variables, {
    lower: numeral(weight.min),
    upper: numeral(weight.max),
  });
  const slope = cycle ? evaluateWith(differentiate(inside, cycle.name), NOTHING) : numeral(0);
  if (cycle && dependsOn(slope, cycle.name)) return `the step is not linear in \`${cycle.name}\``;
  const deviation = evaluateWith(binary(slope, '*', numeral(cycle?.deviation ?? 0)), fixed);
  return { mean: change(evaluateWith(inside, fixed), weight.name), deviation, lower, upper };
}

interface Bounds {
  readonly lower: Expression;
  readonly upper: Expression;
}

/** Takes `min` and `max` with values that the pulse does not change off the outside of an equation. */
function peelBounds(
  expression: Expression,
  variables: readonly string[],
  bounds: Bounds,
): Bounds & { readonly inside: Expression } {
  const varies = (operand: Expression): boolean => variables.some((name) => dependsOn(operand, name));
  if (expression.kind === 'call' && (expression.name === 'min' || expression.name === 'max')) {
    const moving = expression.operands.filter(varies);
    const [inside] = moving;
    const [bound] = expression.operands.filter((operand) => !varies(operand));
    if (inside && bound && moving.length === 1) {
      const narrower =
        expression.name === 'min'
          ? { ...bounds, upper: evaluateWith(call('min', bounds.upper, bound), NOTHING) }
          : { ...bounds, lower: evaluateWith(call('max', bounds.lower, bound), NOTHING) };
      return peelBounds(inside, variables, narrower);
    }
  }
  return { ...bounds, inside: expression };
}

/** `after` less the weight, without a difference where the weight is one of its terms. */
function change(after: Expression, weight: string): Expression {
  const terms = termsOf(after, false);
  const own = terms.findIndex(
    ({ term, isNegative }) => !isNegative && term.kind === 'reference' && term.name === weight,
  );
  const rest = own < 0 ? [...terms, { term: reference(weight), isNegative: true }] : terms.toSpliced(own, 1);
  const sum = rest.reduce<Expression>(
    (total, { term, isNegative }) => binary(total, isNegative ? '-' : '+', term),
    numeral(0),
  );
  return evaluateWith(sum, NOTHING);
}

interface Term {
  readonly term: Expression;
  readonly isNegative: boolean;
}

function termsOf(expression: Expression, isNegative: boolean): readonly Term[] {
  if (expression.kind === 'negate') return termsOf(expression.operand, !isNegative);
  if (expression.kind === 'binary' && (expression.operator === '+' || expression.operator === '-')) {
    const turned = expression.operator === '-' ? !isNegative : isNegative;
    return [...termsOf(expression.left, isNegative), ...termsOf(expression.right, turned)];
  }
  return [{ term: expression, isNegative }];
}

/** The derivative of `expression` by the weight, simplified. */
export function slopeBy(expression: Expression, weight: string): Expression {
  return evaluateWith(differentiate(expression, weight), NOTHING);
}

/** `expression` where the weight is `value`. */
export function atWeight(expression: Expression, weight: string, value: number): Expression {
  return evaluateWith(substitute(expression, new Map([[weight, numeral(value)]])), NOTHING);
}

/** The weight before all pulses, in spreads per device. */
export function initialWeight({ device, weight }: StepLaw): Expression {
  return evaluateWith(weight.initial, namesOfDevice(device));
}
