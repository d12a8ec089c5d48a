/** The array that the bench trains on: its states, sums and energies against the formulas of MLP+NeuroSim by hand. */
import { describe, expect, it } from 'vitest';
import { createDiskHost } from '../../../src/core/disk.js';
import { loadLibraryDevice } from '../../../src/dsl/front-end.js';
import { curvatureOfLabel } from '../../../src/numerics/nonlinearity-label.js';
import { NeuroSimArray } from '../../bench/neurosim-array.js';

const [ROWS, COLUMNS] = [3, 2];
const [G_MIN, G_MAX] = [3.077e-9, 38.46e-9];
const [PULSE, WIRE] = [300e-6, 1e-16];
const STATES = Float32Array.of(0.5, 0.25, 0.75, 0.125, 1, 0);
const siemens = (state: number): number => G_MIN + state * (G_MAX - G_MIN);
const stateAt = (row: number, column: number): number => STATES[row * COLUMNS + column] ?? NaN;

function openArray(): NeuroSimArray {
  const device = loadLibraryDevice('neurosimReal', createDiskHost());
  const array = new NeuroSimArray({ rows: ROWS, columns: COLUMNS, device, seed: 3, without: ['cycle'], threads: 1 });
  array.load(STATES);
  return array;
}

/** State after `count` pulses on the curve of a label, by the pulse number that the state has on it. */
function moved(state: number, count: number, { label, pulses }: { label: number; pulses: number }): number {
  const bend = curvatureOfLabel(label);
  const place = -Math.log(1 - state * -Math.expm1(-bend)) / bend;
  return Math.expm1(-bend * (place + count / pulses)) / Math.expm1(-bend);
}

describe('an array of NeuroSim devices', () => {
  it('reads lines that are on, and pays for their cells', () => {
    const array = openArray();
    const sums = new Float64Array(COLUMNS);
    array.read(Float32Array.of(1, 0, 1), sums);
    expect([...sums]).toEqual([2 * (0.5 + 1) - 2, 2 * (0.25 + 0) - 2]);
    const total = siemens(0.5) + siemens(0.25) + siemens(1) + siemens(0);
    expect(array.readJoules / (0.25 * (total * 5e-9 + 4 * WIRE))).toBeCloseTo(1, 6);
  });

  it('writes whole pulses up and down, and pays for the cells and for those at half the voltage', () => {
    const array = openArray();
    array.write(Int16Array.of(4, -3, 0, 0, 0, 0), [0]);
    const up = moved(0.5, 4, { label: 2.4, pulses: 97 });
    const down = moved(0.25, -3, { label: -4.88, pulses: 100 });
    const { matrix, stride } = array.product;
    expect(matrix[0]).toBeCloseTo(up, 5);
    expect(matrix[1]).toBeCloseTo(down, 5);
    expect(matrix[stride]).toBe(0.75);
    expect(array.writtenCells).toBe(2);
    const selected =
      4 * 3.2 ** 2 * ((siemens(0.5) + siemens(up)) * (PULSE / 2) + WIRE) +
      3 * 2.8 ** 2 * ((siemens(0.25) + siemens(down)) * (PULSE / 2) + WIRE);
    expect(array.selectedJoules / selected).toBeCloseTo(1, 5);
    const others = (column: number): number => siemens(stateAt(1, column)) + siemens(stateAt(2, column));
    const half =
      1.6 ** 2 * (4 * PULSE * (others(0) + siemens(0.25)) + 3 * WIRE) +
      1.4 ** 2 * (3 * PULSE * (others(1) + siemens(0.5)) + 3 * WIRE);
    expect(array.halfSelectedJoules / half).toBeCloseTo(1, 5);
  });

  it('has new column sums after a write', () => {
    const array = openArray();
    array.write(Int16Array.of(0, 0, 20, 0, 0, 0), [1]);
    const before = array.halfSelectedJoules;
    array.write(Int16Array.of(1, 0, 0, 0, 0, 0), [0]);
    const others = siemens(moved(0.75, 20, { label: 2.4, pulses: 97 })) + siemens(1);
    const half = 1.6 ** 2 * (PULSE * (others + siemens(0.25)) + 3 * WIRE);
    expect((array.halfSelectedJoules - before) / half).toBeCloseTo(1, 5);
  });

  it('says which device is none for arrays', () => {
    const device = loadLibraryDevice('protonEis', createDiskHost());
    expect(() => new NeuroSimArray({ rows: 1, columns: 1, device, seed: 1, without: [], threads: 1 })).toThrow(
      /protonEis/,
    );
  });
});
