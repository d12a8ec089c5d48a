/** The kernel of a rule as a function of time. */
import { evaluate } from '../../devices/evaluate.js';
import type { Expression } from '../../devices/expression.js';
import { referencesOf } from '../../devices/symbolic.js';
import type { Kernel, LearningRule } from '../rule.js';

/** Weight change of a pair of spikes by the time from the one before to the one behind [s]. */
export type TimingKernel = (seconds: number) => number;

/**
 * The function that `kernel` of `rule` is, or in words why it is not one of time alone: waveforms are made before a run
 * and know neither weights nor modulators.
 */
export function timingKernel(rule: LearningRule, kernel: Kernel | undefined = rule.kernels[0]): TimingKernel | string {
  if (!kernel) return 'it has no kernel';
  const known = new Map(rule.parameters.map(({ name, value }) => [name, value]));
  const derived = new Map(rule.derived.map(({ name, value }) => [name, value]));
  const foreign = foreignName(kernel.value, { argument: kernel.argument, known, derived });
  if (foreign !== undefined) return `its kernel depends on \`${foreign}\`, which changes while the waveforms stand`;
  const valueOf = (expression: Expression, seconds: number): number =>
    evaluate(expression, (name) => {
      if (name === kernel.argument) return seconds;
      const inner = derived.get(name);
      return known.get(name) ?? (inner ? valueOf(inner, seconds) : NaN);
    });
  return (seconds) => valueOf(kernel.value, seconds);
}

interface KernelNames {
  readonly argument: string;
  readonly known: ReadonlyMap<string, number>;
  readonly derived: ReadonlyMap<string, Expression>;
}

function foreignName(expression: Expression, names: KernelNames): string | undefined {
  for (const name of referencesOf(expression)) {
    if (name === names.argument || names.known.has(name)) continue;
    const inner = names.derived.get(name);
    const foreign = inner ? foreignName(inner, names) : name;
    if (foreign !== undefined) return foreign;
  }
  return undefined;
}
