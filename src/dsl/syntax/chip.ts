/** `chip` declarations: the board or chip around the array. */
import { provenance } from './shared.js';
import { chooses, declares } from './name-role.js';
import {
  block,
  clause,
  clauseSet,
  enumeration,
  expression,
  flag,
  name,
  optional,
  range,
  text,
  word,
  type NodeOf,
} from './shape.js';

/** Voltages of the lines that are not selected, as a part of that of the selected ones. */
export const BIAS_SCHEMES = ['half', 'third', 'ground', 'floating'] as const;

export const BIAS = clause(
  'bias',
  'How lines that are not selected are biased.',
  word('bias'),
  name('scheme', chooses(BIAS_SCHEMES)),
);
export const RAILS = clause(
  'rails',
  'Range and resolution of the rail converters.',
  word('rails'),
  range('range'),
  word('by'),
  expression('bits'),
);
export const DAC = clause(
  'dac',
  'Converters that play waveforms on the lines.',
  word('dac'),
  range('range'),
  word('by'),
  expression('bits'),
  word('at'),
  expression('rate'),
);
export const TIMER = clause('timer', 'Magnitude bits of a pulse width.', word('timer'), expression('bits'));
export const SETTLE = clause(
  'settle',
  'The rest after every pulse: a register of the controller, or with `const` a part of its hardware.',
  flag('isConstant', 'const'),
  word('settle'),
  expression('duration'),
);
export const ADC = clause(
  'adc',
  'Column converters: each serves some columns in turn. Their times are registers, or with `const` hardware.',
  flag('isConstant', 'const'),
  word('adc'),
  range('range'),
  word('by'),
  expression('bits'),
  word('in'),
  expression('conversion'),
  word('settle'),
  expression('settle'),
  word('shared'),
  word('by'),
  expression('sharedBy'),
);
export const LINES = clause(
  'lines',
  'Capacitance, and where it matters resistance per cell, of a line.',
  word('lines'),
  expression('capacitance'),
  optional(word('with'), expression('resistance')),
  provenance,
);

export const PITCH = clause(
  'pitch',
  'Distance of the lines of an array on a chip, and where it matters the capacitance of a cell: energy and area follow.',
  word('pitch'),
  expression('distance'),
  optional(word('with'), expression('capacitance')),
  provenance,
);

export const DRIVERS = clause(
  'drivers',
  'Resistance of a line driver, and whether lines are driven at both ends.',
  word('drivers'),
  expression('resistance'),
  optional(word('at'), enumeration('ends', ['both']), word('ends')),
  provenance,
);

export const SPARE = clause(
  'spare',
  'Lines of the tile that stand in for those that fail; weights are placed on the others.',
  word('spare'),
  expression('rows'),
  word('rows'),
  expression('columns'),
  word('columns'),
);

export const FAULTS = clause(
  'faults',
  'What is broken on the tiles of this chip, one `tile,row,column,kind,value` a line.',
  word('faults'),
  word('from'),
  text('file'),
);

export const TILE_CLAUSES = clauseSet('tile clause', [
  BIAS,
  RAILS,
  DAC,
  TIMER,
  SETTLE,
  ADC,
  LINES,
  PITCH,
  DRIVERS,
  SPARE,
  FAULTS,
]);

export const CLOCK = clause('clock', 'The clock of the controller.', word('clock'), expression('frequency'));
/** Buses on which the controller is a peripheral. */
export const BUSES = ['apb', 'axi4lite', 'wishbone'] as const;

export const BUS = clause(
  'bus',
  'The bus on which the host speaks to the controller.',
  word('bus'),
  name('protocol', chooses(BUSES)),
);
export const AER = clause(
  'aer',
  'A port for address events: spikes in or out.',
  word('aer'),
  enumeration('direction', ['in', 'out']),
  expression('bits'),
);
export const COIL = clause(
  'coil',
  'A coil that applies a magnetic field to the array.',
  word('coil'),
  range('range'),
  word('by'),
  expression('bits'),
  word('settle'),
  expression('settle'),
  optional(
    ...[word('drive'), expression('current')],
    ...[word('resistance'), expression('resistance')],
    ...[word('inductance'), expression('inductance')],
  ),
  provenance,
);
/** Quantities that a chip can have a limit for. */
export const LIMITED_QUANTITIES = [
  'current',
  'voltage',
  'power',
  'energy',
  'time',
  'temperature',
  'frequency',
] as const;

export const LIMIT = clause(
  'limit',
  'What the chip must never exceed.',
  word('limit'),
  name('quantity', chooses(LIMITED_QUANTITIES)),
  expression('value'),
  provenance,
);
export const AMBIENT = clause('temperature', 'The temperature of the array.', word('temperature'), expression('value'));
export const TILE = clause(
  'tile',
  'A crossbar with its periphery, or a grid of them.',
  word('tile'),
  expression('rows'),
  word('x'),
  expression('columns'),
  optional(word('grid'), expression('gridRows'), word('x'), expression('gridColumns')),
  block('body', () => TILE_CLAUSES),
);

export const CHIP_CLAUSES = clauseSet('chip clause', [CLOCK, BUS, TILE, AER, COIL, LIMIT, AMBIENT]);

export const CHIP = clause(
  'chip',
  'The board or chip around the array.',
  word('chip'),
  name('name', declares('chip')),
  block('body', () => CHIP_CLAUSES),
);

export type ClockClause = NodeOf<typeof CLOCK>;
export type BusClause = NodeOf<typeof BUS>;
export type AerClause = NodeOf<typeof AER>;
export type CoilClause = NodeOf<typeof COIL>;
export type LimitClause = NodeOf<typeof LIMIT>;
export type AmbientClause = NodeOf<typeof AMBIENT>;
export type TileClause = NodeOf<typeof TILE>;
export type BiasPart = NodeOf<typeof BIAS>;
export type RailsPart = NodeOf<typeof RAILS>;
export type DacPart = NodeOf<typeof DAC>;
export type TimerPart = NodeOf<typeof TIMER>;
export type SettlePart = NodeOf<typeof SETTLE>;
export type AdcPart = NodeOf<typeof ADC>;
export type LinesPart = NodeOf<typeof LINES>;
export type PitchPart = NodeOf<typeof PITCH>;
export type DriversPart = NodeOf<typeof DRIVERS>;
export type SparePart = NodeOf<typeof SPARE>;
export type FaultsPart = NodeOf<typeof FAULTS>;
export type TilePart = TileClause['body']['clauses'][number];
export type ChipItem = NodeOf<typeof CHIP>;
export type ChipClause = ChipItem['body']['clauses'][number];
