/**
 * The form of devices that pairs with counted pulses are fast for: one polarity moves a state by the same step in every
 * state, or not at all where the step is too small, which lowers the weight of the cell; the other polarity sets the cell
 * anew. Found in the equations themselves.
 */
import { effectOfAnyPulse, evaluateWith, namesOfDevice } from '../../devices/trains/handler-effect.js';
import type { DeviceModel, Spread, StateVariable } from '../../devices/device-model.js';
import type { Expression } from '../../devices/expression.js';
import { binary, dependsOn, numeral, reference, referencesOf } from '../../devices/symbolic.js';

/** What the weight of a cell is: read current over read voltage [S], or the inverse [Ohm]. */
export type CellQuantity = 'conductance' | 'resistance';

/** A cell under pulses of one polarity. */
export interface PairLaw {
  readonly state: StateVariable;
  /** Where the other polarity sets the state. */
  readonly fresh: number;
  /** Change of the state by one nominal pulse, in spreads per device; a part of a pulse does that part of it. */
  readonly step: Expression;
  /** Least change of the state by one pulse: a pulse that would change it less leaves it; undefined where none does. */
  readonly least?: number;
  /** The step of a device whose spreads are at their means. */
  readonly meanStep: number;
  /** Spreads that `step` names. */
  readonly spreads: readonly { readonly spread: Spread; readonly stream: number }[];
  /** Energy of one pulse by share [J]. */
  readonly energy: Readonly<Record<string, number>>;
}

/** Why a device has another form. */
export interface PairRefusal {
  readonly kind: 'refused';
  readonly reason: string;
}

const refused = (reason: string): PairRefusal => ({ kind: 'refused', reason });

/** The law of `device`; spreads named in `without` stay at their mean. */
export function pairLawOf(device: DeviceModel, without: readonly string[]): PairLaw | PairRefusal {
  const off = offSpreads(device, without);
  const duration = binary(numeral(device.pulse.seconds), '*', reference('part'));
  const effects = [device.pulse.volts, -device.pulse.volts].map((volts) => {
    const effect = effectOfAnyPulse(device, { volts: numeral(volts), duration });
    return new Map([...effect].map(([name, value]) => [name, evaluateWith(value, off)]));
  });
  const changed = device.states.filter(({ name }) => effects.some((effect) => effect.has(name)));
  const [state] = changed;
  if (!state || changed.length > 1)
    return refused(`pulses change ${changed.length === 0 ? 'no' : 'more than one'} state`);
  if (device.states.some(({ rate }) => rate)) return refused(`\`${state.name}\` moves by itself`);
  const [lowering, renewing] = effects.map((effect) => effect.get(state.name) ?? reference(state.name));
  const fresh = renewing && numberOf(renewing);
  if (fresh === undefined) return refused('pulses of the other polarity do not set the cell anew');
  const response = lowering && responseOf(lowering, state.name);
  if (!response)
    return refused(`the step of \`${state.name}\` depends on it, or on the duration in another way than a least step`);
  const { step, least } = response;
  const used = device.spreads.flatMap((spread, stream) => (dependsOn(step, spread.name) ? [{ spread, stream }] : []));
  const stranger = [...referencesOf(step)].find((name) => !used.some(({ spread }) => spread.name === name));
  if (stranger !== undefined) return refused(`the step of \`${state.name}\` depends on \`${stranger}\``);
  if (used.some(({ spread }) => spread.per !== 'device')) return refused('the step is drawn anew with every pulse');
  const means = new Map(device.spreads.map(({ name, mean }) => [name, numeral(mean)] as const));
  const meanStep = numberOf(evaluateWith(step, means));
  if (meanStep === undefined || meanStep === 0) return refused('pulses do not move the state');
  const energy = energyOf(device, off);
  return energy
    ? { state, fresh, step, ...(least !== undefined && { least }), meanStep, spreads: used, energy }
    : refused('the energy of a pulse depends on the state');
}

