/** A run of an experiment that costs nothing: an array of numbers that every step changes, for tests of what is around. */
import { decideStudy, metricsOf, studyFigures } from '../../src/ir/study-expectations.js';
import type { StudyResult } from '../../src/ir/study-result.js';
import type { CreateStudyRun, StudyRun } from '../../src/networks/run/study-run.js';

interface Position {
  readonly step: number;
  readonly curve: readonly number[];
}

/** Makes runs of `steps` steps; every figure of the experiment is the mean of the array at the end. */
export function driftingRun(steps: number, onStep: (step: number) => void = () => undefined): CreateStudyRun {
  return (mapped, samples, checkpoint): StudyRun => {
    const { step: start, curve } = (checkpoint?.position ?? { step: 0, curve: [] }) as Position;
    const values = new Float32Array(checkpoint?.arrays['drift']?.['values'] ?? new Float32Array(8));
    let step = start;
    const accuracies = [...curve];
    const offset = mapped.point.reduce((sum, { value }) => sum + value, 0) + mapped.data.reduce((sum, { name }) => sum + samples(name).count, 0); // prettier-ignore
    return {
      step() {
        if (step === steps) return undefined;
        onStep(step);
        values.forEach((value, index) => (values[index] = Math.sin(value * 1.7 + step + index + offset)));
        step++;
        accuracies.push(Math.abs(values[0] ?? 0));
        return { text: `step ${step}`, done: step, total: steps, figures: { value: values[0] ?? 0 } };
      },
      checkpoint: () => ({
        spec: 'drift',
        position: { step, curve: accuracies } satisfies Position,
        arrays: { drift: { values: values.slice() } },
      }),
      result(): StudyResult {
        const { study, point } = mapped;
        const figures = studyFigures(mapped);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const seeds = [new Map(figures.map(({ key }) => [key, mean]))];
        return {
          name: study.name,
          point,
          firstSeed: study.firstSeed,
          seedCount: study.seedCount,
          measures: metricsOf(figures, seeds),
          expectations: decideStudy(study, seeds),
          curve: accuracies.map((accuracy) => ({ phases: [], kind: 'train', samples: 'kinds.train', count: 4, accuracy })), // prettier-ignore
          windows: [
            { projection: 'synapses', rule: 'stdp', seconds: [-0.01, 0.01], change: [-1e-9, 1e-9], deviation: [0, 0], kernel: [-1e-9, 1.1e-9], unit: { symbol: 'nS', scale: 1e-9 } },
          ], // prettier-ignore
          activity: { seconds: 1, pulses: 4, refreshes: 0, reads: 2, conversions: 16, spikes: 3, energy: { pulses: 1e-12 } }, // prettier-ignore
          baselines: study.baselines,
          realizations: [],
          seconds: 0,
        };
      },
    };
  };
}
