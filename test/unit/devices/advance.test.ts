import { describe, expect, test } from 'vitest';
import { createCell } from '../../../src/devices/advance.js';
import { testDevice, type TestDevice } from '../../support/test-device.js';

const window = { low: 0.2, high: 0.8 };
const spreads = [
  { name: 'gain', mean: 1, deviation: 0.1, per: 'device' },
  { name: 'cycle', mean: 0, deviation: 0.1, per: 'pulse' },
] as const;
const cellOf = (given: TestDevice): ReturnType<typeof createCell> =>
  createCell(testDevice({ spreads, ...given }), window);

const laws = [
  ['constant', { rate: 'gain * (1 + cycle) * v' }],
  ['affine', { rate: 'gain * (1 + cycle) * v * (1.2 - g)' }],
  ['power law', { rate: 'gain * (1 + cycle) * v * g ^ 0.883', min: 1e-3 }],
  ['piecewise', { rate: 'v > 0 ? gain * v * exp(-2 * g) : gain * v * exp(-2 * (1 - g))' }],
] as const;

describe.each(laws)('%s rate', (_, law) => {
  const cell = cellOf(law);

  test.each([
    [0.3, 0.7, 1],
    [0.7, 0.3, -1],
    [0.5, 0.5 + 1e-9, 2.5],
    [0.31, 0.3, -0.01],
  ])('time from %s to %s at %s V brings it there', (from, to, volts) => {
    for (const gains of [new Map<string, number>(), new Map([['gain', 1.3]])]) {
      const seconds = cell.secondsTo(from, to, volts, gains);
      expect(Math.abs(cell.advance(from, volts, seconds!, gains) - to)).toBeLessThan(1e-12);
    }
  });

  test('a larger gain is faster by exactly that factor', () => {
    const slow = cell.secondsTo(0.3, 0.6, 1)!;
    expect(cell.secondsTo(0.3, 0.6, 1, new Map([['gain', 1.25]]))! * 1.25).toBeCloseTo(slow, 9);
  });

  test('is the slope of what it advances', () => {
    const rate = (cell.advance(0.4, 0.8, 1e-7) - 0.4) / 1e-7;
    expect(Math.abs(rate / cell.rateAt(0.4, 0.8) - 1)).toBeLessThan(1e-5);
  });

  test('no time for no way, never for the wrong way', () => {
    expect(cell.secondsTo(0.4, 0.4, 1)).toBe(0);
    expect(cell.secondsTo(0.4, 0.5, -1)).toBeUndefined();
    expect(cell.secondsTo(0.4, 0.5, 0)).toBeUndefined();
    expect(cell.secondsTo(0.4, 1.1, 1)).toBeUndefined();
    expect(cell.advance(0.4, 0, 1e9)).toBe(0.4);
  });
});

test.each(['v * (0.6 - g)', 'v * (0.6 - g) * abs(0.6 - g)', 'v * (0.6 - g) * exp(g)'])(
  'what rate %s approaches is never passed',
  (rate) => {
    const cell = cellOf({ rate });
    expect(cell.secondsTo(0.3, 0.7, 1)).toBeUndefined();
    expect(cell.secondsTo(0.3, 0.59, 1)).toBeGreaterThan(0);
  },
);
