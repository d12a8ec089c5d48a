/** `train` and `test`: samples, how they are presented, and the neurons that see them. */
import type { ScheduleStep } from '../../../ir/study.js';
import { DSL_CATALOGUE } from '../../catalogue.js';
import { checkChoice } from '../../settings/check-choice.js';
import { checkSettings, settingsWithDefaults } from '../../settings/check-settings.js';
import { setting, type Setting } from '../../settings/setting-table.js';
import { GAME_LOSSES, LOSSES, type TestClause, type TrainClause } from '../../syntax/experiment.js';
import { findByName, type Neurons } from './find-place.js';
import { checkSampleSize, findSamples, requireLabels } from './find-samples.js';
import { projectionsOf, type StudyContext } from './studied-network.js';

const BATCH = setting('batch', '1', 'samples after which weights change', {
  byDefault: 1,
  low: 1,
  high: 2 ** 20,
  isInteger: true,
});
const DURATION = setting('duration', 's', 'how long a sample is presented', { low: 'positive' });
const FORWARD_NOISE = setting('forwardNoise', '1', 'factor of spreads per read where samples go forward, else 1', {
  low: 0,
});

/** What a training makes small. */
const LOSS = { name: 'loss', words: LOSSES } as const;
const GAME_LOSS = { name: 'loss', words: GAME_LOSSES } as const;

/** What can be set of each clause, beside the loss of training. */
export const TRAINING_SETTINGS: Readonly<Record<'train' | 'test', readonly Setting[]>> = {
  train: [
    BATCH,
    setting('epochs', '1', 'how often all samples are presented', {
      byDefault: 1,
      low: 1,
      high: 2 ** 20,
      isInteger: true,
    }),
    setting('rate', '1', 'factor of every change', { low: 'positive' }),
    DURATION,
    FORWARD_NOISE,
    setting('backwardNoise', '1', 'factor of spreads per read where errors go back, else 1', { low: 0 }),
    setting('shuffle', '1', 'seed of an order of its own for every presentation, else that of the data', {
      low: 1,
      high: 2 ** 32 - 1,
      isInteger: true,
    }),
  ],
  test: [
    BATCH,
    DURATION,
    setting('step', 's', 'time of a step of neurons that follow an equation; only in `test`', { low: 'positive' }),
    FORWARD_NOISE,
    setting('scale', '1', 'factor of what goes into every array, else 1; only in `test`', { low: 'positive' }),
  ],
};

const PART = { low: 0, high: 1 } as const;
const GAMES_AT_ONCE = setting('batch', '1', 'games that are played side by side', {
  byDefault: 8,
  low: 1,
  high: 4096,
  isInteger: true,
});

/** What can be set of each clause where a game is played. A test plays every game of its batch to its end, once. */
export const PLAYING_SETTINGS: Readonly<Record<'train' | 'test', readonly Setting[]>> = {
  train: [
    GAMES_AT_ONCE,
    setting('steps', '1', 'actions of an epoch, of all games together', {
      byDefault: 100_000,
      low: 1,
      high: 2 ** 40,
      isInteger: true,
    }),
    setting('epochs', '1', 'points of the learning curve', { byDefault: 1, low: 1, high: 2 ** 20, isInteger: true }),
    setting('segment', '1', 'actions of a game through which errors go back, and after which weights change', {
      byDefault: 16,
      low: 1,
      high: 4096,
      isInteger: true,
    }),
    setting('rate', '1', 'factor of every change', { byDefault: 1, low: 'positive' }),
    setting('discount', '1', 'what a reward is worth an action earlier', { byDefault: 0.99, ...PART }),
    setting('trace', '1', 'how much of an advantage an action earlier shares', { byDefault: 0.95, ...PART }),
    setting('entropy', '1', 'weight of the entropy of actions, which is to be large', { byDefault: 0.01, low: 0 }),
    setting('value', '1', "weight of the estimate's squared error", { byDefault: 0.5, low: 0 }),
    setting('clip', '1', 'longest gradient', { byDefault: 5, low: 'positive' }),
  ],
  test: [GAMES_AT_ONCE],
};

/** The step; undefined after reporting. */
export function lowerTraining(clause: TrainClause | TestClause, context: StudyContext): ScheduleStep | undefined {
  const { kind, data, settings, span } = clause;
  const samples = findSamples(data, context);
  const isGame = samples !== undefined && 'game' in samples.data;
  const choice = isGame ? GAME_LOSS : LOSS;
  const loss = kind === 'train' ? checkChoice(settings, choice, context)?.word : undefined;
  const table = (isGame ? PLAYING_SETTINGS : TRAINING_SETTINGS)[kind];
  const words = kind === 'train' ? [choice.name] : [];
  const given = checkSettings(settings, { what: `\`${kind}\``, table, words }, context);
  if (!samples) return undefined;
  const input = findInput(clause, context);
  if (input) checkSampleSize(samples, input, data.span, context);
  if (loss && !isGame) requireLabels(samples, 'a loss', data.span, context);
  return {
    kind,
    samples: samples.choice,
    settings: settingsWithDefaults(given, table, span),
    ...(loss && { loss }),
    origin: span,
  };
}

/** The one population that is driven from outside; undefined after reporting. */
function findInput({ kind, span }: TrainClause | TestClause, context: StudyContext): Neurons | undefined {
  const { network } = context;
  const driven = new Set([...projectionsOf(network.root.wiring)].map(({ to }) => to.path[0]?.name));
  const inputs = network.root.populations.filter(
    ({ name, model }) => (model === 'rates' || model === 'spikes') && !driven.has(name),
  );
  const [input] = inputs;
  if (input && inputs.length === 1) return findByName([input.name], network.root, network);
  const params = { clause: kind, inputs: inputs.map(({ name }) => name) };
  context.diagnostics.report(DSL_CATALOGUE, 'sample-target', params, { span });
  return undefined;
}
