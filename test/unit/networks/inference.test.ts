/** Samples shown to neurons with equations in time: on ideal devices as with exact weights, on real ones less so. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignalRecord, StudyResult } from '../../../src/ir/study-result.js';
import { InferenceRun } from '../../../src/networks/inference/inference-run.js';
import { stepOrder } from '../../../src/networks/inference/step-order.js';
import { StudyFault } from '../../../src/networks/study-fault.js';
import { REPOSITORY } from '../../support/golden.js';
import { FINE_CHIP, mapInference, runInference, table } from '../../support/run-inference.js';
import { oracleSpikes, type OracleNetwork } from '../../support/spiking-oracle.js';

type Rows = readonly (readonly number[])[];

interface Recurrent {
  readonly weights: Pick<OracleNetwork, 'input' | 'recurrent' | 'output'>;
  readonly inputs: Rows;
  readonly hidden: Rows;
  readonly outputs: Rows;
}

/** What snnTorch did (test/golden/neurons/record-neurons.py). */
const RECORDED = (JSON.parse(readFileSync(path.join(REPOSITORY, 'test/golden/neurons/neurons.json'), 'utf8')) as { readonly recurrent: Recurrent }).recurrent; // prettier-ignore
/** What is kept of currents and potentials of hidden and output neurons in a step of 1 ms. */
const KEPT = { keptCurrent: [0.55, 0.5], keptPotential: [0.9, 0.55], threshold: 1 } as const;

/** Settings of neurons that keep these parts in a step of 1 ms, as packages write them. */
function settings(index: 0 | 1): string {
  const [current, potential] = [1 - KEPT.keptCurrent[index], 1 - KEPT.keptPotential[index]];
  return `{ tau = 1 ms / ${potential}, tauSynapse = 1 ms / ${current}, gain = 1 / ${current}, resistance = 1 / ${potential} }`;
}

interface Changes {
  readonly scale?: string;
  readonly chip?: string;
  readonly clauses?: string;
}

/** A recurrent network on ECRAM, with the sizes of `weights`. */
function recurrentText({ input, output }: Recurrent['weights'], { scale = '0.5 uS', clauses }: Changes = {}): string {
  const on = (name: string): string =>
    `dense on yszEcram { weights from "${name}.csv" encode differential window mid scale ${scale} }`;
  return `import device yszEcram from "std/devices"
${FINE_CHIP}
data spikes { from "spikes.csv" features columns 0 .. LAST }
network Net {
  population before : spikes[${input.length - 1}]
  population hidden : cubaLif[${input[0]!.length}] ${settings(0)}
  population answer : cubaLif[${output[0]!.length}] ${settings(1)}
  projection input : before -> hidden ${on('input')}
  projection recurrent : hidden -> hidden ${on('recurrent')}
  projection output : hidden -> answer ${on('output')}
}
experiment Show {
  run Net on Fine
  ${clauses ?? 'without gain, cycle, noise\n  test on spikes { step = 1 ms }'}
  record hidden.spikes, answer.spikes, answer.potential
  expect agreement(hidden) <= 1
  expect agreement(answer) <= 1
  expect agreement(spikes) <= 1
  expect rate(hidden) >= 0 Hz
  expect spikes(hidden) >= 0 spikes
}
`;
}

function showRecurrent(
  weights: Recurrent['weights'],
  samples: readonly Rows[],
  changes?: Changes,
): { readonly result: StudyResult; readonly text: string; readonly files: Readonly<Record<string, string>> } {
  const files = {
    ...Object.fromEntries(Object.entries(weights).map(([name, rows]) => [`${name}.csv`, table(rows)])),
    'spikes.csv': table(samples.map((rows) => rows.flat())),
  };
  const text = recurrentText(weights, changes).replace('LAST', String(samples[0]!.flat().length - 1));
  return { result: runInference(text, files), text, files };
}

/** Spikes of a record (steps x neurons). */
function spikesOf({ steps, neurons }: SignalRecord, pairs: readonly number[]): number[][] {
  const rows = Array.from({ length: steps }, () => new Array<number>(neurons).fill(0));
  for (let at = 0; at < pairs.length; at += 2) rows[pairs[at]!]![pairs[at + 1]!] = 1;
  return rows;
}

