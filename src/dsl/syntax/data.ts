/** `data` declarations: samples from files, or a game. */
import { settings } from './shared.js';
import { chooses, declares } from './name-role.js';
import {
  block,
  choice,
  clause,
  clauseSet,
  expression,
  name,
  nodes,
  optional,
  range,
  shape,
  text,
  word,
  type NodeOf,
} from './shape.js';

/** Games that agents play; `GAMES` of the IR are the same. */
export const GAME_NAMES = ['pong'] as const;

export const DATA_FROM = clause(
  'data-from',
  'The file with the samples: CSV, IDX, PNG or NIR data by its ending.',
  word('from'),
  text('file'),
);
export const ENVIRONMENT = clause(
  'environment',
  'A game that an agent plays, in place of samples from files.',
  word('environment'),
  name('game', chooses(GAME_NAMES)),
  settings,
);
export const LABEL_FILE = shape('file', 'Labels from a file of their own.', text('file'));
export const LABEL_COLUMN = shape(
  'column',
  'Labels from a column, counted from 0.',
  word('column'),
  expression('column'),
);
export const LABELS = clause(
  'labels',
  'Where the labels are.',
  word('labels'),
  choice('source', [LABEL_FILE, LABEL_COLUMN]),
);
/** How the fields of a table become numbers. */
export const FEATURE_ENCODINGS = ['number', 'oneHot', 'ordinal', 'sequence'] as const;

export const FEATURES = clause(
  'features',
  'The columns that are features, counted from 0, and how they become numbers.',
  word('features'),
  word('columns'),
  range('columns'),
  optional(word('encoded'), name('encoding', chooses(FEATURE_ENCODINGS))),
);
export const SCALE = clause('scale', 'A factor for every feature.', word('scale'), expression('factor'));
export const PAD = clause(
  'pad',
  'Rows and columns of zeros on every side of a picture.',
  word('pad'),
  expression('pixels'),
);
export const SHARE = shape(
  'share',
  'A named part of the samples.',
  name('name', declares('part')),
  expression('share'),
);
export const SPLIT = clause(
  'split',
  'Divides the samples into named parts.',
  word('split'),
  nodes('shares', () => SHARE),
  optional(word('seed'), expression('seed')),
);

export const DATA_CLAUSES = clauseSet('data clause', [DATA_FROM, ENVIRONMENT, LABELS, FEATURES, SCALE, PAD, SPLIT]);

export const DATA = clause(
  'data',
  'Samples from files, or a game.',
  word('data'),
  name('name', declares('data')),
  block('body', () => DATA_CLAUSES),
);

export type DataFromClause = NodeOf<typeof DATA_FROM>;
export type EnvironmentClause = NodeOf<typeof ENVIRONMENT>;
export type LabelsClause = NodeOf<typeof LABELS>;
export type FeaturesClause = NodeOf<typeof FEATURES>;
export type ScaleClause = NodeOf<typeof SCALE>;
export type SplitClause = NodeOf<typeof SPLIT>;
export type DataItem = NodeOf<typeof DATA>;
export type DataClause = DataItem['body']['clauses'][number];
