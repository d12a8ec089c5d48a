/** Orders combinational cells so that each comes after those that drive it. */
import type { Vector } from './vector.js';
import type { SignalBit } from './yosys-json.js';

/** One output vector of a cell and the nets that it depends on. */
export interface Step {
  readonly name: string;
  readonly type: string;
  readonly inputs: readonly SignalBit[];
  readonly outputs: readonly SignalBit[];
  /** Called once, after all steps that drive `inputs`; a string is the reason of a refusal. */
  readonly lower: () => Vector | string;
}

export type StepOrder =
  | { readonly kind: 'ordered'; readonly steps: readonly Step[] }
  | { readonly kind: 'loop'; readonly cells: readonly string[] };

/** Kahn's algorithm; the order is a function of the list's order only. */
export function orderSteps(steps: readonly Step[]): StepOrder {
  const drivers = new Map<SignalBit, number>();
  steps.forEach((step, index) => {
    for (const bit of step.outputs) if (typeof bit === 'number') drivers.set(bit, index);
  });
  const readers: number[][] = steps.map(() => []);
  const waiting = steps.map((step, index) => {
    const needed = new Set(step.inputs.flatMap((bit) => drivers.get(bit) ?? []));
    for (const driver of needed) readers[driver]?.push(index);
    return needed.size;
  });
  const ready = steps.flatMap((_, index) => (waiting[index] === 0 ? [index] : []));
  for (const index of ready) {
    for (const reader of readers[index] ?? []) {
      waiting[reader] = (waiting[reader] ?? 0) - 1;
      if (waiting[reader] === 0) ready.push(reader);
    }
  }
  if (ready.length < steps.length) {
    return { kind: 'loop', cells: steps.filter((_, index) => (waiting[index] ?? 0) > 0).map((step) => step.name) };
  }
  return { kind: 'ordered', steps: ready.flatMap((index) => steps[index] ?? []) };
}
