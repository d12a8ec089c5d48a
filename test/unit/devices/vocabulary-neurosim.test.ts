/** The library's NeuroSim devices against its equations in terms of pulse counts, and its labels of nonlinearity. */
import { describe, expect, test } from 'vitest';
import { curvatureOfLabel } from '../../../src/numerics/nonlinearity-label.js';
import { reportsOf } from '../../support/device-text.js';
import { parameterClause, vocabularyDevice, VocabularyCell } from '../../support/vocabulary-cell.js';

describe('the curvature of a label', () => {
  // Normalised A of NeuroSim's table
  test.each([
    [0.01, 126.27],
    [0.5, 2.5199],
    [1, 1.25165],
    [2, 0.609035],
    [3, 0.38683],
    [4, 0.269089],
    [5, 0.192406],
    [6, 0.135619],
    [7, 0.090139],
    [8, 0.052781],
    [9, 0.02281],
  ])('is that of the table at %s', (label, normalised) => {
    expect(Math.abs(1 / curvatureOfLabel(label) / normalised - 1)).toBeLessThan(2e-5);
    expect(curvatureOfLabel(-label)).toBe(-curvatureOfLabel(label));
  });

  test('bends the curve by 0.07 sqrt(2) of its height per label, where it lies farthest from the line', () => {
    for (let label = 0.05; label <= 10; label += 0.05) {
      const t = curvatureOfLabel(label);
      const scale = -1 / Math.expm1(-t);
      // Where the slope is 1
      const x = Math.log(scale * t) / t;
      expect(scale * (1 - Math.exp(-t * x)) - x).toBeCloseTo(0.07 * Math.SQRT2 * label, 13);
    }
  });

  test('is nothing for a line, and finite for every label', () => {
    expect(curvatureOfLabel(0)).toBe(0);
    expect(curvatureOfLabel(1e-12) / (8 * 0.07 * Math.SQRT2 * 1e-12)).toBeCloseTo(1, 12);
    expect(curvatureOfLabel(10)).toBeGreaterThan(700);
    expect(curvatureOfLabel(1e6)).toBe(curvatureOfLabel(10));
    expect(curvatureOfLabel(-Infinity)).toBe(-curvatureOfLabel(10));
    expect(curvatureOfLabel(NaN)).toBeNaN();
  });

  test('is refused where a label is known to be beyond the formula', () => {
    const device = (label: string) => `device d {
  pulse 1 V for 1 us source "t" confidence estimate
  read 1 V source "t" confidence estimate
  let bend = nlCurvature(${label})
  state w : 1 in 0 .. 1 = 0
  on pulse { w += bend / 1e4 }
  current = w * 1 uA
  energy = 1 fJ source "t" confidence estimate
}
`;
    const refused = 'argument of `nlCurvature` must be from -10 to 10, found 10.2';
    expect(reportsOf(device('10.2'))).toEqual([
      expect.objectContaining({ code: 'dsl/out-of-range', message: refused }),
    ]);
    expect(reportsOf(device('1 V')).map(({ code }) => code)).toEqual(['dsl/unexpected-dimension']);
    expect(reportsOf(device('-10'))).toEqual([]);
  });
});

/** NeuroSim's own way: the pulse count of a conductance, another count, the conductance of that. */
class PulseCurve {
  readonly #a: number;
  readonly #b: number;

  /** Between 0 and 1. */
  constructor(pulses: number, label: number) {
    this.#a = (pulses * Math.sign(label)) / curvatureOfLabel(Math.abs(label));
    this.#b = 1 / (1 - Math.exp(-pulses / this.#a));
  }

  move(part: number, pulses: number): number {
    const before = -this.#a * Math.log(1 - part / this.#b);
    return this.#b * (1 - Math.exp(-(before + pulses) / this.#a));
  }
}

const NUMBERS = [
  { labels: [2.4, -4.88], pulses: [97, 100], range: [3.077e-9, 38.46e-9] },
  { labels: [0.3, 0.2], pulses: [32, 20], range: [1e-6, 1e-3] },
  { labels: [9.4, -9.9], pulses: [64, 500], range: [0, 1e-3] },
  { labels: [-5, 5], pulses: [50, 50], range: [0, 1e-9] },
] as const;

