/** Experiments on spiking networks drive their neurons; one that waits for synapses to make it fire is refused. */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { neuronRange } from '../../ir/neuron-ranges.js';
import type { ScheduleStep } from '../../ir/study.js';
import { refuseRun } from './realization-fault.js';

/** Throws where a population behind synapses is neither stimulated nor paired. */
export function checkDriven(mapped: MappedNetwork): void {
  const driven = new Set(drivenIn(mapped.study.schedule, mapped));
  for (const { to } of mapped.projections) {
    const population = mapped.populations[to.population];
    if (!population || driven.has(to.population)) continue;
    const reason = 'it would fire by itself; spikes are given to it with `stimulate` or `pair`';
    refuseRun(`\`${population.name}\``, reason, population.origin);
  }
}

function* drivenIn(steps: readonly ScheduleStep[], mapped: MappedNetwork): Generator<number> {
  for (const step of steps) {
    if (step.kind === 'phase') yield* drivenIn(step.steps, mapped);
    else if (step.kind === 'stimulate') yield neuronRange(step.target, mapped).population;
    else if (step.kind === 'pair') for (const end of [step.pre, step.post]) yield neuronRange(end, mapped).population;
  }
}
