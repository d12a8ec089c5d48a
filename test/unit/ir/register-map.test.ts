/** The register map is one list without overlaps, whatever blocks bring to it. */
import { describe, expect, it } from 'vitest';
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

describe('a register map', () => {
  it('takes registers of blocks and keeps the order of addresses', () => {
    const { sizes, limits, scan, specHash } = LEGAL;
    const blocks = [[register({ offset: 0x0e4 })], [register({ name: 'two', offset: 0x0b0 })]];
    const map = registerMap({ sizes, limits, scan, specHash, blocks });
    const offsets = map.map(({ offset }) => offset);
    expect(map).toHaveLength(LEGAL.registers.length + 2);
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
