/** The pulse programs of an experiment on a spiking network, for co-simulation with the controller in the loop. */
import type { TileStart } from '../../ir/calibrate.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { superpositionProgram } from '../../ir/realize/superposition/program.js';
import type { ScheduledArray } from '../../ir/scheduled.js';
import { planProjections } from './plan-projection.js';
import { spikeSchedule, type SpikeRunStep } from './spike-schedule.js';
import { tileStart } from './start-weights.js';
import { lineSpikes, ticksFor } from './superposed-learner.js';

/** A program with the tile that it is meant for. */
export interface SpikeJob {
  readonly scheduled: ScheduledArray;
  readonly start: TileStart;
  readonly seed: number;
}

/**
 * One list for each projection that learns by superposed waveforms, as every projection has a controller of its own: all
 * runs of all seeds, or the first `runs` of each, one data set a run. Counted pulses are those of a program that writes.
 */
export function studyJobs(mapped: MappedNetwork, runs = Infinity): readonly (readonly SpikeJob[])[] {
  const { firstSeed, seedCount } = mapped.study;
  return planProjections(mapped).flatMap((each) => {
    if (each.kind !== 'superposition') return [];
    const { plan } = each;
    const start = tileStart(plan.projection, plan.array, mapped);
    const jobs = Array.from({ length: seedCount }, (_, index): SpikeJob => {
      const seed = firstSeed + index;
      const steps = spikeSchedule(mapped, seed);
      const taken = steps.filter((step): step is SpikeRunStep => step.kind === 'run').slice(0, runs);
      const dataSets = taken.map((step) => ({ name: step.name, spikes: lineSpikes(plan, step).spikes }));
      const scheduled = superpositionProgram(plan, mapped.study.name, ticksFor(plan, steps), dataSets);
      return { scheduled, start, seed };
    });
    return [jobs];
  });
}
