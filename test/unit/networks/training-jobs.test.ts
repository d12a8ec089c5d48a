/** The first steps of a training as pulse programs: the batches of the experiment, a controller for each projection. */
import { describe, expect, it } from 'vitest';
import { loadNetwork, mapStudy } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { encode } from '../../../src/ir/passes/encode.js';
import type { MappedNetwork } from '../../../src/ir/mapped-network.js';
import { verifyScheduledArray } from '../../../src/ir/verify-scheduled.js';
import { SampleLoader } from '../../../src/load-samples.js';
import { trainingJobs } from '../../../src/networks/programs/training-jobs.js';
import type { SampleSource } from '../../../src/networks/run/study-run.js';
import { TrainingRun } from '../../../src/networks/run/training-run.js';
import { memoryHost } from '../../support/memory-host.js';

/** Whether the first and the last word of a row are the same. */
const TABLE = Array.from({ length: 24 }, (_, row) => {
  const words = [row % 2, Math.floor(row / 2) % 3, Math.floor(row / 6) % 2].map((word) => 'abc'[word] ?? '');
  return `${words[0] === words[2] ? 'same' : 'other'},${words.join(',')}`;
}).join('\n');

/** What replaces the network: windows of two of the seven features, and the mean of what they tell. */
const WINDOWS = `population maps : relu[2, 1, 6]
  population hidden : linear[2, 1, 3]
  population out : sigmoid[1]
  projection first : in -> maps convolution 1 x 2 DEVICE {
    learn backprop
    weights ~ normal(0, 0.5) seed 1
    ENCODE
  }
  projection pool : maps -> hidden pool average 1 x 2 stride 2`;

interface Parts {
  readonly realization: string;
  readonly device: string;
  readonly columns: string;
  readonly rows: string;
  /** In place of the first layer. */
  readonly layers?: string;
}

function training(changes: Partial<Parts> = {}): { mapped: MappedNetwork; samples: SampleSource } {
  const parts: Parts = {
    realization: 'programming { levels = 100 }',
    device: 'on yszEcram',
    columns: '16',
    rows: '12',
    ...changes,
  };
  const encode = parts.device === '' ? '' : 'encode differential window mid scale 0.5 uS';
  const dense = `population hidden : relu[4]
  population out : sigmoid[1]
  projection first : in -> hidden dense DEVICE {
    learn backprop
    weights ~ normal(0, 0.5) seed 1
    ENCODE
  }`;
  const layers = (parts.layers ?? dense).replace('DEVICE', parts.device).replace('ENCODE', encode);
  const text = `import device yszEcram from "std/devices"
chip Bench {
  clock 50 MHz
  bus apb
  tile ${parts.rows} x ${parts.columns} {
    bias half
    rails -5 V .. 5 V by 12 bit
    timer 16 bit
    settle 100 us
    adc 0 A .. 4 uA by 12 bit in 2 us settle 10 us shared by 4
    lines 100 pF source "board" confidence estimate
  }
}
rule backprop {
  weight w : 1 in -4 .. 4
  on sample { w -= 0.5 * post.error * pre.value }
  realize ${parts.realization}
}
data table {
  from "table.csv"
  labels column 0
  features columns 1 .. 3 encoded oneHot
}
network Net {
  population in : rates[1, 1, 7]
  ${layers}
  projection second : hidden -> out dense ${parts.device} {
    learn backprop
    weights ~ normal(0, 0.5) seed 2
    ${encode}
  }
}
experiment Try {
  run Net on Bench
  seeds 2 from 5
  train on table { batch = 8, loss = crossEntropy, epochs = 3 }
  test on table
}
`;
  const diagnostics = new DiagnosticBag();
  const host = memoryHost({ 'input.ion': text, 'table.csv': TABLE });
  const source = { file: 'input.ion', host, overrides: new Map<string, string>() };
  const network = loadNetwork('input.ion', host, source.overrides, diagnostics);
  const [study] = network?.studies ?? [];
  const mapped = network && study && mapStudy({ network, study, point: [] }, source, diagnostics);
  const samples = mapped && new SampleLoader(host).load(mapped, diagnostics);
  if (!samples) throw new Error(JSON.stringify(diagnostics.all));
  return { mapped, samples };
}

