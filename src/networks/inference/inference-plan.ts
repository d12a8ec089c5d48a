/** What an experiment does that shows samples to neurons with equations in time: its steps and ends. */
import type { Span } from '../../core/span.js';
import { evaluate } from '../../devices/evaluate.js';
import { inputPopulation, outputPopulation } from '../../ir/check-samples.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { NamedNumber } from '../../ir/rule.js';
import type { CurvePoint } from '../../ir/study-result.js';
import type { SampleChoice, ScheduleStep } from '../../ir/study.js';
import type { Programming } from '../arrays/programmed-cells.js';
import { notRunnable } from '../study-fault.js';

/** Samples that are shown once, `batch` of them side by side. */
export interface ShownSamples {
  readonly kind: 'test';
  readonly samples: SampleChoice;
  readonly phases: CurvePoint['phases'];
  readonly batch: number;
  /** Factor of spreads per read. */
  readonly readNoise: number;
  readonly origin: Span;
}

export type InferenceStep =
  | ShownSamples
  | { readonly kind: 'program'; readonly origin: Span }
  | { readonly kind: 'modulate'; readonly modulator: string; readonly value: number }
  | { readonly kind: 'wait'; readonly seconds: number };

export interface InferencePlan {
  readonly steps: readonly InferenceStep[];
  /** Indices of populations: what samples drive, and what decides. */
  readonly input: number;
  readonly output: number;
  /** Time of a step of all neurons [s]. */
  readonly stepSeconds: number;
  /** How cells are programmed; they begin at their weights where absent. */
  readonly programming?: Programming;
}

const WHO = 'neurons with equations in time';

/** The plan; throws a `StudyFault` for what no run can do. */
export function planInference(mapped: MappedNetwork): InferencePlan {
  const { study, populations } = mapped;
  const ends = [inputPopulation(mapped), outputPopulation(mapped)];
  const [input = -1, output = -1] = ends.map((found) => (found ? populations.indexOf(found) : -1));
  if (input < 0) notRunnable(`\`${study.network}\``, 'samples drive no population', study.origin);
  if (output < 0) notRunnable(`\`${study.network}\``, 'no population could be the answer', study.origin);
  for (const { name, learning, origin } of mapped.projections) {
    if (learning.length > 0) notRunnable(`projection \`${name}\``, `${WHO} learn nothing from samples`, origin);
  }
  const programming = programmingOf(study.schedule);
  return {
    steps: stepsOf(study.schedule, []),
    ...{ input, output, stepSeconds: stepSecondsOf(mapped) },
    ...(programming && { programming }),
  };
}

function stepsOf(schedule: readonly ScheduleStep[], phases: CurvePoint['phases']): readonly InferenceStep[] {
  return schedule.flatMap((step): readonly InferenceStep[] => {
    switch (step.kind) {
      case 'test': {
        const { kind, samples, origin } = step;
        const [batch = 1, readNoise = 1] = ['batch', 'forwardNoise'].map((name) => settingOf(step, name));
        return [{ kind, samples, phases, batch, readNoise, origin }];
      }
      case 'program':
        return [{ kind: 'program', origin: step.origin }];
      case 'modulate':
        return [{ kind: 'modulate', modulator: step.modulator, value: evaluate(step.value, () => NaN) }];
      case 'wait':
        return [{ kind: 'wait', seconds: step.seconds }];
      case 'phase':
        return Array.from({ length: step.repeat }, (_, turn) =>
          stepsOf(step.steps, [...phases, { name: step.name, turn }]),
        ).flat();
      default:
        return notRunnable(`\`${step.kind}\``, `${WHO} are shown samples by \`test\``, step.origin);
    }
  });
}

function settingOf({ settings }: { readonly settings: readonly NamedNumber[] }, name: string): number | undefined {
  return settings.find((setting) => setting.name === name)?.value;
}

function* flatSteps(schedule: readonly ScheduleStep[]): Generator<ScheduleStep> {
  for (const step of schedule) {
    if (step.kind === 'phase') yield* flatSteps(step.steps);
    else yield step;
  }
}

/** One time for all tests, as neurons keep their equations. */
function stepSecondsOf({ study }: MappedNetwork): number {
  let seconds: number | undefined;
  for (const step of flatSteps(study.schedule)) {
    if (step.kind !== 'test') continue;
    const own = settingOf(step, 'step');
    const reason = 'nothing says how long a step of its neurons is: write `{ step = 1 ms }`';
    if (own === undefined) return notRunnable('`test`', reason, step.origin);
    if (seconds !== undefined && own !== seconds) return notRunnable('`test`', 'all tests of an experiment have steps of one length', step.origin); // prettier-ignore
    seconds = own;
    for (const name of ['duration', 'scale']) {
      if (settingOf(step, name) !== undefined) notRunnable(`\`${name}\``, `${WHO} have none`, step.origin);
    }
  }
  return seconds ?? NaN;
}

/** How the experiment programs its cells, which it does once at most. */
function programmingOf(schedule: readonly ScheduleStep[]): Programming | undefined {
  const [first, second] = [...flatSteps(schedule)].filter((step) => step.kind === 'program');
  if (second) return notRunnable('`program weights`', 'cells are programmed once', second.origin);
  if (!first) return undefined;
  const [attempts = 1, levels] = ['attempts', 'levels'].map((name) => settingOf(first, name));
  return { attempts, by: first.by, ...(levels !== undefined && { levels }) };
}