function offSpreads({ spreads }: DeviceModel, without: readonly string[]): ReadonlyMap<string, Expression> {
  const off = spreads.filter(({ name, deviation }) => deviation === 0 || without.includes(name));
  return new Map(off.map(({ name, mean }) => [name, numeral(mean)]));
}

function numberOf(expression: Expression): number | undefined {
  return expression.kind === 'number' ? expression.value : undefined;
}

/** The step of a whole pulse and the least one, where a part of a pulse does the part of it and the state does not matter. */
function responseOf(after: Expression, state: string): Pick<PairLaw, 'step' | 'least'> | undefined {
  const whole = (change: Expression): Expression => evaluateWith(change, new Map([['part', numeral(1)]]));
  if (after.kind !== 'conditional') {
    const change = changeOf(after, state);
    return change && { step: whole(change) };
  }
  const { condition, whenTrue, whenFalse } = after;
  const change = changeOf(whenTrue, state);
  if (!change || condition.kind !== 'compare' || condition.operator !== '>=') return undefined;
  const least = numberOf(condition.right);
  const comparesChange = JSON.stringify(condition.left) === JSON.stringify(change);
  const stays = whenFalse.kind === 'reference' && whenFalse.name === state;
  return least !== undefined && comparesChange && stays ? { step: whole(change), least } : undefined;
}

/** What a pulse adds to `state`, where that is in proportion to the part of a pulse and the state does not matter. */
function changeOf(after: Expression, state: string): Expression | undefined {
  if (after.kind !== 'binary' || after.operator !== '+') return undefined;
  const terms = [after.left, after.right];
  const own = terms.findIndex((term) => term.kind === 'reference' && term.name === state);
  const change = terms[1 - own];
  if (own < 0 || !change || dependsOn(change, state) || !isProportional(change, 'part')) return undefined;
  return change;
}

/** Whether `expression` is `name` times something without it. */
function isProportional(expression: Expression, name: string): boolean {
  if (expression.kind === 'reference') return expression.name === name;
  if (expression.kind === 'negate') return isProportional(expression.operand, name);
  if (expression.kind !== 'binary') return false;
  const { operator, left, right } = expression;
  if (operator === '/') return isProportional(left, name) && !dependsOn(right, name);
  if (operator !== '*') return false;
  const isLeft = dependsOn(left, name);
  return isLeft !== dependsOn(right, name) && isProportional(isLeft ? left : right, name);
}

function energyOf(device: DeviceModel, off: ReadonlyMap<string, Expression>): Record<string, number> | undefined {
  const { volts, seconds } = device.pulse;
  const names = namesOfDevice(device);
  names.set('v', numeral(volts)).set('duration', numeral(seconds));
  const energy: Record<string, number> = {};
  for (const { name = 'pulses', value } of device.energyTerms) {
    const joules = numberOf(evaluateWith(evaluateWith(value, names), off));
    if (joules === undefined) return undefined;
    energy[name] = joules;
  }
  return energy;
}

/** The weight of a cell, in its state and in spreads per read, for modulators set to `settings`. */
export function cellWeight(
  device: DeviceModel,
  quantity: CellQuantity,
  settings: ReadonlyMap<string, number>,
): Expression {
  const names = namesOfDevice(device, settings);
  const v = reference('v');
  const { current } = device;
  const ratio = quantity === 'conductance' ? binary(current, '/', v) : inverseOf(current, v);
  names.set('v', numeral(device.readVoltage.volts));
  return evaluateWith(ratio, names);
}

/** `v / current`, without the division where the current is `v / r`. */
function inverseOf(current: Expression, v: Expression): Expression {
  const isQuotient = current.kind === 'binary' && current.operator === '/';
  if (isQuotient && current.left.kind === 'reference' && current.left.name === 'v') return current.right;
  return binary(v, '/', current);
}
