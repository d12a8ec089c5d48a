/** The convolution that visits what is not zero, against the sums as they are written. */
import { expect, it } from 'vitest';
import { ActiveMap } from '../../../../src/networks/games/active-map.js';
import { SparseConvolution } from '../../../../src/networks/games/sparse-convolution.js';

const BEFORE = { rows: 11, columns: 9, channels: 2 };
const WINDOW = { side: 4, stride: 2, channels: 3 };

it('has the sums of a convolution, rectified', () => {
  const convolution = new SparseConvolution(BEFORE, WINDOW);
  convolution.weights.forEach((_, at) => (convolution.weights[at] = Math.sin(3 * at + 1)));
  const [input, out] = [new ActiveMap(BEFORE), new ActiveMap(convolution.behind)];
  for (const place of [0, 5, 40, 41, 97, 60]) {
    input.activate(place);
    input.values[2 * place] = 1 + place / 100;
    input.values[2 * place + 1] = place % 2 === 0 ? 0 : -0.5;
  }
  convolution.forward(input, out);
  expect(convolution.behind).toEqual({ rows: 4, columns: 3, channels: 3 });
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 3; column++) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let y = 0; y < 4; y++) {
          for (let x = 0; x < 4; x++) {
            for (let from = 0; from < 2; from++) {
              const value = input.values[((2 * row + y) * 9 + 2 * column + x) * 2 + from] ?? NaN;
              sum += value * (convolution.weights[((y * 4 + x) * 2 + from) * 3 + channel] ?? NaN);
            }
          }
        }
        expect(out.values[(row * 3 + column) * 3 + channel]).toBeCloseTo(Math.max(0, sum), 12);
      }
    }
  }
  // A map that is used again keeps nothing
  input.clear();
  convolution.forward(input, out);
  expect(out.count).toBe(0);
  expect(out.values.every((value) => value === 0)).toBe(true);
});
