/** Runs of trainings: schedule, results, interruption, and what goes wrong. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { invariant } from '../../../src/core/invariant.js';
import type { Samples } from '../../../src/core/samples.js';
import type { MappedNetwork } from '../../../src/ir/mapped-network.js';
import { createStudyRun } from '../../../src/networks/run/create-study-run.js';
import type { StudyRun } from '../../../src/networks/run/study-run.js';
import { StudyFault } from '../../../src/networks/study-fault.js';
import { cloudSamples, mapTraining } from '../../support/trained-network.js';

const COUNT = 64;

function netText(hidden: string, rule = 'learn descent'): string {
  return `network Net {
  population a : rates[6]
  population b : ${hidden}
  population c : softmax[3]
  projection first : a -> b dense { ${rule} }
  projection second : b -> c dense { ${rule} }
}
`;
}

function experiment(...clauses: readonly string[]): string {
  return `experiment Try {\n  run Net on Bench\n  ${clauses.join('\n  ')}\n}\n`;
}

const TWO_PHASES = [
  'seeds 2 from 3',
  'phase early repeat 2 { train on points.train { batch = 8, loss = crossEntropy } test on points.test { batch = 4 } }',
  'phase late { train on points.train { batch = 8, loss = crossEntropy, epochs = 3, shuffle = 5 } test on points.test }',
  'expect accuracy(points.test) > 90 %',
  'expect accuracy(points.test, early) <= mean(accuracy(points.test, late))',
  'expect loss(points.train) < 0.5',
];

const SAMPLES = cloudSamples(COUNT, [6], 3);

function mapped(...clauses: readonly string[]): MappedNetwork {
  return mapTraining(netText('relu[12] { batchNorm = 10 %, noise = 0.01 }') + experiment(...clauses), [6], COUNT);
}

function runOf(network: MappedNetwork, samples: Samples = SAMPLES): StudyRun {
  return createStudyRun(network, () => samples);
}

function finish(run: StudyRun): StudyRun {
  while (run.step()) continue;
  return run;
}

/** Without what the clock says. */
function resultOf(run: StudyRun) {
  return { ...run.result(), seconds: 0 };
}

function faultOf(action: () => unknown): StudyFault {
  try {
    action();
  } catch (error) {
    invariant(error instanceof StudyFault, String(error));
    return error;
  }
  throw new Error('nothing has gone wrong');
}

function codesOf(fault: StudyFault): readonly string[] {
  const diagnostics = new DiagnosticBag();
  fault.report(diagnostics);
  return diagnostics.all.map(({ code }) => code);
}

describe('a training', () => {
  const network = mapped(...TWO_PHASES);
  const result = finish(runOf(network)).result();

  it('learns', () => {
    expect(result.expectations.map(({ ok }) => ok)).toEqual([true, true, true]);
  });

  it('shows a point of the curve for every presentation', () => {
    const points = result.curve.map(({ phases, kind, samples, count }) => [phases.map(({ name, turn }) => `${name} ${String(turn)}`).join(), kind, samples, count]); // prettier-ignore
    expect(points).toEqual([
      ['early 0', 'train', 'points.train', 48],
      ['early 0', 'test', 'points.test', 16],
      ['early 1', 'train', 'points.train', 48],
      ['early 1', 'test', 'points.test', 16],
      ...[0, 1, 2].map(() => ['late 0', 'train', 'points.train', 48]),
      ['late 0', 'test', 'points.test', 16],
    ]);
  });

  it('measures a phase by its name', () => {
    const { measures } = finish(runOf(mapped(...TWO_PHASES, 'expect accuracy(points.test, early) > 0'))).result();
    const early = result.curve[3]!.accuracy!;
    expect(measures['accuracy(points.test, early)']!.min).toBeLessThanOrEqual(early);
    expect(measures['accuracy(points.test, early)']!.max).toBeGreaterThanOrEqual(early);
  });

  it('counts what the arrays do', () => {
    expect(result.activity.reads).toBeGreaterThan(0);
    expect(result.activity.pulses).toBe(0);
  });
});

describe('an interrupted run', () => {
  const network = mapped(...TWO_PHASES);

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('goes on with the same bits after every batch', () => {
    // A clock that is always over its time: a step is a batch
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
    const whole = resultOf(finish(runOf(network)));
    let run = createStudyRun(network, () => SAMPLES);
    let isLeft = true;
    while (isLeft) {
      isLeft = run.step() !== undefined;
      const saved = structuredClone(run.checkpoint());
      run = createStudyRun(network, () => SAMPLES, saved);
    }
    expect(resultOf(run)).toEqual(whole);
  });

  it('is not taken up by another experiment or with other samples', () => {
    const run = runOf(network);
    run.step();
    const saved = run.checkpoint();
    const other = mapped(...TWO_PHASES, 'set descent.eta = 0.25');
    expect(codesOf(faultOf(() => createStudyRun(other, () => SAMPLES, saved)))).toEqual(['study/other-checkpoint']);
    const samples = { ...SAMPLES, labels: SAMPLES.labels!.map((label) => (label + 1) % 3) };
    expect(codesOf(faultOf(() => createStudyRun(network, () => samples, saved)))).toEqual(['study/other-checkpoint']);
  });
});

describe('what goes wrong', () => {
  it('a training that diverges stops before the step, and says where', () => {
    const features = SAMPLES.features.slice();
    features[20 * 6] = NaN;
    const run = runOf(mapped('phase learning { train on points.train { batch = 8, loss = crossEntropy } }'), { ...SAMPLES, features }); // prettier-ignore
    const fault = faultOf(() => finish(run));
    expect(codesOf(fault)).toEqual(['study/diverged']);
    expect(fault.reason).toBe('the loss is not a finite number at seed 1, `learning` 1, epoch 1, batch 3');
    const { arrays } = run.checkpoint();
    const weights = arrays['projection first']!['matrix']!;
    expect(weights.every((weight) => Number.isFinite(weight))).toBe(true);
  });

  it.each([
    ['a network without a loss', netText('relu[4]'), 'train on points.train'],
    ['a loss of neurons that have no probabilities', netText('relu[4]').replace('softmax[3]', 'tanh[3]'), 'train on points.train { loss = crossEntropy }'], // prettier-ignore
    ['weights that nobody has read', 'network Net {\n  population a : rates[6]\n  population c : softmax[2]\n  projection p : a -> c all-to-all {\n    learn descent\n    weights from "weights.csv"\n  }\n}\n', 'train on points.train { loss = crossEntropy }'], // prettier-ignore
    ['weights in a NIR graph', 'network Net {\n  population a : rates[6]\n  population c : softmax[2]\n  projection p : a -> c all-to-all {\n    learn descent\n    weights from nir "weights.nir"\n  }\n}\n', 'train on points.train { loss = crossEntropy }'], // prettier-ignore
    ['a circle', netText('relu[4]').replace('}\n}', '}\n  projection back : b -> b all-to-all\n}'), 'train on points.train { loss = crossEntropy }'], // prettier-ignore
  ])('%s cannot be run', (_, text, clause) => {
    const network = mapTraining(text + experiment(clause), [6], COUNT);
    expect(codesOf(faultOf(() => runOf(network)))).toEqual(['study/not-runnable']);
  });
});
