/** Modes in which conditions decide: spikes, verify, transfer, forming, the coil. */
import { fieldGroups } from '../../src/ir/modes/field-groups.js';
import { forming } from '../../src/ir/modes/forming.js';
import { stdp } from '../../src/ir/modes/stdp.js';
import { refresh, transfer, writeVerify } from '../../src/ir/modes/write-verify.js';
import { ARRAY, corpusEntry, RAILS, VERIFY, type CorpusEntry } from './corpus-entry.js';

/** Off, field up, field down: two steps of a ramp to a field, then five clocks in its window. */
export const COIL = {
  codeBits: 8,
  stepBits: 8,
  targets: [
    { code: 0, isNegative: false },
    { code: 100, isNegative: false },
    { code: 100, isNegative: true },
    { code: 0, isNegative: false },
  ],
  step: 50,
  periodClocks: 3,
  settleClocks: 5,
  limitClocks: 200,
} as const;

/** Codes begin at 20 and move by 4 a pulse. */
const moving = (row: number, column: number, pulses: number): number => 20 + row + column + 4 * pulses;

export const CONDITIONS: readonly CorpusEntry[] = [
  corpusEntry({
    title: 'Spike-timing-dependent plasticity',
    summary:
      'Each line that spiked goes through its staircase of levels, tick by tick; cells see the difference of row and column. ' +
      'Each step holds what the ones before it set, and begins a clock later.',
    mode: stdp({
      ...ARRAY,
      railSet: RAILS.write,
      ticks: 7,
      memoryTicks: 6,
      fires: true,
      rowWaveform: [
        { age: 1, level: 1 },
        { age: 2, level: 2 },
        { age: 4, level: 0 },
      ],
      columnWaveform: [
        { age: 1, level: 3 },
        { age: 3, level: 0 },
      ],
    }),
    plan: {
      ticks: {
        clocks: 24,
        spikes: [
          { tick: 0, side: 'row', line: 1 },
          { tick: 1, side: 'column', line: 2 },
          { tick: 2, side: 'row', line: 3 },
          { tick: 2, side: 'column', line: 0 },
        ],
      },
    },
    blocks: ['spikes'],
    diagram: { from: -10, clocks: 160 },
  }),
  corpusEntry({
    title: 'Write and verify',
    summary:
      'A row is read, marked columns are pulsed up or down with the width of the attempt, and so on until none is marked.',
    mode: writeVerify({ ...VERIFY, attempts: [2, 3, 5] }),
    plan: {
      code: moving,
      verify: { target: (row, column) => (column === 3 ? undefined : 20 + row + [4, -4, 9][column]!), tolerance: 2 },
    },
    blocks: ['verify'],
  }),
  corpusEntry({
    title: 'Refresh',
    summary: 'Rows are read in turn; cells that have drifted get one pulse back.',
    mode: refresh({ ...VERIFY, rounds: 2, pulseClocks: 3 }),
    plan: {
      code: moving,
      verify: { target: (row, column) => 20 + row + column + (row === 1 ? 5 : 0) - (row === 3 ? 4 : 0), tolerance: 2 },
    },
    blocks: ['verify'],
  }),
  corpusEntry({
    title: 'Transfer between arrays',
    summary: 'Codes of the first tile add up digitally; where a sum has reached a step, the second tile gets a pulse.',
    mode: transfer({ ...VERIFY, fromTiles: 1, toTiles: 2, negate: false, pulseClocks: 3 }),
    program: { tiles: 2 },
    plan: {
      code: (row, column) => 32 + 10 * (column - 1) + row,
      transfer: { sumBits: 12, zero: 32, threshold: 10, negate: false },
    },
    blocks: ['transfer'],
  }),
  corpusEntry({
    title: 'Forming',
    summary:
      'Pulses that grow, each followed by a look at the current; the next cell follows as soon as this one conducts.',
    mode: forming({
      ...ARRAY,
      formRailSet: RAILS.write,
      readRailSet: RAILS.read,
      attempts: [1, 2, 4],
      senseClocks: 5,
    }),
    plan: { formedAfter: (row, column) => 1 + ((row + column) % 4) },
    blocks: ['compliance'],
  }),
  corpusEntry({
    title: 'Pulses by state of the field',
    summary: 'All pulses up in the first state of the coil, all pulses down in the second; each state is entered once.',
    mode: fieldGroups({
      ...ARRAY,
      railSet: RAILS.write,
      pulses: [1, 0, -1, 2, 0, 0, 0, 0, -1, 1, 0, 0, 0, 0, 0, 1],
      pulseClocks: 2,
      states: { up: 1, down: 2, after: 0 },
    }),
    plan: { field: COIL },
    blocks: ['field'],
    diagram: { from: -20, clocks: 104 },
  }),
];
