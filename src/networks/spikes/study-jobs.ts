/** The pulse programs of an experiment on a spiking network, for co-simulation with the controller in the loop. */
import { invariant } from '../../core/invariant.js';
import type { TileStart } from '../../ir/calibrate.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { superpositionProgram } from '../../ir/realize/superposition/program.js';
import type { ScheduledArray } from '../../ir/scheduled.js';
import { countedProgram, PulseCounter } from './counted-learner.js';
import { planProjections, type ProjectionPlan } from './plan-projection.js';
import { spikeSchedule, type SpikeRunStep, type SpikeStep } from './spike-schedule.js';
import type { TellRefused } from '../study-fault.js';
import { tileStart } from './start-weights.js';
import { lineSpikes, ticksFor } from './superposed-learner.js';

/** A program with the tile that it is meant for. */
export interface SpikeJob {
  readonly scheduled: ScheduledArray;
  readonly start: TileStart;
  readonly seed: number;
}

/** Programs of one projection, by seed. */
export interface ProjectionJobs {
  readonly projection: string;
  readonly setups: readonly SpikeJob[];
}

/**
 * One element for each projection that learns, as every projection has a controller of its own: all runs of all seeds, or
 * the first `runs` of each, one data set a run. Without `tell` a projection that no program carries out is thrown.
 */
export function studyJobs(mapped: MappedNetwork, runs = Infinity, tell?: TellRefused): readonly ProjectionJobs[] {
  const { firstSeed, seedCount, name } = mapped.study;
  const seeds = Array.from({ length: seedCount }, (_, index) => firstSeed + index);
  return planProjections(mapped, tell).map((each) => {
    const { projection, array } = each.plan;
    const start = tileStart(projection, array, mapped);
    const programs = seeds.map((seed) => {
      return scheduledOf(each, `${name} ${projection.name}`, spikeSchedule(mapped, seed));
    });
    const setups = seeds.map((seed, index) => ({ seed, start, scheduled: withRuns(programs, index, runs) }));
    return { projection: projection.name, setups };
  });
}

/** All runs of one seed. */
function scheduledOf(each: ProjectionPlan, name: string, steps: readonly SpikeStep[]): ScheduledArray {
  const runs = steps.filter((step): step is SpikeRunStep => step.kind === 'run');
  if (each.kind === 'counted') {
    const counter = new PulseCounter(each.plan);
    return countedProgram(
      each.plan,
      name,
      runs.map((run) => ({ name: run.name, entries: counter.entriesOf(run), occasion: counter.occasionOf(run) })),
    );
  }
  const { plan } = each;
  const dataSets = runs.map((run) => ({ name: run.name, spikes: lineSpikes(plan, run).spikes }));
  return superpositionProgram(plan, name, ticksFor(plan, steps), dataSets);
}

/** The first runs of a seed on a controller that has room for all runs of all seeds. */
function withRuns(programs: readonly ScheduledArray[], index: number, runs: number): ScheduledArray {
  const scheduled = programs[index];
  invariant(scheduled, 'every seed has a program');
  const all = programs.flatMap(({ program }) => program.dataSets);
  const entries = all.reduce((most, dataSet) => Math.max(most, dataSet.entries.length), 0);
  const { program } = scheduled;
  const room = { entries, rowPlanes: 0, columnPlanes: 0 };
  return { ...scheduled, program: { ...program, room, dataSets: program.dataSets.slice(0, runs) } };
}
