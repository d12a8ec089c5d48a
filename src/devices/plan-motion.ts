/** How the states of a device move, decided from the form of their rates. */
import type { StateVariable } from './device-model.js';
import type { Expression } from './expression.js';
import { simplify } from './simplify.js';
import { dependsOn, differentiate, jumpsWith, numeral } from './symbolic.js';

/**
 * How a state moves at constant voltage: not at all, by a constant rate, exponentially, by an equation of its own to
 * integrate, or by one that depends on other moving states.
 */
export type Motion =
  | { readonly kind: 'still' }
  | { readonly kind: 'constant' }
  | { readonly kind: 'affine'; readonly slope: Expression }
  | { readonly kind: 'general' }
  | { readonly kind: 'coupled' };

/** A simplified rate and what it makes of the state. */
export interface Course {
  readonly rate: Expression;
  readonly motion: Motion;
}

/** What a rate is made of: names with known values, and what stands for other names. */
export type Prepare = (rate: Expression) => Expression;

/** The courses of `states`, in their order. */
export function planCourses(
  states: readonly StateVariable[],
  prepare: Prepare,
  known: ReadonlyMap<string, number>,
): readonly Course[] {
  const rates = states.map(({ rate }) => (rate ? prepare(rate) : numeral(0)));
  const names = states.map(({ name }) => name);
  const isCoupled = findCoupled(names, rates);
  return rates.map((rate, index) => ({
    rate,
    motion: isCoupled[index] ? { kind: 'coupled' } : motionOf(rate, names[index] ?? '', known),
  }));
}

/** Whether a rate is none at all. */
export function isStill(rate: Expression): boolean {
  return rate.kind === 'number' && rate.value === 0;
}

/** By state: whether its rate depends on another moving state, or another's rate on it. */
function findCoupled(names: readonly string[], rates: readonly Expression[]): readonly boolean[] {
  const moves = rates.map((rate) => !isStill(rate));
  const reads = (reader: number, read: number): boolean => {
    const [rate, name] = [rates[reader], names[read]];
    return reader !== read && rate !== undefined && name !== undefined && dependsOn(rate, name);
  };
  return names.map((_, index) => {
    return (
      moves[index] === true && names.some((__, other) => moves[other] && (reads(index, other) || reads(other, index)))
    );
  });
}

function motionOf(rate: Expression, state: string, known: ReadonlyMap<string, number>): Motion {
  if (isStill(rate)) return { kind: 'still' };
  if (!dependsOn(rate, state)) return { kind: 'constant' };
  const slope = simplify(differentiate(rate, state), known);
  return dependsOn(slope, state) || jumpsWith(rate, state) ? { kind: 'general' } : { kind: 'affine', slope };
}