describe('a recurrent network', () => {
  const { result } = showRecurrent(RECORDED.weights, [RECORDED.inputs]);
  const [hidden, answer, potential] = result.records!;

  it('fires as snnTorch does, with exact weights', () => {
    expect(RECORDED.outputs.flat().filter((spike) => spike === 1).length).toBeGreaterThan(20);
    expect(spikesOf(hidden!, hidden!.exact)).toEqual(RECORDED.hidden);
    expect(spikesOf(answer!, answer!.exact)).toEqual(RECORDED.outputs);
  });

  it('fires as well on tiles of devices without spread', () => {
    expect(spikesOf(hidden!, hidden!.found)).toEqual(RECORDED.hidden);
    expect(spikesOf(answer!, answer!.found)).toEqual(RECORDED.outputs);
    expect(result.measures['agreement(hidden)']!.mean).toBe(1);
    expect(result.realizations.map(({ figures }) => figures.find(({ name }) => name === 'tiles')!.value)).toEqual([4, 12, 3]); // prettier-ignore
  });

  it('tells rates, spikes and potentials', () => {
    const count = RECORDED.hidden.flat().reduce((sum, spike) => sum + spike, 0);
    expect(result.measures['spikes(hidden)']!.mean).toBe(count);
    expect(result.measures['rate(hidden)']!.mean).toBeCloseTo(count / 16 / 60e-3, 9);
    expect(potential!.kind).toBe('values');
    expect(potential!.found).toHaveLength(60 * 3);
    potential!.found.forEach((value, at) => {
      expect(value).toBeCloseTo(potential!.exact[at]!, 4);
    });
    expect(result.activity.seconds).toBeCloseTo(60e-3, 12);
  });
});

describe('ideal devices', () => {
  it('fire as an oracle does, whatever the weights and inputs', () => {
    const weight = fc.integer({ min: -1000, max: 1000 }).map((thousandth) => Math.fround(thousandth / 1000));
    const matrix = (rows: number, columns: number) =>
      fc.array(fc.array(weight, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
    const spikes = fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 3, maxLength: 3 }), { minLength: 20, maxLength: 20 }); // prettier-ignore
    const networks = fc.record({ input: matrix(4, 9), recurrent: matrix(10, 9), output: matrix(10, 2) });
    const runs = Number(process.env['IONLOOM_FUZZ_RUNS'] ?? 2000) / 100;
    fc.assert(
      fc.property(networks, fc.array(spikes, { minLength: 2, maxLength: 2 }), (weights, samples) => {
        const { result } = showRecurrent(weights, samples, { clauses: 'without gain, cycle, noise\n  test on spikes { step = 1 ms, batch = 2 }' }); // prettier-ignore
        const wanted = oracleSpikes({ ...weights, ...KEPT }, samples[0]!);
        const [hidden, answer] = result.records!;
        expect(spikesOf(hidden!, hidden!.exact)).toEqual(wanted.hidden);
        expect(spikesOf(answer!, answer!.exact)).toEqual(wanted.outputs);
        for (const name of ['agreement(hidden)', 'agreement(answer)', 'agreement(spikes)']) {
          expect(result.measures[name]!.mean).toBe(1);
        }
      }),
      { seed: 9, numRuns: runs },
    );
  });
});

describe('programmed devices', () => {
  const programmed = (program: string, rest = '') =>
    showRecurrent(RECORDED.weights, [RECORDED.inputs], { clauses: `${program}\n  ${rest}test on spikes { step = 1 ms }` }).result; // prettier-ignore
  const errorOf = ({ weightErrors }: StudyResult): number => Math.max(...weightErrors!.map(({ rms }) => rms));

  it('hold weights the better the more often they are looked at', () => {
    const open = programmed('program weights');
    const verified = programmed('program weights { attempts = 10 pulses }');
    expect(open.activity.pulses).toBeGreaterThan(0);
    expect(verified.activity.pulses).toBeGreaterThan(open.activity.pulses);
    expect(verified.activity.seconds).toBeGreaterThan(open.activity.seconds);
    expect(errorOf(open)).toBeGreaterThan(5 * errorOf(verified));
    expect(verified.measures['agreement(hidden)']!.mean).toBeGreaterThan(open.measures['agreement(hidden)']!.mean);
    expect(open.measures['agreement(hidden)']!.mean).toBeLessThan(1);
  });

  it('hold them but for what neighbours disturb, where nothing varies', () => {
    const serial = programmed('without gain, cycle, noise\n  program weights { attempts = 4 pulses }');
    const rows = programmed('without gain, cycle, noise\n  program weights { attempts = 4 pulses, by = rows }');
    for (const each of [serial, rows]) expect(errorOf(each)).toBeLessThan(0.05);
    expect(rows.activity.seconds).toBeLessThan(serial.activity.seconds / 2);
  });

  it('are at the lower end of their window before, and at levels behind', () => {
    const { weightErrors } = programmed('without gain, cycle, noise\n  program weights { attempts = 4 pulses, levels = 4 }'); // prettier-ignore
    const erased = showRecurrent(RECORDED.weights, [RECORDED.inputs], { clauses: 'test on spikes { step = 1 ms }\n  program weights' }).result; // prettier-ignore
    expect(erased.measures['spikes(hidden)']!.mean).toBe(0);
    // Four steps of 0.5 uS, or one in weights
    for (const { rms } of weightErrors!) expect(rms).toBeGreaterThan(0.15);
  });

  it('tell weights that their window does not hold', () => {
    const { result } = showRecurrent(RECORDED.weights, [RECORDED.inputs], { scale: '2 uS' });
    const clipped = result.weightErrors!.map((each) => each.clipped);
    const beyond = Object.values(RECORDED.weights).map((rows: Rows) => rows.flat().filter((weight) => Math.abs(weight) > 1).length); // prettier-ignore
    expect(clipped).toEqual(beyond);
    expect(beyond[0]).toBeGreaterThan(0);
  });

  it('go on from a checkpoint with the same bits', () => {
    const { text, files, result } = showRecurrent(RECORDED.weights, [RECORDED.inputs], { clauses: 'seeds 2 from 3\n  program weights\n  test on spikes { step = 1 ms }' }); // prettier-ignore
    const { mapped, samples } = mapInference(text, files);
    const saved = { ...new InferenceRun(mapped, samples).checkpoint(), position: { done: 80 } };
    const run = new InferenceRun(mapped, samples, saved);
    while (run.step());
    expect({ ...run.result(), seconds: 0 }).toEqual({ ...result, seconds: 0 });
    expect(() => new InferenceRun(mapped, samples, { ...saved, spec: 'other' })).toThrow(StudyFault);
  });
});

