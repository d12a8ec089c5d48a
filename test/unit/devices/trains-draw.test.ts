/** Random trains: their length, and that the expected number of pulses is the product. */
import { describe, expect, it } from 'vitest';
import { drawTrains, type TrainLaw } from '../../../src/devices/trains/draw-trains.js';

const X = [1, -0.5, 0.1, 0];
const D = [0.02, -0.4, 0.2];
const LAW: TrainLaw = { learningRate: 0.05, stepSize: 0.001, isBalanced: true };

/** Mean change of every weight over many draws, in steps times the step. */
function meanChanges(law: TrainLaw, draws: number): Float64Array {
  const sums = new Float64Array(X.length * D.length);
  for (let event = 0; event < draws; event++) {
    const { rowBits, columnBits, rowSigns, columnSigns } = drawTrains(X, D, law, { seed: 9, event });
    for (let row = 0; row < X.length; row++) {
      for (let column = 0; column < D.length; column++) {
        let both = rowBits[row]! & columnBits[column]!;
        for (; both !== 0; both &= both - 1) {
          sums[row * D.length + column]! += (rowSigns[row]! * columnSigns[column]! * law.stepSize) / draws;
        }
      }
    }
  }
  return sums;
}

describe('drawTrains', () => {
  it.each([
    ['as long as needed', LAW],
    ['of fixed length', { ...LAW, length: 31 }],
    ['not balanced', { ...LAW, learningRate: 0.02, length: 31, isBalanced: false }],
  ])('expects learningRate x d with trains %s', (_, law) => {
    const draws = 4000;
    const changes = meanChanges(law, draws);
    changes.forEach((change, cell) => {
      const expected = law.learningRate * X[Math.floor(cell / D.length)]! * D[cell % D.length]!;
      // Pulses of a slot are 0 or 1.
      const deviation = Math.sqrt((Math.abs(expected) * law.stepSize) / draws);
      expect(Math.abs(change - expected)).toBeLessThanOrEqual(4.5 * deviation);
    });
  });

  it('chooses the length by the largest product, 31 at most, none for nothing', () => {
    const slots = (learningRate: number, x = X): number =>
      drawTrains(x, D, { ...LAW, learningRate }, { seed: 1, event: 0 }).slots;
    expect([0, 1e-4, 0.01, 0.05, 0.0775, 1].map((rate) => slots(rate))).toEqual([0, 1, 4, 20, 31, 31]);
    expect(slots(0.05, [0, 0])).toBe(0);
  });

  it.each([
    ['no train', 31, { learningRate: 1 }],
    ['a train of fixed length', 8, { learningRate: 0.05, length: 8 }],
  ])('lets d saturate where %s is long enough', (_, slots, law) => {
    // Entries of x are 0.9 and 0.5 times the largest one: in d as many would saturate
    const { rowBits, columnBits } = drawTrains([1, 0.9, 0.5], D, { ...LAW, ...law }, { seed: 1, event: 0 });
    const full = 2 ** slots - 1;
    expect(rowBits[0]).toBe(full);
    expect(columnBits[1]).toBe(full);
    const draws = Array.from({ length: 400 }, (__, event) => {
      const { rowBits: drawn } = drawTrains([1, 0.9], D, { ...LAW, ...law }, { seed: 1, event });
      return drawn[1]!.toString(2).replaceAll('0', '').length / slots;
    });
    expect(draws.reduce((sum, share) => sum + share, 0) / draws.length).toBeCloseTo(0.9, 1);
    expect(rowBits[2]).not.toBe(full);
  });

  it('draws the same at the same address only', () => {
    const at = (seed: number, event: number) => drawTrains(X, D, LAW, { seed, event });
    expect(at(1, 2)).toEqual(at(1, 2));
    expect(at(1, 2)).not.toEqual(at(1, 3));
    expect(at(1, 2)).not.toEqual(at(2, 2));
  });
});
