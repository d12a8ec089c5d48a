import { describe, expect, it } from 'vitest';
import { createConverterRead, SEVEN_TO_NINE_BITS, type ConverterRead } from '../../../src/devices/converter-read.js';
import { keyOfSeed, normalAt } from '../../../src/numerics/normal.js';

const [ROWS, COLUMNS, SEED] = [37, 21, 9];
const WEIGHTS = Float32Array.from({ length: ROWS * COLUMNS }, (_, index) => Math.sin(index * 1.7));

function open(vectors: number, changes: object = {}): ConverterRead {
  const setup = { ...SEVEN_TO_NINE_BITS, rows: ROWS, columns: COLUMNS, vectors, seed: SEED, halvings: 5, ...changes };
  const read = createConverterRead(setup);
  read.load(WEIGHTS);
  return read;
}

function inputsOf(vector: number, size: number): Float32Array {
  return Float32Array.from({ length: ROWS }, (_, row) => size * Math.cos(row * 2.3 + vector));
}

function code(value: number, { step, bound }: { readonly step: number; readonly bound: number }): number {
  const steps = Math.fround(value / step);
  const isTie = Math.abs(steps % 1) === 0.5;
  const nearest = isTie ? 2 * Math.round(steps / 2) : Math.round(steps);
  return Math.min(bound, Math.max(-bound, nearest * step));
}

/** Output `column` of read `event` in double precision from the equations, with the halving that it ends with. */
function expected(inputs: Float32Array, event: number, column: number, halving: number): number {
  const largest = Math.max(...inputs.map(Math.abs)) * 2 ** halving;
  const { dac, adc, outputNoise } = SEVEN_TO_NINE_BITS;
  const sum = inputs.reduce(
    (total, value, row) => total + code(value / largest, dac) * (WEIGHTS[row * COLUMNS + column] ?? NaN),
    0,
  );
  const address = { key: keyOfSeed(SEED), stream: 0, event, along: 'rows' } as const;
  return code(sum + outputNoise * normalAt(address, halving, column), adc) * largest;
}

describe('a read through converters', () => {
  it('is the product of codes, with the noise of its address, as a code', () => {
    const read = open(6);
    for (let vector = 0; vector < 6; vector++) read.inputs.set(inputsOf(vector, 0.3), vector * read.inputStride);
    read.read(6);
    for (let vector = 0; vector < 6; vector++) {
      for (let column = 0; column < COLUMNS; column++) {
        const output = read.outputs[vector * read.outputStride + column];
        expect(output).toBeCloseTo(expected(inputsOf(vector, 0.3), vector, column, 0), 5);
      }
    }
  });

  it('is the same alone and in a batch', () => {
    const [batch, alone] = [open(5), open(1)];
    for (let vector = 0; vector < 5; vector++) batch.inputs.set(inputsOf(vector, 1), vector * batch.inputStride);
    batch.read(5);
    for (let vector = 0; vector < 5; vector++) {
      alone.inputs.set(inputsOf(vector, 1));
      alone.read(1);
      expect([...alone.outputs]).toEqual([...batch.outputs.subarray(vector * batch.outputStride).subarray(0, alone.outputs.length)]); // prettier-ignore
    }
  });

  it('is repeated with half the input while an output is at the bound', () => {
    const strong = Float32Array.from({ length: ROWS }, (_, row) => ((WEIGHTS[row * COLUMNS] ?? 0) > 0 ? 1 : -1));
    const unbound = strong.reduce((sum, value, row) => sum + value * (WEIGHTS[row * COLUMNS] ?? 0), 0);
    expect(unbound).toBeGreaterThan(21);
    const read = open(2);
    read.inputs.set(strong, read.inputStride);
    read.inputs.set(inputsOf(0, 0.1));
    read.read(2);
    expect(read.outputs[read.outputStride]).toBeCloseTo(expected(strong, 1, 0, 1), 5);
    expect(read.outputs[0]).toBeCloseTo(expected(inputsOf(0, 0.1), 0, 0, 0), 5);
    const single = open(1, { halvings: 0 });
    single.inputs.set(strong);
    single.read(1);
    expect(single.outputs[0]).toBe(20);
  });

  it('adds noise of the deviation asked for, with mean 0', () => {
    const read = open(1, { outputNoise: 0.5, adc: { step: 1e-4, bound: 20 } });
    read.inputs[0] = 1;
    const errors: number[] = [];
    for (let event = 0; event < 2000; event++) {
      read.read(1);
      for (let column = 0; column < COLUMNS; column++)
        errors.push((read.outputs[column] ?? NaN) - (WEIGHTS[column] ?? NaN));
    }
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length;
    expect(Math.abs(mean)).toBeLessThan((4 * 0.5) / Math.sqrt(errors.length));
    expect(Math.abs(variance / 0.25 - 1)).toBeLessThan(4 * Math.sqrt(2 / errors.length));
  });

  it('of nothing gives noise of no size', () => {
    const read = open(1);
    read.read(1);
    expect([...read.outputs].every((output) => output === 0)).toBe(true);
  });

  it('refuses what is not finite and converters without steps', () => {
    const read = open(1);
    read.inputs[3] = NaN;
    expect(() => {
      read.read(1);
    }).toThrow(/finite/);
    expect(() => open(1, { dac: { step: 0, bound: 1 } })).toThrow(/positive/);
  });
});