describe('training jobs', () => {
  it('are one for each projection, of the first seed, with one run of the program for each vector and update', () => {
    const { mapped, samples } = training();
    const jobs = trainingJobs(mapped, samples, 4);
    expect(jobs.map(({ projection }) => projection)).toEqual(['first', 'second']);
    for (const { recording } of jobs) {
      const { program } = recording.scheduled;
      verifyScheduledArray(recording.scheduled);
      // Four batches of eight vectors, and what the last one asks for
      expect(program.dataSets).toHaveLength(33);
      expect(program.dataSets[0]?.entries).toEqual([]);
      expect(program.dataSets.flatMap(({ entries }) => entries).length).toBeGreaterThan(10);
    }
    // One-hot features are read at once, activations bit by bit
    expect(jobs.map(({ recording }) => recording.scheduled.program.dataSets[0]?.rowPlanes.length)).toEqual([1, 8]);
    expect(jobs.map(({ recording }) => recording.seed % 2 ** 40)).toEqual([5, 5]);
  });

  it('end with the first seed', () => {
    const { mapped, samples } = training();
    const [first] = trainingJobs(mapped, samples, 10_000);
    // Three epochs of 24 vectors and a test of them
    expect(first?.recording.scheduled.program.dataSets).toHaveLength(96);
    expect((first?.recording.seed ?? 0) % 2 ** 40).toBe(5);
  });

  it.each(['programming { levels = 100 }', 'outerProduct'])(
    'have one hardware for any number of steps: %s',
    (realization) => {
      const { mapped, samples } = training({ realization });
      const hardware = [1, 5].map((steps) =>
        trainingJobs(mapped, samples, steps).map(({ recording }) => encode(recording.scheduled).specHash),
      );
      expect(hardware[0]).toEqual(hardware[1]);
      expect(hardware[0]).toHaveLength(2);
    },
  );

  it('leave out what no program carries out where somebody is told', () => {
    const layers = `population hidden : relu[4]
  population out : sigmoid[1]
  projection first : in -> hidden dense { learn backprop }`;
    const { mapped, samples } = training({ layers });
    const told: string[] = [];
    const jobs = trainingJobs(mapped, samples, 1, ({ name }, reason) => told.push(`${name}: ${reason}`));
    expect(jobs.map(({ projection, part }) => [projection, part])).toEqual([['second', undefined]]);
    expect(told).toEqual(['first: its synapses are numbers of the host, on no device']);
  });

  it('are one for each tile where a projection takes several, all of one hardware', () => {
    // Eight rows of four pairs on tiles of five rows and three pairs
    const { mapped, samples } = training({ rows: '5', columns: '6' });
    const jobs = trainingJobs(mapped, samples, 3);
    const names = ['first 0', 'first 1', 'first 2', 'first 3', 'second undefined'];
    expect(jobs.map(({ projection, part }) => `${projection} ${part}`)).toEqual(names);
    expect(jobs.map(({ weights }) => weights.length)).toEqual([15, 5, 9, 3, 5]);
    const parts = jobs.slice(0, 4).map(({ recording }) => recording);
    for (const { scheduled } of parts) verifyScheduledArray(scheduled);
    expect(new Set(parts.map(({ scheduled }) => encode(scheduled).specHash)).size).toBe(1);
    // Each has devices of its own, and data sets where its rows have inputs
    expect(new Set(parts.map(({ seed }) => seed)).size).toBe(4);
    for (const { scheduled } of parts) expect(scheduled.program.dataSets.length).toBeGreaterThan(8);
  });

  it('read every window of a convolution', () => {
    const { mapped, samples } = training({ layers: WINDOWS });
    const [first] = trainingJobs(mapped, samples, 2);
    const { features } = samples('table');
    const vectors = Array.from({ length: 16 }, (_, sample) => [...features.subarray(7 * sample, 7 * sample + 7)]);
    // What is not read is a window of zeros
    const windows = vectors.flatMap((vector) => vector.slice(1).filter((value, at) => value + vector[at]! > 0));
    expect(windows.length).toBeGreaterThan(64);
    // Two batches, and the update behind them
    expect(first!.recording.scheduled.program.dataSets).toHaveLength(windows.length + 1);
  });

  it.each([{}, { layers: WINDOWS }, { rows: '5', columns: '6' }])(
    'take the steps of the experiment: weights stay near those of the fast arrays',
    (changes) => {
      const { mapped, samples } = training(changes);
      const quiet = { ...mapped, study: { ...mapped.study, without: ['gain', 'cycle', 'noise'] } };
      const jobs = trainingJobs(quiet, samples, 3);
      const run = new TrainingRun(quiet, samples);
      for (let step = 0; step < 3; step++) run.advance();
      const { arrays } = run.checkpoint();
      for (const { projection, part, weights } of jobs) {
        const siemens = arrays[`projection ${projection}`]?.[part === undefined ? 'state0' : `${part}.state0`];
        weights.forEach((weight, synapse) => {
          const fast = ((siemens?.[2 * synapse] ?? NaN) - (siemens?.[2 * synapse + 1] ?? NaN)) / 0.5e-6;
          // A level where a code decided otherwise
          expect(Math.abs(weight - fast)).toBeLessThan(0.05);
        });
      }
    },
  );

  it.each([
    [{ device: '' }, 'none of its projections has a controller; `--experiment` chooses others'],
    [{ realization: 'tikiTaka { every = 1 }', rows: '5' }, 'do not fit a tile'],
  ])('are refused where there is no program: %j', (changes, reason) => {
    const { mapped, samples } = training(changes);
    expect(() => trainingJobs(mapped, samples, 1)).toThrow(reason);
  });
});