describe.each(NUMBERS)('neurosimReal with labels $labels', ({ labels, pulses, range: [min, max] }) => {
  const device = vocabularyDevice('neurosimReal', [
    parameterClause('labelUp', labels[0]),
    parameterClause('labelDown', labels[1]),
    parameterClause('pulsesUp', pulses[0]),
    parameterClause('pulsesDown', pulses[1]),
    parameterClause('gMin', min, ' S'),
    parameterClause('gMax', max, ' S'),
  ]);

  test.each([
    ['of the mean device', 0, 0],
    ['of another draw', 0.4, -0.3],
  ])('has the conductances %s', (_, up, down) => {
    const drawn = [labels[0] * (1 - up / 10), labels[1] * (1 + down / 10)] as const;
    const curves = drawn.map((label, side) => new PulseCurve(pulses[side] ?? NaN, label));
    const cell = new VocabularyCell(device, { drawnUp: drawn[0], drawnDown: drawn[1] });
    let w = 0;
    const directions = Array.from({ length: 400 }, (_, pulse) => (pulse < 120 || pulse % 5 === 0 ? 1 : -1));
    directions.forEach((direction, pulse) => {
      w = Math.min(1, Math.max(0, curves[direction > 0 ? 0 : 1]!.move(w, direction)));
      cell.pulse(direction);
      // The way through the logarithm loses digits where the curve is flat
      expect(Math.abs(cell.state() - w), `pulse ${String(pulse)}`).toBeLessThan(1e-12);
      expect(Math.abs(cell.current(1) / (max - min) - (min / (max - min) + w))).toBeLessThan(1e-12);
    });
  });
});

describe('neurosimReal at the ends of what it takes', () => {
  test('is a straight line for label 0, without an infinity or a NaN', () => {
    const device = vocabularyDevice('neurosimReal', [parameterClause('labelUp', 0), parameterClause('labelDown', 0)]);
    const cell = new VocabularyCell(device);
    for (let pulse = 1; pulse <= 97; pulse++) {
      cell.pulse(1);
      expect(cell.state()).toBeCloseTo(pulse / 97, 13);
    }
    for (let pulse = 1; pulse <= 30; pulse++) cell.pulse(-1);
    expect(cell.state()).toBeCloseTo(0.7, 12);
  });

  test('is finite for labels that a device draws beyond the formula', () => {
    const device = vocabularyDevice('neurosimReal', [
      parameterClause('labelUp', 10),
      parameterClause('labelDown', -10),
    ]);
    for (const [drawnUp, drawnDown] of [
      [25, -25],
      [-25, 25],
      [10, 10],
      [1e-300, -1e-300],
    ] as const) {
      const cell = new VocabularyCell(device, { drawnUp, drawnDown });
      for (let pulse = 0; pulse < 20; pulse++) {
        cell.pulse(pulse % 3 === 0 ? -1 : 1);
        expect(cell.state()).toBeGreaterThanOrEqual(0);
        expect(cell.state()).toBeLessThanOrEqual(1);
      }
    }
  });

  test('refuses a label beyond the formula', () => {
    const text = `import device neurosimReal from "std/neurosim"
device cell extends neurosimReal { param labelUp = 12 source "t" confidence estimate }
`;
    expect(reportsOf(text).map(({ code }) => code)).toContain('dsl/out-of-range');
  });

  test('adds noise in proportion to the whole range', () => {
    const cell = new VocabularyCell(vocabularyDevice('neurosimReal'));
    const silent = new VocabularyCell(vocabularyDevice('neurosimReal'));
    for (const each of [cell, silent]) each.place(0.4);
    cell.pulse(1, { cycle: 1.7 });
    silent.pulse(1);
    expect(cell.state() - silent.state()).toBeCloseTo(0.035 * 1.7, 13);
  });
});

test('neurosimNonlinearIv conducts NL_iv times more at the write voltage than at half of it', () => {
  const cell = new VocabularyCell(vocabularyDevice('neurosimNonlinearIv'));
  cell.place(0.5);
  const siemens = (volts: number): number => cell.current(volts) / volts;
  expect((siemens(3.2) * 3.2) / (siemens(1.6) * 1.6)).toBeCloseTo(10, 10);
  expect(siemens(0.5)).toBeCloseTo((3.077e-9 + 38.46e-9) / 2, 18);
  expect(cell.current(-0.7)).toBe(-cell.current(0.7));
});

test('neurosimDnn has weights between -1 and 1 as 2 w - 1', () => {
  const cell = new VocabularyCell(vocabularyDevice('neurosimDnn'));
  const a = 32 / curvatureOfLabel(1.75);
  const b = 2 / (1 - Math.exp(-32 / a));
  for (let pulse = 1; pulse <= 32; pulse++) {
    cell.pulse(1);
    expect(2 * cell.state() - 1).toBeCloseTo(b * (1 - Math.exp(-pulse / a)) - 1, 12);
  }
});

test('neurosimMeasured goes along its tables', () => {
  const cell = new VocabularyCell(vocabularyDevice('neurosimMeasured'));
  const seen: number[] = [];
  for (let pulse = 0; pulse < 97; pulse++) {
    cell.pulse(1);
    seen.push(cell.state());
  }
  [0.032, 0.32, 0.52, 0.76, 1].forEach((value, index) => {
    expect(seen[[0, 9, 19, 39, 96][index]!]).toBeCloseTo(value, 12);
  });
  for (let pulse = 0; pulse < 25; pulse++) cell.pulse(-1);
  expect(cell.state()).toBeCloseTo(0.2, 12);
});
