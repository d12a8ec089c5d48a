/** A small program that brings every machine of a controller through all of its states. */
import type { LegalModule } from '../../src/ir/legal.js';
import type { CommandUnit, Condition } from '../../src/ir/microcode.js';
import { encode } from '../../src/ir/passes/encode.js';
import type { PulseOperation, SegmentOperation } from '../../src/ir/scheduled.js';
import { ALL_BLOCKS } from './all-blocks.js';
import { ORIGIN } from './mapped-fixture.js';
import { dataSet, loop, pulseProgram, scheduledModule, segment } from './pulse-program.js';

/** Two words for a plane of rows; three converters with two columns each. */
const ROWS = 70;
const COLUMNS = 6;

/** Clocks of a tick: longer than any part of the program between two ticks. */
export const TICK_CLOCKS = 160;

/** Clocks of the longest pulse, and what the guard lets pass. */
export const PULSE_CLOCKS = 8;
const LONGEST_PULSE = 40;

const wait = (condition: Condition): PulseOperation => ({ kind: 'wait', condition, origin: ORIGIN });
const command = (unit: CommandUnit, argument = 0): PulseOperation => ({
  kind: 'command',
  unit,
  argument,
  origin: ORIGIN,
});

function reads(mode: Exclude<SegmentOperation['samples'], 'never'>['mode']): PulseOperation {
  return segment({
    row: { kind: 'counter', counter: 1 },
    samples: { mode, negate: false },
    dwell: { kind: 'clocks', clocks: 2 },
  });
}

const PULSES: readonly PulseOperation[] = [
  segment({
    row: { kind: 'all' },
    column: { kind: 'all' },
    fires: true,
    rest: 'always',
    dwell: { kind: 'clocks', clocks: 3 },
  }),
  // The plane behind it takes two clocks to load, so that it is late once
  segment({ row: { kind: 'all' }, fires: true }),
  segment({
    row: { kind: 'plane', source: { kind: 'fixed', plane: 2 } },
    fires: true,
    dwell: { kind: 'clocks', clocks: 4 },
  }),
];

const OPERATIONS: readonly PulseOperation[] = [
  ...PULSES,
  command('rails', 1),
  wait('rails'),
  command('field', 1),
  wait('field'),
  loop(1, 2, reads('store')),
  wait('tick'),
  command('accumulators'),
  loop(1, 2, reads('first')),
  loop(1, 2, reads('verify')),
  loop(1, 2, reads('transfer')),
  segment({
    row: { kind: 'plane', source: { kind: 'random', base: 0 } },
    column: { kind: 'plane', source: { kind: 'marks', direction: 'up' } },
    fires: true,
    dwell: { kind: 'clocks', clocks: 5 },
  }),
  wait('tick'),
  command('field', 2),
  wait('field'),
  command('neuron'),
  wait('neuron'),
  wait('tick'),
  command('turn'),
  wait('turn'),
  command('host'),
  wait('tick'),
  segment({
    row: { kind: 'plane', source: { kind: 'age', ticks: 2 } },
    column: { kind: 'plane', source: { kind: 'age', ticks: 1 } },
    levels: { row: 2, column: 3 },
    holds: true,
    fires: true,
    dwell: { kind: 'clocks', clocks: 3 },
  }),
  loop(
    0,
    'entries',
    segment({
      row: { kind: 'entry' },
      column: { kind: 'entry' },
      dwell: { kind: 'entry' },
      polarity: 'entry',
      fires: true,
      rest: 'entry',
    }),
  ),
  wait('compliance'),
];

/** The controller that faults are injected into. */
export function faultController(): LegalModule {
  const entry = { row: 1, column: 2, negative: false, magnitude: PULSE_CLOCKS, last: true };
  const { neuron, rails, field, spikes } = ALL_BLOCKS;
  const program = pulseProgram({
    rows: ROWS,
    columns: COLUMNS,
    randomPlanes: 2,
    blocks: {
      ...ALL_BLOCKS,
      spikes: { ...spikes, tickClocks: TICK_CLOCKS },
      neuron: {
        ...neuron,
        activationBits: 1,
        settings: { kind: 'fire', subtracts: true, leak: 3, threshold: 100, refractory: 0 },
      },
      rails: { ...rails, settleClocks: 40, answerClocks: 30 },
      field: {
        ...field,
        targets: field.targets.map((target) => ({ ...target, code: target.code === 0 ? 0 : 60 })),
        step: 25,
        stepBits: 6,
        settleClocks: 6,
        limitClocks: 80,
      },
    },
    dataSets: [dataSet([entry, { ...entry, negative: true, magnitude: 3 }], [], [[0], [1], [0, 69], [3]])],
    operations: OPERATIONS,
  });
  return encode(scheduledModule(program, LONGEST_PULSE / program.clockHz));
}
