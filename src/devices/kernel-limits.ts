/** What a device may say and a program cannot write open-loop: such a device is part of networks all the same. */
import type { Span } from '../core/span.js';
import type { DeviceModel } from './device-model.js';
import { coupledStates } from './kernel-plan.js';

/** A reason in words, following `cannot write …:`, and the clause that gives it. */
export interface KernelObstacle {
  readonly reason: string;
  readonly origin: Span;
}

/** Why programs cannot choose pulses for `device`, clause by clause; empty where they can. Kernels run every device. */
export function kernelObstacles(device: DeviceModel): readonly KernelObstacle[] {
  const { origin, states, windows, pulseSteps, powerTerms, invariants } = device;
  const because = (reason: string, clauses: readonly { readonly origin: Span }[]): readonly KernelObstacle[] =>
    clauses.map((clause) => ({ reason, origin: clause.origin }));
  return [
    ...(windows.length === 0 ? [{ reason: 'it has no `window` of conductance', origin }] : []),
    ...because('`on pulse` counts pulses, and programs choose their width', pulseSteps),
    ...coupledStates(device).map(([state, other]) => ({
      reason: `the rate of \`${state.name}\` depends on \`${other.name}\`, and programs follow one state by itself`,
      origin: state.origin,
    })),
    ...because(
      'a state without `evolve` does not follow the voltage',
      states.filter(({ rate }) => !rate),
    ),
    ...because('`power` between pulses is not part of the energy of a program', powerTerms),
    ...because('an `invariant` is not watched while a program writes', invariants),
  ];
}
