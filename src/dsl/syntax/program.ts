/** `program` declarations: open-loop writing jobs. */
import { images } from './shared.js';
import { chooses, declares, refersTo } from './name-role.js';
import { block, clause, clauseSet, expression, extent, name, optional, word, type NodeOf } from './shape.js';

export const USE_DEVICE = clause(
  'use-device',
  'The device that is written and the window in which.',
  word('device'),
  name('device', refersTo('device')),
  optional(word('window'), extent('window')),
);
export const FROM = clause('from', 'The pictures, in the order in which they are written.', word('from'), images);
/** Which cells are written at a time: one, or those of a row. */
export const WRITE_ORDERS = ['serial', 'rows'] as const;

export const WRITE = clause(
  'write',
  'Which cells are written together.',
  word('write'),
  name('order', chooses(WRITE_ORDERS)),
);
export const READ_BACK = clause(
  'read-back',
  'Reads the array after each picture.',
  word('read'),
  word('after'),
  word('each'),
);
export const DISTURB = clause(
  'disturb',
  'The largest disturb that may remain in a cell, as a part of the window.',
  word('disturb'),
  word('at'),
  word('most'),
  expression('budget'),
);

export const PROGRAM_CLAUSES = clauseSet('program clause', [USE_DEVICE, FROM, WRITE, READ_BACK, DISTURB]);

export const PROGRAM = clause(
  'program',
  'An open-loop writing job.',
  word('program'),
  name('name', declares('program')),
  block('body', () => PROGRAM_CLAUSES),
);

export type UseDeviceClause = NodeOf<typeof USE_DEVICE>;
export type FromClause = NodeOf<typeof FROM>;
export type WriteClause = NodeOf<typeof WRITE>;
export type ReadBackClause = NodeOf<typeof READ_BACK>;
export type DisturbClause = NodeOf<typeof DISTURB>;
export type ProgramItem = NodeOf<typeof PROGRAM>;
export type ProgramClause = ProgramItem['body']['clauses'][number];
