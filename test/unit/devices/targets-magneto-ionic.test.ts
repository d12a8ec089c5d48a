/** What the magneto-ionic synapse must do to be true to its paper: two depression curves, and their nonlinearity. */
import { describe, expect, test } from 'vitest';
import { everyCell, libraryDevice, tileOf } from '../../support/library-tile.js';
import { nonlinearityLabel } from '../../support/nonlinearity.js';

const device = libraryDevice('magnetoIonic');

/** Resistance before and after each of 27 depression pulses in a field [Ohm], read at 0.1 V. */
function depression(tesla: number): readonly number[] {
  const kernel = tileOf(device);
  kernel.modulate('field', tesla);
  const resistance = (): number => 0.1 / kernel.read(everyCell(kernel, 0.1))[0]!;
  const trace = [resistance()];
  for (let pulse = 0; pulse < 27; pulse++) {
    kernel.pulse(everyCell(kernel, -2), 0.1);
    trace.push(resistance());
  }
  return trace;
}

describe('27 depression pulses', () => {
  const strong = depression(0.1);
  const weak = depression(0);

  test('leave 0.793 of the resistance in a strong field and 0.371 without one', () => {
    expect(Math.abs(strong.at(-1)! / strong[0]! - 0.793)).toBeLessThan(0.0005);
    expect(Math.abs(weak.at(-1)! / weak[0]! - 0.371)).toBeLessThan(0.0005);
  });

  test('are linear in a strong field: a nonlinearity of 0', () => {
    // What is left of the other curve at 100 mT does not bend it
    expect(Math.abs(nonlinearityLabel(strong))).toBeLessThan(0.001);
  });

  test('are exponential without one: a nonlinearity of 3.2', () => {
    // 27 pulses are 2.77 of the decay constant: 0.361 of the range, and the closed form of the label gives 3.18
    const norm = 9.741 / 27;
    const scale = 1 / (1 - Math.exp(-1 / norm));
    const label = (scale - norm - norm * Math.log(scale / norm)) / (0.07 * Math.SQRT2);
    expect(label).toBeCloseTo(3.18, 2);
    expect(Math.abs(nonlinearityLabel(weak) / label - 1)).toBeLessThan(0.002);
  });
});

test('pulses of half the voltage, as half-selected cells of a crossbar see them, move nothing', () => {
  const kernel = tileOf(device);
  kernel.pulse(everyCell(kernel, -2), 0.1);
  const before = kernel.stateOf('x')[0];
  for (const volts of [-1, 1]) kernel.pulse(everyCell(kernel, volts), 0.1);
  expect(kernel.stateOf('x')[0]).toBe(before);
});

test('a field that is switched off after writing leaves the count and changes the curve', () => {
  const kernel = tileOf(device);
  kernel.modulate('field', 0.1);
  for (let pulse = 0; pulse < 13; pulse++) kernel.pulse(everyCell(kernel, -2), 0.1);
  kernel.modulate('field', 0);
  expect(kernel.stateOf('x')[0]).toBeCloseTo(13, 12);
  const ohms = 0.1 / kernel.read(everyCell(kernel, 0.1))[0]!;
  expect(Math.abs(ohms / (0.75 + 1.53 * Math.exp(-13 / 9.741)) - 1)).toBeLessThan(1e-5);
});

test('the updates of 10000 devices vary like the absolute value of N(1, 0.2)', () => {
  const kernel = tileOf(device, { rows: 100, columns: 100, without: [], seed: 3 });
  kernel.pulse(everyCell(kernel, -2), 0.1);
  const steps = Array.from(kernel.stateOf('x'));
  const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
  const deviation = Math.sqrt(steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / steps.length);
  expect(Math.abs(mean - 1)).toBeLessThan((4 * 0.2) / 100);
  expect(Math.abs(deviation / 0.2 - 1)).toBeLessThan(4 / Math.sqrt(2 * steps.length));
});
