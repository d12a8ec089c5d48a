/** What controllers of networks do in a run: counted from pulse programs, the same as the run itself has counted. */
import { describe, expect, it } from 'vitest';
import { estimateStudy } from '../../../src/backends/energy/estimate-study.js';
import { TECHNOLOGIES } from '../../../src/backends/energy/terms.js';
import { studyLifetime } from '../../../src/backends/lifetime/study-lifetime.js';
import { invariant } from '../../../src/core/invariant.js';
import type { MappedNetwork } from '../../../src/ir/mapped-network.js';
import type { StudyResult } from '../../../src/ir/study-result.js';
import { trainingJobs } from '../../../src/networks/programs/training-jobs.js';
import { createStudyRun } from '../../../src/networks/run/create-study-run.js';
import { studyPrograms } from '../../../src/networks/run/program-activity.js';
import type { SampleSource, StudyCheckpoint } from '../../../src/networks/run/study-run.js';
import { RealizationFault } from '../../../src/networks/spikes/realization-fault.js';
import { interpretProgram } from '../../../src/ir/interpret.js';
import { mappedPairs } from '../../support/pair-training.js';
import { mapStdp } from '../../support/stdp-study.js';
import { cloudSamples } from '../../support/trained-network.js';
import { mapWritten } from '../../support/written-training.js';

function finished(mapped: MappedNetwork, samples: SampleSource): { result: StudyResult; end: StudyCheckpoint } {
  const run = createStudyRun(mapped, samples);
  while (run.step()) continue;
  return { result: run.result(), end: run.checkpoint() };
}

const noSamples: SampleSource = () => {
  throw new Error('no experiment on spikes asks for samples');
};

const COUNTED = `rule stamped {
  param a : nS = 0.5 nS
  param tau : ms = 20 ms
  weight w : S in 10 nS .. 200 nS
  kernel dw(dt) = dt > 0 s ? a * exp(-dt / tau) : -a * exp(dt / tau)
  realize pulses { fraction = 0 bit }
}
`;

describe('runs of spikes', () => {
  const mapped = mapStdp({
    rules: COUNTED,
    learn: 'learn stamped',
    device: 'protonEisNano',
    clauses: ['pair pre with post at -19 ms .. 19 ms step 2 ms repeat 2'],
  });
  const ended = finished(mapped, noSamples);
  const { programs, without } = studyPrograms(mapped, noSamples, ended);
  const [program] = programs;
  invariant(program, 'there is a program');

  it('are counted whole', () => {
    expect(without).toEqual([]);
    expect(program).toMatchObject({ projection: 'synapses', isExact: true, basis: 'pulse program of synapses: runs of the first seed' }); // prettier-ignore
    expect(program.counts.pulses).toBeGreaterThan(0);
    expect(program.counts.pulses).toBe(ended.result.activity.pulses);
    // Row and column go to their level and back for every pulse
    expect(program.counts.lineTransitions).toBe(4 * program.counts.pulses);
  });

  it('are priced: half C dV squared for every transition, and what is powered for the whole time', () => {
    const activity = { ...ended.result.activity, programs };
    const estimate = estimateStudy({ ...ended.result, activity }, mapped, TECHNOLOGIES.board);
    const energyOf = (name: string) => estimate.components.find((each) => each.name === name)?.energy_J ?? NaN;
    const squared = program.counts.lineSteps.reduce((sum, { volts, count }) => sum + count * volts ** 2, 0);
    expect(energyOf('line charging') / (0.5 * 20e-12 * squared)).toBeCloseTo(1, 12);
    const seconds = Math.max(ended.result.activity.seconds, program.counts.seconds);
    const { railBuffer } = TECHNOLOGIES.board;
    expect(energyOf('rail converters and buffers') / (4 * seconds * railBuffer.typical)).toBeCloseTo(1, 12);
    expect(estimate.omitted).not.toContain('controller');
    expect(estimate.groups.map(({ group }) => group)).toContain('controller');
  });

  it('read planes and take spikes as a program of superposed waveforms does', () => {
    const superposed = mapStdp({ clauses: ['pair pre with post at -19 ms .. 19 ms step 2 ms repeat 2'] });
    const run = finished(superposed, noSamples);
    const [waves] = studyPrograms(superposed, noSamples, run).programs;
    invariant(waves, 'there is a program');
    const { counts, array } = waves;
    // A neuron before and one behind for each run of a pair: one line each
    expect(counts.addressEvents).toBe(run.result.activity.spikes);
    expect(counts.planeReads.row).toBeGreaterThan(0);
    const { components } = estimateStudy(
      { ...run.result, activity: { ...run.result.activity, programs: [waves] } },
      superposed,
      TECHNOLOGIES['130 nm'],
    );
    const energyOf = (name: string) => components.find((each) => each.name === name)?.energy_J ?? NaN;
    const words =
      counts.planeReads.row * Math.ceil(array.rows / 16) + counts.planeReads.column * Math.ceil(array.columns / 16);
    expect(energyOf('planes') / (words * 1.5e-12)).toBeCloseTo(1, 9);
    expect(energyOf('event buffers') / (2 * counts.addressEvents * 1.5e-12)).toBeCloseTo(1, 9);
    // Counted pulses select lines by their entries, and the host keeps the spikes
    expect(program.counts).toMatchObject({ addressEvents: 0, planeReads: { row: 0, column: 0 } });
  });

  it('wear out the cell that gets most', () => {
    const activity = { ...ended.result.activity, programs };
    const result = { ...ended.result, activity };
    const estimate = estimateStudy(result, mapped, TECHNOLOGIES.board);
    const lifetime = studyLifetime(result, mapped, estimate, 60);
    const endurance = lifetime?.budgets.find(({ kind }) => kind === 'endurance');
    expect(endurance?.spentPerRun).toBe(program.wear.mostPulsed?.amount);
    expect(endurance?.seconds_until_spent).toBeCloseTo((1e8 / (program.wear.mostPulsed?.amount ?? NaN)) * 60, 3);
    expect(lifetime?.absent.join()).toContain('are not followed');
  });
});

