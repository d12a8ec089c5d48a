/** The pulse program of superposed waveforms: one for all runs of an experiment, a data set for every run. */
import { bitsFor } from '../../bit-width.js';
import { closeLoops } from '../../close-loops.js';
import { dataSetOf } from '../../modes/mode-program.js';
import { stdp } from '../../modes/stdp.js';
import type { LineSpike, ScheduledArray } from '../../scheduled.js';
import { arrayProgram } from '../network-array.js';
import type { SuperpositionPlan } from './plan.js';

/** One run: spikes by the tick in which they reach the controller. */
export interface SpikeRun {
  readonly name: string;
  readonly spikes: readonly LineSpike[];
}

/** Index of the rail set whose levels are those of the waveforms. */
export function waveformSet({ array }: SuperpositionPlan): number {
  return array.railSets.length - 1;
}

/** The program that plays the waveforms of `plan` for `ticks` ticks, and the spikes of every run. */
export function superpositionProgram(
  plan: SuperpositionPlan,
  name: string,
  ticks: number,
  runs: readonly SpikeRun[],
): ScheduledArray {
  const { array, rowSteps, columnSteps, firstSegment, planes, tickClocks } = plan;
  const { origin } = plan.projection;
  const mode = stdp({
    ...{ rows: array.rows, columns: array.columns, origin, ticks, railSet: waveformSet(plan) },
    ...{ rowWaveform: rowSteps, columnWaveform: columnSteps, firstSegment, memoryTicks: planes - 3, fires: true },
  });
  const shell = arrayProgram(array, name);
  const spikes = { planes, tickClocks, refractoryTicks: 0, tickBits: bitsFor(tickClocks) };
  return {
    phase: 'scheduled',
    mapped: array,
    program: {
      ...shell,
      blocks: { ...shell.blocks, spikes },
      operations: closeLoops(mode.operations),
      dataSets: runs.map((run) => ({ ...dataSetOf(origin, run.name, {}), spikes: run.spikes })),
    },
  };
}
