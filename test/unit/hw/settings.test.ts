/** Every bit of every register and memory that a host may write, in a controller with all blocks: kept, and no other one changed. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { MemoryWindow, Register } from '../../../src/ir/legal.js';
import { FaultBench } from '../../support/fault-bench.js';
import { randomNumbers } from '../../support/random-numbers.js';
import { mostOf, wideNumbers } from '../../support/wide-numbers.js';

const BUS_BITS = 32;
const ROUNDS = 12;

/** Registers that shift and so are never zero. */
const SEEDS = /^(?:seed_|update_seed$)/;

/** Whole words, or a value for every cell: signed, or a target that the uppermost bit says to be there. */
const MEMORIES = [
  ['program', 'word'],
  ['work', 'word'],
  ['rowPlane', 'word'],
  ['wear', 'word'],
  ['transfer', 'signed'],
  ['update', 'signed'],
  ['target', 'target'],
] as const;

const wide = wideNumbers(randomNumbers(3));

let bench: FaultBench;
beforeEach(async () => {
  bench = await FaultBench.open();
  bench.clear();
});

describe('a setting', () => {
  const written = (register: Register, draw: (bits: number) => bigint): number =>
    register.fields.reduce((word, { lsb, width }) => word + Number(draw(width)) * 2 ** lsb, 0);

  it('keeps every value that fits it, whatever the others are', () => {
    const settings = bench.legal.registers.filter(({ access }) => access === 'rw');
    expect(settings.length).toBeGreaterThan(20);
    const draws = [
      () => 0n,
      mostOf,
      ...Array.from({ length: ROUNDS }, () => (bits: number) => wide(mostOf(bits))),
      () => 0n,
    ];
    for (const draw of draws) {
      const expected = settings.map((register) => {
        const value = Math.max(written(register, draw), Number(SEEDS.test(register.name)));
        expect([register.name, bench.bus.tryWrite(register.offset, value)]).toEqual([register.name, false]);
        return [register.name, value];
      });
      expect(settings.map(({ name, offset }) => [name, bench.bus.tryRead(offset).data])).toEqual(expected);
    }
  });
});

describe.each(MEMORIES)('the memory of %s', (name, kind) => {
  const laneBits = ({ width, lanes }: MemoryWindow, lane: number): number =>
    kind === 'word' ? Math.min(BUS_BITS, width - BUS_BITS * lane) : width / lanes;

  const drawn = (bits: number): bigint =>
    kind === 'target' ? (1n << BigInt(bits - 1)) + wide(mostOf(bits - 1)) : wide(mostOf(bits));

  /** The sign stands in the bits above a lane's own. */
  const asRead = (value: bigint, bits: number): number =>
    Number(kind === 'signed' ? BigInt.asUintN(BUS_BITS, BigInt.asIntN(bits, value)) : value);

  it('keeps every word', () => {
    const window = bench.legal.windows[name];
    const { base, depth, lanes, laneStride } = window;
    for (let round = 0; round < 2; round++) {
      const kept: (readonly [address: number, value: number])[] = [];
      for (let word = 0; word < depth; word++) {
        for (let lane = 0; lane < lanes; lane++) {
          const address = base + 4 * (word * laneStride + lane);
          const bits = laneBits(window, lane);
          const value = drawn(bits);
          const isRefused = bench.bus.tryWrite(address, Number(value));
          if (!isRefused) kept.push([address, asRead(value, bits)]);
        }
      }
      // Some addresses of a memory stand for no row or converter
      expect(kept.length).toBeGreaterThan((depth * lanes) / 2);
      expect(kept.map(([address]) => [address, bench.bus.tryRead(address).data])).toEqual(kept);
    }
  });
});