describe('trainings', () => {
  const samples = cloudSamples(8, [4], 3);
  const mapped = mapWritten();

  it('are counted in their first batches, and scaled', () => {
    const ended = finished(mapped, () => samples);
    const { programs } = studyPrograms(mapped, () => samples, ended);
    const [program] = programs;
    expect(program).toMatchObject({
      isExact: false,
      basis: 'pulse program of first: first 4 of 6 batches, scaled to the run',
    });
    const [all] = trainingJobs(mapped, () => samples, 6);
    invariant(program && all, 'there are programs');
    const { program: whole } = all.recording.scheduled;
    let [strobes, segments] = [0, 0];
    for (const dataSet of whole.dataSets) {
      for (const event of interpretProgram(whole, dataSet)) {
        if (event.kind === 'sample') strobes++;
        else segments++;
      }
    }
    // Every batch reads alike; how many pulses it gives differs
    expect(program.counts.scanSteps).toBeCloseTo(strobes, 9);
    expect(program.counts.segments / segments).toBeGreaterThan(0.5);
    expect(program.counts.segments / segments).toBeLessThan(2);
  });
});

describe('pairs of cells', () => {
  it('are read by converters, cell by cell and batch by batch', () => {
    const samples = cloudSamples(8, [4], 3);
    const batches = 'train on points.train { loss = crossEntropy, batch = 2 } test on points.test { batch = 2 }';
    const mapped = mappedPairs('fraction = 4 bit', { rate: 20, batches });
    const { activity } = finished(mapped, () => samples).result;
    // Three batches that are trained and one that is tested; four rows of three pairs; nobody asks for errors before them
    expect(activity.conversions).toBe(4 * 4 * 6);
    // 2.7 Ohm at most, 2.1 Ohm when spent, 0.1 V, four columns a converter for 12 us each
    const row = 4 * 12e-6;
    const read = activity.energy['read'] ?? NaN;
    expect(read).toBeGreaterThan((4 * 4 * 6 * row * 0.01) / 2.75);
    expect(read).toBeLessThan((4 * 4 * 6 * row * 0.01) / 0.75);
  });
});

it.each(['regular(1e30 Hz)', 'poisson(1e30 Hz)', 'regular(1e7 Hz)'])('%s is refused before it is listed', (pattern) => {
  const mapped = mapStdp({
    rules: COUNTED,
    learn: 'learn stamped',
    device: 'protonEisNano',
    clauses: ['stimulate post with regular(1 Hz)', `stimulate pre with ${pattern} for 1 s`],
  });
  expect(() => createStudyRun(mapped, noSamples)).toThrow(RealizationFault);
  try {
    createStudyRun(mapped, noSamples);
  } catch (error) {
    expect(error).toMatchObject({ reason: expect.stringContaining('spikes, and 4194304 are the most') as unknown });
  }
});
