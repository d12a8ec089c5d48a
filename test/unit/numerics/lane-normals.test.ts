/** Normal variates of pulse trains: the table, the tail, the addresses. */
import { describe, expect, it } from 'vitest';
import { createLaneNormals, TRAIN_BIT } from '../../../src/numerics/lanes/lane-normals.js';
import { normalQuantiles, QUANTILE_COUNT, TAIL_PARTS, TAIL_START } from '../../../src/numerics/normal-quantiles.js';
import { keyOfSeed } from '../../../src/numerics/normal.js';
import { philox4x32 } from '../../../src/numerics/philox.js';

const FIRST_TAIL = QUANTILE_COUNT - TAIL_PARTS;

/** Sum over both signs and all parts of z^power, the tail in its parts. */
function moment(power: number): number {
  const table = normalQuantiles();
  let sum = 0;
  for (let part = 0; part < TAIL_START; part++) sum += table[part]! ** power / 2 ** 15;
  const tail = (2 ** 15 - TAIL_START) / 2 ** 15;
  for (let part = FIRST_TAIL; part < QUANTILE_COUNT; part++) sum += (table[part]! ** power * tail) / TAIL_PARTS;
  return sum;
}

/** P(Z > x) by the trapezoidal rule. */
function upperTail(x: number): number {
  let sum = 0;
  for (let z = x + 0.5e-4; z < x + 12; z += 1e-4) sum += Math.exp((-z * z) / 2);
  return (sum * 1e-4) / Math.sqrt(2 * Math.PI);
}

describe('normalQuantiles', () => {
  it('has the moments of a normal distribution', () => {
    expect(moment(2)).toBeCloseTo(1, 6);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(2e-4);
    expect(moment(1)).toBeCloseTo(Math.sqrt(2 / Math.PI), 6);
  });

  it('ascends and keeps to the distribution, also in the tail', () => {
    const table = normalQuantiles();
    for (let part = 1; part < TAIL_START; part++) expect(table[part]! > table[part - 1]!).toBe(true);
    for (let part = FIRST_TAIL + 1; part < QUANTILE_COUNT; part++) expect(table[part]! >= table[part - 1]!).toBe(true);
    for (const part of [1000, 20_000, 32_000]) {
      expect(upperTail(table[part]!)).toBeCloseTo(0.5 - (part + 0.5) / 2 ** 16, 6);
    }
    const tail = 0.5 - TAIL_START / 2 ** 16;
    for (const part of [10, 2000, 4000]) {
      const expected = tail * (1 - (part + 0.5) / TAIL_PARTS);
      expect(upperTail(table[FIRST_TAIL + part]!) / expected).toBeCloseTo(1, 2);
    }
    expect(table[QUANTILE_COUNT - 1]).toBeGreaterThan(5.2);
  });
});

describe('createLaneNormals', () => {
  const key = keyOfSeed(20_260_101);

  it('draws what its addresses say', () => {
    const normals = createLaneNormals(key);
    normals.setEvent(7, TRAIN_BIT + 3);
    normals.drawBlock(5, 2);
    const table = normalQuantiles();
    for (let column = 64; column < 96; column++) {
      const words = Uint32Array.of(5, 8 + (column & 3), 7, TRAIN_BIT + 3);
      philox4x32(words, key, words);
      const half = (column >> 2) & 7;
      const bits = (words[half >> 1]! >>> (16 * (half & 1))) & 0xffff;
      expect(normals.block[column - 64]).toBe((bits >> 15 === 0 ? 1 : -1) * table[bits & 0x7fff]!);
    }
  });

  it('is normal over many blocks, far out too', () => {
    const normals = createLaneNormals(key);
    let [squares, far, farther, count] = [0, 0, 0, 0];
    for (let event = 0; event < 200; event++) {
      normals.setEvent(event, TRAIN_BIT);
      for (let row = 0; row < 8; row++) {
        for (let block = 0; block < 16; block++) {
          normals.drawBlock(row, block);
          for (const value of normals.block) {
            squares += value * value;
            far += Number(Math.abs(value) > 3.6);
            farther += Number(Math.abs(value) > 4);
            count++;
          }
        }
      }
    }
    expect(Math.abs(squares / count - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    for (const [found, limit] of [
      [far, 3.6],
      [farther, 4],
    ] as const) {
      const expected = 2 * upperTail(limit) * count;
      expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  it('draws pulses of a train one by one, other than those of a block', () => {
    const normals = createLaneNormals(key);
    normals.setEvent(1, TRAIN_BIT);
    const drawn = [0, 1, 2].map((eighth) => {
      normals.drawPulses(3, 4, eighth);
      return [...normals.pulses];
    });
    normals.drawBlock(3, 1);
    expect(new Set([...drawn.flat(), ...normals.block]).size).toBe(24 + 32);
  });
});
