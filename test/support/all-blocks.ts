/** A program that uses every block of a controller whose lines have pins. */
import type { ControllerBlocks } from '../../src/ir/blocks/controller-blocks.js';
import type { Condition } from '../../src/ir/microcode.js';
import type { PulseOperation, PulseProgram } from '../../src/ir/scheduled.js';
import { ORIGIN } from './mapped-fixture.js';
import { dataSet, loop, pulseProgram, segment } from './pulse-program.js';

export const ALL_BLOCKS: Omit<Required<ControllerBlocks>, 'serial'> = {
  scan: { oversamples: true, comparison: 'on' },
  accumulate: { resultBits: 16, offset: 3 },
  verify: { tolerance: 2 },
  transfer: { sumBits: 16, zero: 5, threshold: 100 },
  rounding: { fractionBits: 4, grainBits: 0, isWhole: true, valueBits: 12 },
  spikes: { planes: 8, tickClocks: 100, refractoryTicks: 2, tickBits: 16 },
  neuron: {
    stateBits: 14,
    accumulatorBits: 16,
    activationBits: 6,
    refractoryBits: 3,
    settings: { kind: 'fire', subtracts: true, leak: 3, threshold: 100, refractory: 2 },
    sends: true,
    returns: true,
  },
  turn: { isPresent: true },
  duty: { clocks: 1000, leak: 3 },
  rails: {
    rails: [
      { code: 3, low: 0, high: 200 },
      { code: 4, low: 0, high: 255 },
    ],
    codeBits: 8,
    countBits: 12,
    settleClocks: 10,
    answerClocks: 100,
  },
  field: {
    targets: [
      { code: 0, isNegative: false },
      { code: 100, isNegative: false },
      { code: 100, isNegative: true },
      { code: 0, isNegative: false },
    ],
    step: 4,
    periodClocks: 3,
    settleClocks: 20,
    limitClocks: 1000,
    codeBits: 8,
    stepBits: 4,
  },
  wear: { countBits: 24, limit: 1_000_000 },
};

const wait = (condition: Condition): PulseOperation => ({ kind: 'wait', condition, origin: ORIGIN });
const command = (unit: 'field' | 'neuron' | 'turn' | 'host' | 'rails'): PulseOperation => ({
  kind: 'command',
  unit,
  argument: 1,
  origin: ORIGIN,
});

/** Looks at every condition, tells every unit, and selects lines in every way. */
export function allBlocksProgram(rows: number, columns: number): PulseProgram {
  return pulseProgram({
    rows,
    columns,
    randomPlanes: 4,
    blocks: ALL_BLOCKS,
    dataSets: [dataSet([{ row: 0, column: 0, negative: false, magnitude: 3, last: true }])],
    operations: [
      wait('tick'),
      wait('host'),
      wait('compliance'),
      wait('spike'),
      command('field'),
      wait('field'),
      command('rails'),
      wait('rails'),
      wait('wear'),
      segment({
        row: { kind: 'plane', source: { kind: 'age', ticks: 3 } },
        column: { kind: 'plane', source: { kind: 'age', ticks: 2 } },
        levels: { row: 2, column: 3 },
        holds: true,
        fires: true,
      }),
      segment({
        row: { kind: 'plane', source: { kind: 'fixed', plane: 3 } },
        samples: { mode: 'first', negate: false },
      }),
      segment({
        row: { kind: 'plane', source: { kind: 'random', base: 0 } },
        column: { kind: 'plane', source: { kind: 'marks', direction: 'up' } },
        samples: { mode: 'verify', negate: false },
      }),
      segment({ row: { kind: 'all' }, samples: { mode: 'transfer', negate: true } }),
      command('neuron'),
      wait('neuron'),
      command('turn'),
      wait('turn'),
      command('host'),
      loop(
        0,
        'entries',
        segment({
          row: { kind: 'entry' },
          column: { kind: 'entry' },
          dwell: { kind: 'entry' },
          polarity: 'entry',
          fires: true,
        }),
      ),
    ],
  });
}
