/** What a kernel computes, decided before any text is written: simplified equations and how each state moves. */
import type { DeviceModel, Spread, StateVariable } from './device-model.js';
import { numbersOf, type NamedNumber } from './device-numbers.js';
import type { Expression } from './expression.js';
import { longListsIn } from './long-list.js';
import { isStill, planCourses, type Course } from './plan-motion.js';
import { equationsOfSteps, planSteps, type StepPlan } from './plan-steps.js';
import { simplify } from './simplify.js';
import { substitute } from './substitute.js';
import { binary, dependsOn, differentiate, jumpsWith, numeral, reference, referencesOf } from './symbolic.js';

/** A state with simplified equations. */
export interface StatePlan {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly initial: Expression;
  /** While a voltage lies on the cell. */
  readonly driven: Course;
  /** At 0 V, with spreads per pulse at their centres. */
  readonly resting: Course;
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
  readonly steps: readonly StepPlan[];
  readonly current: Expression;
  /** Current without read noise [A], and its derivative by the voltage [S]. */
  readonly meanCurrent: Expression;
  readonly meanSlope: Expression;
  /** Whether that is all there is to the current: the slope times the voltage. */
  readonly isOhmic: boolean;
  readonly pulseEnergy: Expression;
  /** Power of a resting cell [W]. */
  readonly restPower: Expression;
  readonly invariants: readonly Expression[];
  /** Measured tables and other long lists of the equations, which texts name. */
  readonly lists: readonly (readonly number[])[];
  /** Whether anything happens to a cell without voltage: states move, or it takes power. */
  readonly rests: boolean;
}

// The physics of a tile and the rate of a single cell are written from the same plan.
const planByDevice = new WeakMap<DeviceModel, KernelPlan>();

/** Simplifies the equations of `device`; its names are resolved. */
export function planKernel(device: DeviceModel): KernelPlan {
  let plan = planByDevice.get(device);
  if (!plan) {
    plan = makePlan(device);
    planByDevice.set(device, plan);
  }
  return plan;
}

type Equations = Omit<KernelPlan, 'device' | 'numbers' | 'builtIn' | 'derived' | 'lists' | 'rests'>;

function makePlan(device: DeviceModel): KernelPlan {
  const numbers = numbersOf(device);
  const centres = device.spreads
    .filter(({ per }) => per !== 'device')
    .map(({ name, mean }) => ({ name: centreName(name), value: mean }));
  const known = new Map([...numbers, ...centres].map(({ name, value }) => [name, value]));
  const derived = simplifyDerived(device, known);
  const equations = simplifyEquations(device, known);
  const used = usedNames(equationsOf(equations), derived);
  return {
    device,
    numbers: [...numbers, ...centres].filter(({ name }) => used.has(name)),
    builtIn: numbers.filter(({ value }) => value === 0 || value === 1).map(({ name }) => name),
    derived: derived.filter(({ name }) => used.has(name)),
    ...equations,
    lists: longListsIn([derived, equations]),
    rests: !isStill(equations.restPower) || equations.states.some(({ resting }) => !isStill(resting.rate)),
  };
}

function simplifyEquations(device: DeviceModel, known: ReadonlyMap<string, number>): Equations {
  const { spreads, powerTerms, invariants } = device;
  const simplified = (expression: Expression): Expression => simplify(expression, known);
  const atRest = new Map([['v', numeral(0)], ...centresOf(spreads, 'pulse')]);
  const resting = (expression: Expression): Expression => simplified(substitute(expression, atRest));
  const meanCurrent = simplified(substitute(device.current, new Map(centresOf(spreads, 'read'))));
  const meanSlope = simplified(differentiate(meanCurrent, 'v'));
  const power = powerTerms.map(({ value }) => resting(value)).filter((term) => !isStill(term));
  return {
    states: planStates(device.states, { simplified, resting }, known),
    steps: planSteps(device.pulseSteps, known),
    current: simplified(device.current),
    meanCurrent,
    meanSlope,
    isOhmic: isOhmic(meanCurrent, meanSlope),
    pulseEnergy: simplified(device.pulseEnergy),
    restPower: power.length > 0 ? power.reduce((sum, term) => binary(sum, '+', term)) : numeral(0),
    invariants: invariants.map(({ condition }) => simplified(condition)),
  };
}

function planStates(
  states: readonly StateVariable[],
  { simplified, resting }: Readonly<Record<'simplified' | 'resting', (expression: Expression) => Expression>>,
  known: ReadonlyMap<string, number>,
): readonly StatePlan[] {
  const [driven, rested] = [planCourses(states, simplified, known), planCourses(states, resting, known)];
  const none: Course = { rate: numeral(0), motion: { kind: 'still' } };
  return states.map(({ name, min, max, initial }, index) => ({
    name,
    min,
    max,
    initial: simplified(initial),
    driven: driven[index] ?? none,
    resting: rested[index] ?? none,
  }));
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

/** The number that stands for a spread where nothing is drawn. */
function centreName(spread: string): string {
  return `${spread}.centre`;
}

function centresOf(spreads: readonly Spread[], per: Spread['per']): readonly (readonly [string, Expression])[] {
  return spreads.filter((spread) => spread.per === per).map(({ name }) => [name, reference(centreName(name))]);
}

/** Simplified derived values; those that turn out to be numbers join `known` for the ones after them. */
function simplifyDerived(device: DeviceModel, known: Map<string, number>): readonly NamedExpression[] {
  return device.derived.map(({ name, value }) => {
    const simplified = simplify(value, known);
    if (simplified.kind === 'number') known.set(name, simplified.value);
    return { name, value: simplified };
  });
}

/** Whether pulses are counted, and not only the time that they last. */
export function isCounting({ steps }: Pick<KernelPlan, 'steps'>): boolean {
  return steps.length > 0;
}

/** Every equation of a plan but its derived values. */
export function equationsOf(plan: Equations): readonly Expression[] {
  return [
    ...plan.states.flatMap(({ initial, driven, resting }) => [initial, driven.rate, resting.rate]),
    plan.current,
    plan.meanCurrent,
    plan.pulseEnergy,
    plan.restPower,
    ...equationsOfSteps(plan.steps),
    ...plan.invariants,
  ];
}

/** Names that `roots` refer to, also through derived values. */
function usedNames(roots: readonly Expression[], derived: readonly NamedExpression[]): ReadonlySet<string> {
  const used = new Set(roots.flatMap((root) => [...referencesOf(root)]));
  for (const { name, value } of derived.toReversed()) {
    if (used.has(name)) for (const reference of referencesOf(value)) used.add(reference);
  }
  return used;
}

function isOhmic(current: Expression, slope: Expression): boolean {
  if (dependsOn(slope, 'v') || jumpsWith(current, 'v')) return false;
  const atRest = simplify(current, new Map([['v', 0]]));
  return atRest.kind === 'number' && atRest.value === 0;
}
