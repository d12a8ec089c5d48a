/** `device` declarations. */
import { EVOLVE, INVARIANT, LET, MODULATOR, PARAMETER, provenance, STATEMENTS } from './shared.js';
import { chooses, declares, declaresInside, refersTo } from './name-role.js';
import {
  block,
  bodyBlock,
  call,
  clause,
  clauseSet,
  enumeration,
  expression,
  mark,
  name,
  node,
  optional,
  range,
  shape,
  text,
  unit,
  word,
  type NodeOf,
} from './shape.js';

export const PULSE = clause(
  'pulse',
  'The pulse at which the device was characterised.',
  word('pulse'),
  expression('voltage'),
  word('for'),
  expression('width'),
  provenance,
);
export const READ_VOLTAGE = clause(
  'read',
  'The voltage at which the device is read.',
  word('read'),
  expression('voltage'),
  provenance,
);
export const WINDOW = clause(
  'window',
  'A conductance range in which the device is programmed, with the step measured in it.',
  word('window'),
  name('name', declares('window')),
  mark('='),
  range('range'),
  optional(word('step'), expression('step')),
  provenance,
);
export const DEFAULT_WINDOW = clause(
  'default-window',
  'The window of programs that choose none.',
  word('default'),
  word('window'),
  name('window', refersTo('window')),
);
export const SPREAD = clause(
  'spread',
  'A random number that equations may use, drawn once per device, per pulse or per read.',
  word('spread'),
  name('name', declares('spread')),
  mark('~'),
  call('distribution'),
  word('per'),
  enumeration('per', ['device', 'pulse', 'read']),
  provenance,
);
/** An argument of a table. */
export const AXIS = shape(
  'axis',
  'An argument of a table, and the unit in which the file gives it.',
  name('name', declaresInside('argument')),
  optional(mark(':'), unit('unit')),
);
export type AxisNode = NodeOf<typeof AXIS>;

export const TABLE = clause(
  'table',
  'A measured function of one or two quantities, read from a file of numbers.',
  word('table'),
  name('name', declares('table')),
  mark('('),
  node('x', () => AXIS),
  optional(
    mark(','),
    node('y', () => AXIS),
  ),
  mark(')'),
  optional(mark(':'), unit('unit')),
  word('from'),
  text('file'),
  provenance,
);
export const STATE = clause(
  'state',
  'A bounded state variable and where it starts.',
  word('state'),
  name('name', declares('state')),
  mark(':'),
  unit('unit'),
  word('in'),
  range('range'),
  mark('='),
  expression('initial'),
);
export const ON_PULSE = clause(
  'on-pulse',
  'What one counted pulse does to the state.',
  word('on'),
  word('pulse'),
  optional(word('when'), expression('condition')),
  bodyBlock('body', () => STATEMENTS),
);
export const CURRENT = clause('current', 'The read current.', word('current'), mark('='), expression('value'));
export const ENERGY = clause(
  'energy',
  'The energy of one pulse in one cell, or a named share of it.',
  word('energy'),
  optional(name('term', declares('term'))),
  mark('='),
  expression('value'),
  provenance,
);
export const POWER = clause(
  'power',
  'The power that a cell takes between pulses, or a named share of it.',
  word('power'),
  optional(name('term', declares('term'))),
  mark('='),
  expression('value'),
  provenance,
);
export const RETENTION = clause(
  'retention',
  'The part of the window that a programmed value may lose in a time.',
  word('retention'),
  expression('loss'),
  word('in'),
  expression('duration'),
  provenance,
);
export const ENDURANCE = clause(
  'endurance',
  'The pulses that a device survives.',
  word('endurance'),
  expression('pulses'),
  provenance,
);
export const GATED = clause(
  'gated',
  'A gate of its own writes the device: no current flows through its channel during pulses.',
  word('gated'),
);

/** What an absolute maximum rating can bound. */
export const RATED_QUANTITIES = ['voltage', 'duration', 'current', 'temperature'] as const;

export const RATING = clause(
  'maximum',
  'An absolute maximum rating; a program that exceeds it is refused.',
  word('maximum'),
  name('quantity', chooses(RATED_QUANTITIES)),
  expression('value'),
  provenance,
);

export const DEVICE_CLAUSES = clauseSet('device clause', [
  PULSE,
  READ_VOLTAGE,
  WINDOW,
  DEFAULT_WINDOW,
  PARAMETER,
  SPREAD,
  LET,
  TABLE,
  MODULATOR,
  STATE,
  EVOLVE,
  ON_PULSE,
  CURRENT,
  GATED,
  ENERGY,
  POWER,
  RETENTION,
  ENDURANCE,
  RATING,
  INVARIANT,
]);

export const DEVICE = clause(
  'device',
  'A synaptic device as equations.',
  word('device'),
  name('name', declares('device')),
  optional(word('extends'), name('base', refersTo('device'))),
  optional(text('summary')),
  block('body', () => DEVICE_CLAUSES),
);

export type PulseClause = NodeOf<typeof PULSE>;
export type ReadVoltageClause = NodeOf<typeof READ_VOLTAGE>;
export type WindowClause = NodeOf<typeof WINDOW>;
export type DefaultWindowClause = NodeOf<typeof DEFAULT_WINDOW>;
export type SpreadClause = NodeOf<typeof SPREAD>;
export type TableClause = NodeOf<typeof TABLE>;
export type StateClause = NodeOf<typeof STATE>;
export type OnPulseClause = NodeOf<typeof ON_PULSE>;
export type CurrentClause = NodeOf<typeof CURRENT>;
export type GatedClause = NodeOf<typeof GATED>;
export type EnergyClause = NodeOf<typeof ENERGY>;
export type PowerClause = NodeOf<typeof POWER>;
export type RetentionClause = NodeOf<typeof RETENTION>;
export type EnduranceClause = NodeOf<typeof ENDURANCE>;
export type RatingClause = NodeOf<typeof RATING>;
export type DeviceItem = NodeOf<typeof DEVICE>;
export type DeviceClause = DeviceItem['body']['clauses'][number];
