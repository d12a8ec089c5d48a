/** Steps of neurons as pulse programs: what the RTL is given does what the harness does, from codes alone. */
import { expect, it } from 'vitest';
import { verifyScheduledArray } from '../../../src/ir/verify-scheduled.js';
import { InferenceRun } from '../../../src/networks/inference/inference-run.js';
import { inferenceJobs, stepsOfInference } from '../../../src/networks/programs/inference-jobs.js';
import { StudyFault } from '../../../src/networks/study-fault.js';
import { FINE_CHIP, mapInference, table } from '../../support/run-inference.js';

const WEIGHTS = table(Array.from({ length: 11 }, (_, row) => [0, 1, 2].map((column) => (((row * 5 + column * 7) % 13) - 6) / 8))); // prettier-ignore
const SPIKES = table(
  [0, 1].map((sample) => Array.from({ length: 60 }, (_, at) => Number((at * (sample + 3)) % 7 < 2))),
);

function text(clauses: string, device = 'on yszEcram'): string {
  return `import device yszEcram from "std/devices"
${FINE_CHIP}
data spikes { from "spikes.csv" features columns 0 .. 59 }
network Net {
  population before : spikes[10]
  population answer : cubaLif[3] { tau = 2 ms, tauSynapse = 2 ms, gain = 2, resistance = 2 }
  projection input : before -> answer dense ${device} {
    weights from "weights.csv"
    ${device === '' ? '' : 'encode differential window mid scale 1 uS'}
  }
}
experiment Show {
  run Net on Fine
  ${clauses}
  record answer.spikes
  expect spikes(answer) >= 0 spikes
}
`;
}

const map = (...parts: Parameters<typeof text>) => mapInference(text(...parts), { 'weights.csv': WEIGHTS, 'spikes.csv': SPIKES }); // prettier-ignore

it('programs and reads every tile, one data set a step', () => {
  const { mapped, samples } = map('without gain, cycle, noise\n  program weights\n  test on spikes { step = 1 ms }');
  expect(stepsOfInference(mapped, samples)).toBe(12);
  const jobs = inferenceJobs(mapped, samples, 6);
  expect(jobs.map(({ projection, part }) => [projection, part])).toEqual([
    ['input', 0],
    ['input', 1],
  ]);
  for (const { recording } of jobs) verifyScheduledArray(recording.scheduled);
  const [first, second] = jobs.map(({ recording }) => recording.scheduled.program.dataSets);
  expect(first!.map(({ occasion }) => occasion?.activity)).toEqual(new Array(6).fill('testing on spikes').fill('programming', 0, 1)); // prettier-ignore
  expect(first!.map(({ entries }) => entries.length)).toEqual([48, 0, 0, 0, 0, 0]);
  // The last row of the second tile holds the biases, whose line is on in every step
  for (const { rowPlanes } of second!) expect(rowPlanes[0]).toContain(2);
});

it('comes to the weights of the harness where nothing varies', () => {
  const { mapped, samples } = map('without gain, cycle, noise\n  program weights { attempts = 3 pulses }\n  test on spikes { step = 1 ms }'); // prettier-ignore
  const run = new InferenceRun(mapped, samples);
  while (run.step());
  const { weightErrors, records } = run.result();
  const wanted = WEIGHTS.trim().split('\n').map((line) => line.split(',').map(Number)); // prettier-ignore
  const jobs = inferenceJobs(mapped, samples, 6);
  const found = jobs.flatMap(({ weights }) => [...weights]);
  found.forEach((weight, at) => {
    expect(weight).toBeCloseTo(wanted.flat()[at]! + weightErrors![0]!.errors![at]!, 1);
  });
  expect(records![0]!.found.length).toBeGreaterThan(4);
});

it('reads cells that nothing writes', () => {
  const { mapped, samples } = map('test on spikes { step = 1 ms, batch = 2 }');
  const [job] = inferenceJobs(mapped, samples, 2);
  // Two samples side by side are two reads a step
  expect(job!.recording.scheduled.program.dataSets).toHaveLength(4);
});

it('says why there is no program', () => {
  const { mapped, samples } = map('test on spikes { step = 1 ms }', '');
  expect(() => inferenceJobs(mapped, samples, 1)).toThrow(StudyFault);
  const told: string[] = [];
  expect(inferenceJobs(mapped, samples, 1, ({ name }, reason) => told.push(`${name}: ${reason}`))).toEqual([]);
  expect(told).toEqual(['input: its synapses are numbers of the host, on no device']);
  const waiting = map('program weights\n  wait 1 s\n  test on spikes { step = 1 ms }');
  expect(() => inferenceJobs(waiting.mapped, waiting.samples, 1)).toThrow('do not wait');
});
