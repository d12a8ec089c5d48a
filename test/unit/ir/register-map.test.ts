/** The register map is one list without overlaps, whatever blocks bring to it. */
import { describe, expect, it } from 'vitest';
import { blockRegisters } from '../../../src/ir/blocks/block-registers.js';
import type { ControllerBlocks } from '../../../src/ir/blocks/controller-blocks.js';
import type { Register } from '../../../src/ir/legal.js';
import { bitField, registerField, valueField, wideRegisters } from '../../../src/ir/register-fields.js';
import { registerFaults } from '../../../src/ir/register-faults.js';
import { registerMap } from '../../../src/ir/register-map.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { randomProgram, scheduledModule } from '../../support/pulse-program.js';

const LEGAL = encode(scheduledModule(randomProgram(3, 5, 1)));

function register(parts: Partial<Register>): Register {
  return { name: 'one', offset: 0x800, access: 'rw', summary: 'one', fields: [valueField(8, 3)], ...parts };
}

/** Every block that there is; a controller has some of them, so what fits here fits everywhere. */
const ALL_BLOCKS: ControllerBlocks = {
  scan: { oversamples: true, comparison: 'on' },
  accumulate: { resultBits: 24, offset: 3 },
  verify: { tolerance: 2 },
  transfer: { sumBits: 16, zero: 128, threshold: 100 },
  rounding: { fractionBits: 8, grainBits: 2, isWhole: false, valueBits: 16 },
  spikes: { planes: 16, tickClocks: 100, refractoryTicks: 3, tickBits: 16 },
  neuron: {
    stateBits: 16,
    accumulatorBits: 24,
    activationBits: 8,
    refractoryBits: 4,
    settings: { kind: 'fire', subtracts: true, leak: 2, threshold: 100, refractory: 3 },
    sends: true,
    returns: true,
  },
  turn: { isPresent: true },
  duty: { clocks: 1000, leak: 3 },
  rails: {
    rails: Array.from({ length: 16 }, () => ({ code: 1, low: 0, high: 4095 })),
    codeBits: 12,
    countBits: 16,
    settleClocks: 10,
    answerClocks: 20,
  },
  field: {
    targets: [{ code: 100, isNegative: false }],
    step: 1,
    periodClocks: 10,
    settleClocks: 100,
    limitClocks: 1000,
    codeBits: 12,
    stepBits: 8,
  },
  wear: { countBits: 24, limit: 1000 },
};

describe('a register map', () => {
  it('has room for all blocks at once, so for any of them', () => {
    const { limits, scan, specHash } = LEGAL;
    const sizes = { ...LEGAL.sizes, hasRandom: true, countedLoops: 7, conditions: 0x7ff, units: 0xff, onTimeBits: 48 };
    const blocks = blockRegisters(ALL_BLOCKS, sizes, scan);
    const map = registerMap({ sizes, limits, scan, specHash, blocks });
    expect(registerFaults(map)).toEqual([]);
    expect(map.length).toBeGreaterThan(60);
  });

  it('takes registers of blocks and keeps the order of addresses', () => {
    const { sizes, limits, scan, specHash } = LEGAL;
    const blocks = [[register({ offset: 0x0e4 })], [register({ name: 'two', offset: 0x0b0 })]];
    const map = registerMap({ sizes, limits, scan, specHash, blocks });
    const offsets = map.map(({ offset }) => offset);
    expect(map).toHaveLength(registerMap({ sizes, limits, scan, specHash }).length + 2);
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
  });

  it('does not take a block whose registers lie on others', () => {
    const { sizes, limits, scan, specHash } = LEGAL;
    expect(() => registerMap({ sizes, limits, scan, specHash, blocks: [[register({ offset: 0x010 })]] })).toThrow(
      'one and ctrl share address 16',
    );
  });

  it.each([
    [[register({}), register({ offset: 0x804 })], 'there are two registers one'],
    [[register({ name: 'One' })], 'One is not a name'],
    [[register({ name: 'a__b' })], 'a__b is not a name'],
    [[register({ offset: 0x802 })], 'one is not at a word of the window'],
    [[register({ offset: 0x1_0000 })], 'one is not at a word of the window'],
    [[register({ fields: [] })], 'one has no field'],
    [[register({ fields: [valueField(33, 0)] })], 'one.value does not fit the word'],
    [[register({ fields: [valueField(8, 256)] })], 'one.value does not hold its reset value'],
    [[register({ fields: [bitField('a', 0, 'a'), bitField('a', 1, 'a')] })], 'one has two fields a'],
    [
      [register({ fields: [bitField('a', 3, 'a'), registerField({ name: 'b', lsb: 1, width: 3 }, 'b')] })],
      'one.b overlaps a',
    ],
  ])('%# is refused', (registers, fault) => {
    expect(registerFaults(registers)).toEqual([fault]);
  });

  it.each([8, 32, 33, 48])('a number of %i bits takes as many registers as it needs', (width) => {
    const wide = wideRegisters({ name: 'span', offset: 0x800, width, reset: 2 ** width - 2, summary: 'a span' });
    expect(registerFaults(wide)).toEqual([]);
    const value = wide.reduce((sum, { offset, fields }) => sum + fields[0]!.reset * 2 ** (8 * (offset - 0x800)), 0);
    expect(value).toBe(2 ** width - 2);
    expect(wide).toHaveLength(width > 32 ? 2 : 1);
  });
});
