/** The library's CrossSim devices against its equations, written out here a second time. */
import { describe, expect, test } from 'vitest';
import { parameterClause, vocabularyDevice, VocabularyCell } from '../../support/vocabulary-cell.js';

const [W_MIN, W_MAX, ALPHA, REQUEST, SIGMA] = [0.15, 0.95, 2.7, 0.012, 0.04];
const RANGE = W_MAX - W_MIN;

const NOISES = [
  ['crosssimAnalytic', () => 1],
  ['crosssimAnalyticProportional', (w: number) => w / RANGE],
  ['crosssimAnalyticInverse', (w: number) => RANGE / w],
] as const;

describe.each(NOISES)('%s', (name, factor) => {
  const device = vocabularyDevice(name, [
    parameterClause('lower', W_MIN),
    parameterClause('upper', W_MAX),
    parameterClause('bend', ALPHA),
    parameterClause('request', REQUEST),
    parameterClause('writeNoise', SIGMA),
  ]);

  test.each([
    ['without noise', () => 0],
    ['with given noise', (pulse: number) => Math.cos(pulse * pulse)],
  ])('follows its equations %s, for pulses of several widths', (_, variate) => {
    const cell = new VocabularyCell(device);
    const w0 = RANGE / (1 - Math.exp(-ALPHA));
    let w = W_MIN;
    for (let pulse = 0; pulse < 400; pulse++) {
      const direction = pulse < 150 || pulse % 3 === 0 ? 1 : -1;
      const width = 1 + (pulse % 4) / 2;
      const part = direction * REQUEST * width;
      const change =
        part > 0 ? (w0 + W_MIN - w) * (1 - Math.exp(-ALPHA * part)) : (W_MAX - w0 - w) * (1 - Math.exp(ALPHA * part));
      const noise = SIGMA * Math.sqrt(Math.abs(change) * RANGE) * factor(w) * variate(pulse);
      w = Math.min(W_MAX, Math.max(W_MIN, w + change + noise));
      cell.pulse(direction, { cycle: variate(pulse) }, width);
      expect(Math.abs(cell.state() - w), `pulse ${String(pulse)}`).toBeLessThan(1e-12);
    }
  });
});

test('crosssimAnalytic is a straight line without a bend', () => {
  const cell = new VocabularyCell(vocabularyDevice('crosssimAnalytic', [parameterClause('bend', 0)]));
  for (let pulse = 1; pulse <= 50; pulse++) {
    cell.pulse(1);
    expect(cell.state()).toBeCloseTo(0.1 + 0.9 * 0.01 * pulse, 12);
  }
});

test('crosssimAnalyticInverse is finite at a weight of 0', () => {
  const cell = new VocabularyCell(vocabularyDevice('crosssimAnalyticInverse', [parameterClause('lower', 0)]));
  cell.place(0);
  cell.pulse(1, { cycle: 1 });
  expect(cell.state()).toBe(1);
});

describe('crosssimTable', () => {
  const device = vocabularyDevice('crosssimTable');
  const weights = [0.1, 0.4, 0.7, 1];
  const quantiles = [0, 0.16, 0.5, 0.84, 1];
  const up = [
    [0.008, 0.018, 0.024, 0.03, 0.04],
    [0.002, 0.009, 0.014, 0.019, 0.026],
    [-0.004, 0.003, 0.008, 0.013, 0.02],
    [-0.009, -0.001, 0.003, 0.007, 0.015],
  ];

  /** The change in the table, by weighing the four points around. */
  function changeAt(w: number, u: number): number {
    const row = Math.min(
      2,
      weights.findLastIndex((weight) => weight <= w),
    );
    const column = Math.min(
      3,
      quantiles.findLastIndex((quantile) => quantile <= u),
    );
    const a = (w - weights[row]!) / (weights[row + 1]! - weights[row]!);
    const b = (u - quantiles[column]!) / (quantiles[column + 1]! - quantiles[column]!);
    const at = (down: number, right: number): number => up[row + down]![column + right]!;
    return (1 - a) * ((1 - b) * at(0, 0) + b * at(0, 1)) + a * ((1 - b) * at(1, 0) + b * at(1, 1));
  }

  test('changes by a nominal pulse as the table says', () => {
    for (const w of [0.1, 0.22, 0.4, 0.55, 0.83, 0.97]) {
      for (const u of [0, 0.1, 0.16, 0.4, 0.5, 0.7, 0.99]) {
        const cell = new VocabularyCell(device);
        cell.place(w);
        cell.pulse(1, { quantile: u });
        expect(cell.state()).toBeCloseTo(Math.min(1, Math.max(0.1, w + changeAt(w, u))), 13);
        // Down is the mirror image
        cell.place(1.1 - w);
        cell.pulse(-1, { quantile: u });
        expect(cell.state()).toBeCloseTo(1.1 - Math.min(1, Math.max(0.1, w + changeAt(w, u))), 12);
      }
    }
  });

  test('scales the mean with what is asked for, and the error with its root', () => {
    for (const w of [0.25, 0.6]) {
      const mean = Array.from({ length: 20_000 }, (_, index) => changeAt(w, (index + 0.5) / 20_000)).reduce(
        (sum, change) => sum + change / 20_000,
        0,
      );
      const cell = new VocabularyCell(device);
      cell.place(w);
      cell.pulse(1, { quantile: 0.3 }, 2.5);
      const expected = w + 2.5 * mean + Math.sqrt(2.5) * (changeAt(w, 0.3) - mean);
      expect(Math.abs(cell.state() - expected)).toBeLessThan(1e-7);
    }
  });
});
