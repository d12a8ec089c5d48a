/** Pairs of cells under counted pulses: what their weight is, and which rule moves it; for arrays and programs alike. */
import type { DeviceModel } from '../../devices/device-model.js';
import type { Expression } from '../../devices/expression.js';
import { binary, dependsOn, numeral } from '../../devices/symbolic.js';
import { evaluateWith } from '../../devices/trains/handler-effect.js';
import type { MappedProjection } from '../../ir/mapped-network.js';
import { cellWeight, pairLawOf, type CellQuantity, type PairLaw, type PairRefusal } from './pair-law.js';
import { pairObstacle } from './pair-programs.js';
import { stateOfLess } from './pair-state.js';
import { pulseRuleOf, type PulseRule } from './pulse-rule.js';

/** What pairs on a device are. */
export interface PairMeaning {
  readonly device: DeviceModel;
  readonly quantity: CellQuantity;
  /** Factor from the difference of the cells to the weight. */
  readonly scale: number;
  readonly rule: PulseRule;
}

/** The pairs of a projection whose rule counts pulses, or why it has none. */
export function pairsOf({ device, learning, encoding }: MappedProjection): PairMeaning | PairRefusal {
  const refused = (reason: string): PairRefusal => ({ kind: 'refused', reason });
  const [first, second] = learning;
  if (!device || !first) return refused('nothing is pulsed');
  if (second) return refused('it learns by more than one rule');
  if (encoding.scheme !== 'differential') return refused('its weights lie in single cells');
  const rule = pulseRuleOf(first);
  if ('reason' in rule) return refused(rule.reason);
  const isResistance = /Ohm$/.test(first.rule.weight.unit.symbol);
  const scale = isResistance || encoding.siemensPerUnit === undefined ? 1 : 1 / encoding.siemensPerUnit;
  return { device, quantity: isResistance ? 'resistance' : 'conductance', scale, rule };
}

/** The law of the cells, where the lanes can compute with it; spreads named in `without` stay at their mean. */
export function lawOfPairs(
  { device, quantity, rule }: Omit<PairMeaning, 'scale'>,
  without: readonly string[],
): PairLaw | PairRefusal {
  const law = pairLawOf(device, without);
  if ('reason' in law) return law;
  const cell = cellWeight(device, quantity, new Map());
  const fixed = device.spreads.find(
    ({ name, per, deviation }) =>
      per === 'device' && deviation !== 0 && !without.includes(name) && dependsOn(cell, name),
  );
  if (fixed) return { kind: 'refused', reason: `what is read depends on \`${fixed.name}\`` };
  const reason = pairObstacle({ law, rule, cell, rate: 1 });
  return reason === undefined ? law : { kind: 'refused', reason };
}

/** The weight of a cell in its state and in spreads per read, with modulators set to `settings`. */
export function cellEquation(
  { device, quantity, scale }: Omit<PairMeaning, 'rule'>,
  settings: ReadonlyMap<string, number>,
): Expression {
  const cell = cellWeight(device, quantity, settings);
  return scale === 1 ? cell : binary(cell, '*', numeral(scale));
}

/** Means of all spreads by name. */
export function meansOf({ spreads }: DeviceModel): ReadonlyMap<string, Expression> {
  return new Map(spreads.map(({ name, mean }) => [name, numeral(mean)] as const));
}

/** The state of a cell that weighs so much less than a fresh one, with modulators set to `settings`. */
export function inverseOf(
  meaning: Omit<PairMeaning, 'rule'>,
  { state, fresh, meanStep }: PairLaw,
  settings: ReadonlyMap<string, number>,
): (less: number) => number {
  const end = meanStep > 0 ? state.max : state.min;
  const cell = evaluateWith(cellEquation(meaning, settings), meansOf(meaning.device));
  return stateOfLess(cell, { state: state.name, fresh, end });
}

/** States of a plus and a minus cell of a weight, the one that weighs more as fresh as possible. */
export function statesOf(
  weight: number,
  fresh: number,
  inverse: (less: number) => number,
): { readonly plus: number; readonly minus: number } {
  const less = inverse(Math.abs(weight));
  return weight < 0 ? { plus: less, minus: fresh } : { plus: fresh, minus: less };
}
