/** What a kernel computes, decided before any text is written: simplified equations and how each state moves. */
import { invariant } from '../core/invariant.js';
import type { DeviceModel, StateVariable } from './device-model.js';
import type { Expression } from './expression.js';
import { simplify } from './simplify.js';
import { dependsOn, differentiate, jumpsWith, referencesOf } from './symbolic.js';

/** How a state moves at constant voltage: by a constant rate, exponentially, or by an equation to integrate. */
export type Motion =
  | { readonly kind: 'constant' }
  | { readonly kind: 'affine'; readonly slope: Expression }
  | { readonly kind: 'general' };

/** A state with simplified equations. */
export interface StatePlan {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly initial: Expression;
  readonly rate: Expression;
  readonly motion: Motion;
}

/** A number of the device under the name that equations use. */
export interface NamedNumber {
  readonly name: string;
  readonly value: number;
}

/** A derived value under the name that equations use. */
export interface NamedExpression {
  readonly name: string;
  readonly value: Expression;
}

/** Everything that the text of a kernel says. */
export interface KernelPlan {
  readonly device: DeviceModel;
  /** Numbers that the equations still refer to. */
  readonly numbers: readonly NamedNumber[];
  /** Numbers that are 0 or 1 and went into the form of the equations. */
  readonly builtIn: readonly string[];
  /** Derived values that the equations still refer to, in order. */
  readonly derived: readonly NamedExpression[];
  readonly states: readonly StatePlan[];
  readonly current: Expression;
  readonly pulseEnergy: Expression;
}

// The physics of a tile and the rate of a single cell are written from the same plan.
const planByDevice = new WeakMap<DeviceModel, KernelPlan>();

/** Simplifies the equations of `device`; its names are resolved and its states do not depend on each other. */
export function planKernel(device: DeviceModel): KernelPlan {
  let plan = planByDevice.get(device);
  if (!plan) {
    plan = makePlan(device);
    planByDevice.set(device, plan);
  }
  return plan;
}

function makePlan(device: DeviceModel): KernelPlan {
  const numbers = numbersOf(device);
  const known = new Map(numbers.map(({ name, value }) => [name, value]));
  const derived = simplifyDerived(device, known);
  const states = device.states.map((state) => planState(state, device.states, known));
  const current = simplify(device.current, known);
  const pulseEnergy = simplify(device.pulseEnergy, known);
  const roots = [...states.flatMap(({ initial, rate }) => [initial, rate]), current, pulseEnergy];
  const used = usedNames(roots, derived);
  return {
    device,
    numbers: numbers.filter(({ name }) => used.has(name)),
    builtIn: numbers.filter(({ value }) => value === 0 || value === 1).map(({ name }) => name),
    derived: derived.filter(({ name }) => used.has(name)),
    states,
    current,
    pulseEnergy,
  };
}

/** Pairs of a state and another that its rate depends on, with the numbers of `device` put in. */
export function coupledStates(device: DeviceModel): readonly (readonly [StateVariable, StateVariable])[] {
  const known = new Map(numbersOf(device).map(({ name, value }) => [name, value]));
  return device.states.flatMap((state) => {
    if (!state.rate) return [];
    const rate = simplify(state.rate, known);
    const others = device.states.filter((other) => other !== state && dependsOn(rate, other.name));
    return others.map((other) => [state, other] as const);
  });
}

/** Modulators are numbers, too: while a program writes, nothing changes them. */
function numbersOf({ parameters, modulators, pulse, readVoltage }: DeviceModel): readonly NamedNumber[] {
  return [
    ...parameters,
    ...modulators.map(({ name, initial }) => ({ name, value: initial })),
    { name: 'pulse.voltage', value: pulse.volts },
    { name: 'pulse.width', value: pulse.seconds },
    { name: 'read.voltage', value: readVoltage.volts },
  ];
}

/** Simplified derived values; those that turn out to be numbers join `known` for the ones after them. */
function simplifyDerived(device: DeviceModel, known: Map<string, number>): readonly NamedExpression[] {
  return device.derived.map(({ name, value }) => {
    const simplified = simplify(value, known);
    if (simplified.kind === 'number') known.set(name, simplified.value);
    return { name, value: simplified };
  });
}

function planState(state: StateVariable, all: readonly StateVariable[], known: ReadonlyMap<string, number>): StatePlan {
  const { name, min, max } = state;
  invariant(state.rate, `kernels integrate rates, and \`${name}\` has none`);
  const rate = simplify(state.rate, known);
  const other = all.find((candidate) => candidate !== state && dependsOn(rate, candidate.name));
  invariant(!other, `kernels integrate each state alone, but \`${name}\` depends on \`${other?.name ?? ''}\``);
  return { name, min, max, initial: simplify(state.initial, known), rate, motion: motionOf(rate, name, known) };
}

function motionOf(rate: Expression, state: string, known: ReadonlyMap<string, number>): Motion {
  if (!dependsOn(rate, state)) return { kind: 'constant' };
  const slope = simplify(differentiate(rate, state), known);
  return dependsOn(slope, state) || jumpsWith(rate, state) ? { kind: 'general' } : { kind: 'affine', slope };
}

/** Names that `roots` refer to, also through derived values. */
function usedNames(roots: readonly Expression[], derived: readonly NamedExpression[]): ReadonlySet<string> {
  const used = new Set(roots.flatMap((root) => [...referencesOf(root)]));
  for (const { name, value } of derived.toReversed()) {
    if (used.has(name)) for (const reference of referencesOf(value)) used.add(reference);
  }
  return used;
}