/** A chain of populations of one neuron that fires whenever it gets a spike. */
function chainText(body: string, clauses = 'test on spikes { step = 1 ms }'): string {
  return `${FINE_CHIP}
data spikes { from "spikes.csv" features columns 0 .. 5 }
network Net {
  population before : spikes[1]
  ${body}
}
experiment Show {
  run Net on Fine
  ${clauses}
  record answer.spikes
  expect spikes(answer) >= 0 spikes
}
`;
}

const ANSWER = 'population answer : threshold[1] { threshold = 0.5 }';
const IMPULSE = { 'spikes.csv': '1,0,0,0,0,0\n' };
const times = (body: string): readonly number[] =>
  runInference(chainText(body), IMPULSE).records![0]!.found.filter((_, at) => at % 2 === 0);

describe('spikes', () => {
  it('arrive in the same step, in whatever order populations are declared', () => {
    expect(times(`${ANSWER}\n projection before -> answer one-to-one`)).toEqual([0]);
    expect(times(`${ANSWER}\n population middle : threshold[1] { threshold = 0.5 }\n projection middle -> answer one-to-one\n projection before -> middle one-to-one`)).toEqual([0]); // prettier-ignore
  });

  it('arrive later by a delay, and in circles by a step', () => {
    expect(times(`${ANSWER}\n projection before -> answer one-to-one { delay 2 ms }`)).toEqual([2]);
    expect(times(`${ANSWER}\n projection before -> answer one-to-one\n projection answer -> answer one-to-one`)).toEqual([0, 1, 2, 3, 4, 5]); // prettier-ignore
    expect(times(`${ANSWER}\n projection before -> answer one-to-one\n projection answer -> answer one-to-one { delay 3 ms }`)).toEqual([0, 3]); // prettier-ignore
  });

  it('go round circles from the population that is declared first', () => {
    const link = (from: number, to: number) => ({ from: { population: from }, to: { population: to } });
    const order = (count: number, links: readonly ReturnType<typeof link>[]) =>
      stepOrder({ populations: new Array(count).fill({}), projections: links } as never);
    expect(order(3, [link(2, 1), link(1, 0)])).toEqual([2, 1, 0]);
    expect(order(4, [link(0, 2), link(2, 1), link(1, 2), link(1, 3)])).toEqual([0, 1, 2, 3]);
    expect(order(2, [link(0, 0), link(0, 1)])).toEqual([0, 1]);
  });
});

describe('what no run can do is told', () => {
  const LINK = `${ANSWER}\n projection before -> answer one-to-one`;
  it.each([
    [LINK, 'test on spikes', '`test`: nothing says how long a step of its neurons is'],
    [LINK, 'test on spikes { step = 1 ms }\n  test on spikes { step = 2 ms }', 'steps of one length'],
    [LINK, 'test on spikes { step = 1 ms, duration = 1 s }', '`duration`'],
    [LINK, 'test on spikes { step = 1 ms }\n  pair before with answer at 0 s .. 1 s step 1 s', '`pair`'],
    [LINK.replace('one-to-one', 'one-to-one { delay 1 ms * (1 + pre.index) }'), 'test on spikes { step = 1 ms }', 'all its synapses have one delay'], // prettier-ignore
    [`${LINK}\n population other : softmax[1]\n projection answer -> other one-to-one`, 'test on spikes { step = 1 ms }', '`softmax` follows no equation in time'], // prettier-ignore
  ])('%s, %s', (body, clauses, message) => {
    const text = chainText(body, clauses).replace(/ {2}record.*\n/, '').replace('  expect spikes(answer) >= 0 spikes\n', ''); // prettier-ignore
    const { mapped, samples } = mapInference(text, IMPULSE);
    const attempt = (): StudyResult => {
      const run = new InferenceRun(mapped, samples);
      while (run.step());
      return run.result();
    };
    expect(attempt).toThrow(StudyFault);
    try {
      attempt();
    } catch (fault) {
      expect((fault as StudyFault).reason).toContain(message);
    }
  });
});
