/** `experiment` declarations. */
import type { Block, ClauseBase, ExpressionNode, Identifier } from './nodes.js';
import { MODULATE } from './network.js';
import { ENDPOINT, images, INVARIANT, provenance, settings } from './shared.js';
import { declares, refersTo } from './name-role.js';
import {
  block,
  bodyBlock,
  clause,
  clauseSet,
  expression,
  extent,
  list,
  mark,
  name,
  node,
  optional,
  range,
  reference,
  word,
  type ClausesOf,
  type NodeOf,
  type Shape,
} from './shape.js';

export const RUN = clause(
  'run',
  'What runs on which chip.',
  word('run'),
  name('program', refersTo('program', 'network')),
  word('on'),
  name('chip', refersTo('chip')),
  optional(word('from'), images),
);
export const SEEDS = clause(
  'seeds',
  'How often the experiment is repeated with other random numbers.',
  word('seeds'),
  expression('count'),
  word('from'),
  expression('first'),
);
export const WITHOUT = clause(
  'without',
  'Spreads that are switched off.',
  word('without'),
  list('spreads', 'name', refersTo('spread')),
);
export const CALIBRATE = clause(
  'calibrate',
  'Measures a spread of every device before the run.',
  word('calibrate'),
  name('spread', refersTo('spread')),
  word('with'),
  expression('pulses'),
);
export const SET = clause(
  'set',
  'Gives a parameter another value in this experiment.',
  word('set'),
  reference('parameter'),
  mark('='),
  expression('value'),
);
export const STIMULATE = clause(
  'stimulate',
  'Drives a population: `poisson(20 Hz)`, `regular(10 Hz)`, `recorded("spikes.aedat")`, or samples of data.',
  word('stimulate'),
  node('target', () => ENDPOINT),
  word('with'),
  expression('pattern'),
  optional(word('for'), expression('duration')),
);
export const PAIR = clause(
  'pair',
  'Pairs of spikes, post after pre by every time in a range.',
  word('pair'),
  node('pre', () => ENDPOINT),
  word('with'),
  node('post', () => ENDPOINT),
  word('at'),
  range('times'),
  word('step'),
  expression('step'),
  optional(word('repeat'), expression('repeat')),
);
/** Losses of training. */
export const LOSSES = ['crossEntropy', 'meanSquare'] as const;
/** Losses of agents at games. */
export const GAME_LOSSES = ['actorCritic'] as const;

export const TRAIN = clause(
  'train',
  'Presents samples and learns from them.',
  word('train'),
  word('on'),
  reference('data'),
  settings,
);
export const TEST = clause(
  'test',
  'Presents samples without learning.',
  word('test'),
  word('on'),
  reference('data'),
  settings,
);
export const PROGRAM_WEIGHTS = clause(
  'program-weights',
  'Brings the devices of the network to its weights, from the lower end of their windows; without it, they begin there.',
  word('program'),
  word('weights'),
  settings,
);
export const WAIT = clause('wait', 'Lets time pass.', word('wait'), expression('duration'));
export const SWEEP = clause(
  'sweep',
  'Repeats the experiment for every value of a parameter.',
  word('sweep'),
  reference('parameter'),
  word('in'),
  extent('values'),
  optional(word('step'), expression('step')),
);
export const RECORD = clause(
  'record',
  'What is kept of a run.',
  word('record'),
  list('signals', 'reference'),
  optional(word('every'), expression('interval')),
);
export const EXPECT = clause(
  'expect',
  'What the run has to show.',
  word('expect'),
  expression('condition'),
  optional(word('where'), expression('selection')),
);
export const BASELINE = clause(
  'baseline',
  'A published figure to compare with.',
  word('baseline'),
  name('name', declares('baseline')),
  mark('='),
  expression('value'),
  provenance,
);

/** Phases nest, so their type is written out. */
export interface PhaseClause extends ClauseBase {
  readonly kind: 'phase';
  readonly name: Identifier;
  readonly count?: ExpressionNode;
  readonly body: Block<PhaseStep>;
}

export const PHASE: Shape<PhaseClause> = clause(
  'phase',
  'A part of the schedule, with its own stimuli and modulators; it may be repeated.',
  word('phase'),
  name('name', declares('phase')),
  optional(word('repeat'), expression('count')),
  bodyBlock('body', (): ClausesOf<PhaseStep> => PHASE_CLAUSES),
);

export type PhaseStep =
  | NodeOf<typeof STIMULATE>
  | NodeOf<typeof PAIR>
  | NodeOf<typeof TRAIN>
  | NodeOf<typeof TEST>
  | NodeOf<typeof MODULATE>
  | NodeOf<typeof PROGRAM_WEIGHTS>
  | NodeOf<typeof WAIT>
  | PhaseClause;

export const PHASE_CLAUSES: ClausesOf<PhaseStep> = clauseSet('phase clause', [
  STIMULATE,
  PAIR,
  TRAIN,
  TEST,
  MODULATE,
  PROGRAM_WEIGHTS,
  WAIT,
  PHASE,
]);

export const EXPERIMENT_CLAUSES = clauseSet('experiment clause', [
  RUN,
  SEEDS,
  WITHOUT,
  CALIBRATE,
  SET,
  STIMULATE,
  PAIR,
  TRAIN,
  TEST,
  MODULATE,
  PROGRAM_WEIGHTS,
  WAIT,
  PHASE,
  SWEEP,
  RECORD,
  INVARIANT,
  BASELINE,
  EXPECT,
]);

export const EXPERIMENT = clause(
  'experiment',
  'A run with what is measured and expected of it.',
  word('experiment'),
  name('name', declares('experiment')),
  block('body', () => EXPERIMENT_CLAUSES),
);

export type RunClause = NodeOf<typeof RUN>;
export type SeedsClause = NodeOf<typeof SEEDS>;
export type WithoutClause = NodeOf<typeof WITHOUT>;
export type CalibrateClause = NodeOf<typeof CALIBRATE>;
export type SetClause = NodeOf<typeof SET>;
export type StimulateClause = NodeOf<typeof STIMULATE>;
export type PairClause = NodeOf<typeof PAIR>;
export type TrainClause = NodeOf<typeof TRAIN>;
export type TestClause = NodeOf<typeof TEST>;
export type ProgramWeightsClause = NodeOf<typeof PROGRAM_WEIGHTS>;
export type WaitClause = NodeOf<typeof WAIT>;
export type SweepClause = NodeOf<typeof SWEEP>;
export type RecordClause = NodeOf<typeof RECORD>;
export type BaselineClause = NodeOf<typeof BASELINE>;
export type ExpectClause = NodeOf<typeof EXPECT>;
export type ExperimentItem = NodeOf<typeof EXPERIMENT>;
export type ExperimentClause = ExperimentItem['body']['clauses'][number];
