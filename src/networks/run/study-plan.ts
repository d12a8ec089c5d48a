/** The schedule of a network that learns from samples, one thing after another, repetitions written out. */
import type { Span } from '../../core/span.js';
import { evaluate } from '../../devices/evaluate.js';
import type { CurvePoint } from '../../ir/study-result.js';
import type { SampleChoice, ScheduleStep } from '../../ir/study.js';
import type { Loss } from '../layers/loss.js';
import { notRunnable } from '../study-fault.js';

/** Samples that are presented once, in batches. */
export interface Presentation {
  readonly kind: 'train' | 'test';
  readonly samples: SampleChoice;
  readonly phases: CurvePoint['phases'];
  readonly batch: number;
  readonly loss: Loss | undefined;
  readonly rate: number;
  /** Factor of what goes into every array; only for tests. */
  readonly scale: number;
  readonly readNoise: { readonly forward: number; readonly backward: number };
  /** Seed of the order of samples; absent for that of the data. */
  readonly order?: number;
  /** Which of the epochs of its step, from 0. */
  readonly epoch: number;
  readonly epochs: number;
  readonly origin: Span;
}

/** One thing of the schedule. */
export type PlannedStep =
  | Presentation
  | { readonly kind: 'modulate'; readonly modulator: string; readonly value: number }
  | { readonly kind: 'wait'; readonly seconds: number };

/** The steps of `schedule` in order; throws a `StudyFault` for what samples do not go with. */
export function planStudy(schedule: readonly ScheduleStep[]): readonly PlannedStep[] {
  // A test sees the loss that the network has been trained for
  const loss = lossOf(schedule);
  return planSteps(schedule, [], loss);
}

function lossOf(schedule: readonly ScheduleStep[]): Loss | undefined {
  for (const step of schedule) {
    const found = step.kind === 'train' ? step.loss : step.kind === 'phase' ? lossOf(step.steps) : undefined;
    // The front end knows the same losses
    if (found !== undefined) return found as Loss;
  }
  return undefined;
}

function planSteps(
  steps: readonly ScheduleStep[],
  phases: CurvePoint['phases'],
  loss: Loss | undefined,
): readonly PlannedStep[] {
  return steps.flatMap((step): readonly PlannedStep[] => {
    switch (step.kind) {
      case 'train':
      case 'test':
        return presentations(step, phases, loss);
      case 'modulate':
        return [{ kind: 'modulate', modulator: step.modulator, value: evaluate(step.value, () => NaN) }];
      case 'wait':
        return [{ kind: 'wait', seconds: step.seconds }];
      case 'phase':
        return Array.from({ length: step.repeat }, (_, turn) =>
          planSteps(step.steps, [...phases, { name: step.name, turn }], loss),
        ).flat();
      default:
        return notRunnable(`\`${step.kind}\``, 'neurons of rates see samples only', step.origin);
    }
  });
}

function presentations(
  step: ScheduleStep & { readonly kind: 'train' | 'test' },
  phases: CurvePoint['phases'],
  loss: Loss | undefined,
): readonly Presentation[] {
  const settings = new Map(step.settings.map(({ name, value }) => [name, value]));
  const epochs = settings.get('epochs') ?? 1;
  const shuffle = settings.get('shuffle') ?? 0;
  // The front end knows the same losses
  const own = step.kind === 'train' ? (step.loss as Loss | undefined) : loss;
  return Array.from({ length: epochs }, (_, epoch) => ({
    kind: step.kind,
    samples: step.samples,
    phases,
    batch: settings.get('batch') ?? 1,
    loss: own,
    rate: settings.get('rate') ?? 1,
    scale: settings.get('scale') ?? 1,
    readNoise: { forward: settings.get('forwardNoise') ?? 1, backward: settings.get('backwardNoise') ?? 1 },
    ...(shuffle !== 0 && { order: shuffle }),
    epoch,
    epochs,
    origin: step.origin,
  }));
}

/** Samples as measures and curves name them: `digits.train`. */
export function nameOfSamples({ data, split }: SampleChoice): string {
  return split === undefined ? data : `${data}.${split}`;
}
