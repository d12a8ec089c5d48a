/** The schedule of an experiment about games, one thing after another, repetitions written out. */
import type { Span } from '../../core/span.js';
import type { CurvePoint } from '../../ir/study-result.js';
import type { ScheduleStep } from '../../ir/study.js';
import { notRunnable } from '../study-fault.js';
import type { LearningChoice } from './actor-critic.js';

/** Games that are played, once: an epoch of a training, or a test. */
export interface Session {
  readonly kind: 'train' | 'test';
  readonly game: string;
  readonly phases: CurvePoint['phases'];
  /** Games side by side. */
  readonly games: number;
  /** Actions of all games; a test ends with its games instead. */
  readonly steps: number;
  readonly choice: LearningChoice;
  /** Which of the epochs of its clause, from 0: later ones go on with the games of the ones before. */
  readonly epoch: number;
  readonly epochs: number;
  readonly origin: Span;
}

/** The sessions of `schedule` in order; throws a `StudyFault` for what games do not go with. */
export function planSessions(schedule: readonly ScheduleStep[], phases: CurvePoint['phases'] = []): readonly Session[] {
  return schedule.flatMap((step): readonly Session[] => {
    switch (step.kind) {
      case 'train':
      case 'test':
        return sessionsOf(step, phases);
      case 'phase':
        return Array.from({ length: step.repeat }, (_, turn) =>
          planSessions(step.steps, [...phases, { name: step.name, turn }]),
        ).flat();
      default:
        return notRunnable(`\`${step.kind}\``, 'an agent plays games only', step.origin);
    }
  });
}

function sessionsOf(
  step: ScheduleStep & { readonly kind: 'train' | 'test' },
  phases: CurvePoint['phases'],
): readonly Session[] {
  const settings = new Map(step.settings.map(({ name, value }) => [name, value]));
  // The front end sets defaults
  const valueOf = (name: string): number => settings.get(name) ?? NaN;
  if (step.kind === 'train' && step.loss === undefined) {
    notRunnable('training', 'no `loss` says what is to become small', step.origin);
  }
  const epochs = step.kind === 'train' ? valueOf('epochs') : 1;
  return Array.from({ length: epochs }, (_, epoch) => ({
    kind: step.kind,
    game: step.samples.data,
    phases,
    games: valueOf('batch'),
    steps: valueOf('steps'),
    choice: {
      segment: valueOf('segment'),
      discount: valueOf('discount'),
      trace: valueOf('trace'),
      entropy: valueOf('entropy'),
      value: valueOf('value'),
      clip: valueOf('clip'),
      rate: valueOf('rate'),
    },
    epoch,
    epochs,
    origin: step.origin,
  }));
}
