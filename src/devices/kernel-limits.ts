/** What a device may say and a kernel does not run: such a device is part of a network, but no program can write it. */
import type { Span } from '../core/span.js';
import type { DeviceModel } from './device-model.js';
import { coupledStates } from './kernel-plan.js';

/** A reason in words, following `cannot write …:`, and the clause that gives it. */
export interface KernelObstacle {
  readonly reason: string;
  readonly origin: Span;
}

/** Why kernels cannot run `device`, clause by clause; empty where they can. */
export function kernelObstacles(device: DeviceModel): readonly KernelObstacle[] {
  const { origin, states, windows, pulseSteps, powerTerms, invariants } = device;
  const because = (reason: string, clauses: readonly { readonly origin: Span }[]): readonly KernelObstacle[] =>
    clauses.map((clause) => ({ reason, origin: clause.origin }));
  return [
    ...(windows.length === 0 ? [{ reason: 'it has no `window` of conductance', origin }] : []),
    ...because('`on pulse` steps are run in networks only', pulseSteps),
    ...coupledStates(device).map(([state, other]) => ({
      reason: `the rate of \`${state.name}\` depends on \`${other.name}\`, and states are integrated one by one`,
      origin: state.origin,
    })),
    ...because(
      'a state without `evolve` does not follow the voltage',
      states.filter(({ rate }) => !rate),
    ),
    ...because('`power` between pulses is not counted while writing', powerTerms),
    ...because('an `invariant` is not watched while writing', invariants),
  ];
}
