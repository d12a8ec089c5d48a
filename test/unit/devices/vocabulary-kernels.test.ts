/** Tiles of the library's step models: the same steps as single cells, and the statistics that are published. */
import { describe, expect, test } from 'vitest';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import type { TileKernel } from '../../../src/devices/kernel.js';
import { LIBRARY_DEVICES } from '../../../src/dsl/standard-library.js';
import { curvatureOfLabel } from '../../../src/numerics/nonlinearity-label.js';
import { parameterClause, vocabularyDevice, VocabularyCell } from '../../support/vocabulary-cell.js';

const MODULES = ['std/aihwkit', 'std/neurosim', 'std/crosssim'];
const NAMES = Array.from(LIBRARY_DEVICES)
  .filter(([, { module }]) => MODULES.includes(module))
  .map(([name]) => name);

/** Large steps, so that bounds are reached. */
function largeSteps(name: string): DeviceModel {
  const device = vocabularyDevice(name);
  const isAihwkit = LIBRARY_DEVICES.get(name)?.module === 'std/aihwkit' && name !== 'softBoundsPmax';
  const clauses = isAihwkit ? [parameterClause('stepSize', 0.03)] : [];
  // A pulse of a leaking device leaks, too, which a single cell leaves out
  return name === 'capacitor' || clauses.length > 0
    ? vocabularyDevice(name, [...clauses, ...(name === 'capacitor' ? [parameterClause('lifetime', 1e13)] : [])])
    : device;
}

describe.each(NAMES)('%s', (name) => {
  test('steps in a tile as it does by itself', () => {
    const device = largeSteps(name);
    const [rows, columns] = [3, 4];
    const spreads = device.spreads.filter(({ per }) => per === 'device');
    const known = new Map(
      spreads.map(({ name: spread, mean, deviation }, place) => [
        spread,
        Float64Array.from({ length: rows * columns }, (_, cell) => mean + deviation * Math.sin(7 * cell + 3 * place)),
      ]),
    );
    const without = device.spreads.filter(({ per }) => per === 'pulse').map((spread) => spread.name);
    const kernel = compileKernel(device, { rows, columns, seed: 1, without, known });
    const cells = Array.from(
      { length: rows * columns },
      (_, cell) =>
        new VocabularyCell(device, Object.fromEntries([...known].map(([key, values]) => [key, values[cell] ?? NaN]))),
    );
    for (let pulse = 0; pulse < 120; pulse++) {
      const signs = cells.map((_, cell) => (pulse < 40 ? 1 : pulse < 80 ? -1 : (pulse + cell) % 3 === 0 ? -1 : 1));
      kernel.pulseCells(
        Float64Array.from(signs, (sign) => sign * device.pulse.volts),
        device.pulse.seconds,
      );
      cells.forEach((cell, index) => cell.pulse(signs[index] ?? NaN));
    }
    const weights = kernel.stateOf('w');
    cells.forEach((cell, index) => {
      expect(Math.abs((weights[index] ?? NaN) - cell.state())).toBeLessThan(1e-12);
    });
  });
});

/** 10^5 cells, so that the mean has 1/316 of the deviation of a sample. */
const [ROWS, COLUMNS] = [250, 400];
const SAMPLES = ROWS * COLUMNS;

/** Standard deviations of an estimate by which it may be off. */
const TOLERANCE = 5;

interface Trial {
  readonly start: number;
  readonly sign: number;
  /** Spreads that are off. */
  readonly without?: readonly string[];
  readonly seed: number;
}

function tileAfter(device: DeviceModel, { start, sign, without = [], seed }: Trial): TileKernel {
  const kernel = compileKernel(device, { rows: ROWS, columns: COLUMNS, seed, without });
  kernel.stateOf('w').fill(start);
  kernel.pulseCells(new Float64Array(SAMPLES).fill(sign * device.pulse.volts), device.pulse.seconds);
  return kernel;
}

/** The weight of a mean device after one pulse without noise. */
function weightAfter(device: DeviceModel, start: number, sign: number): number {
  const cell = new VocabularyCell(device);
  cell.place(start);
  cell.pulse(sign);
  return cell.state();
}

const perDevice = (device: DeviceModel): string[] =>
  device.spreads.filter(({ per }) => per === 'device').map(({ name }) => name);

/** Mean and variance within what 10^5 normal samples leave open. */
function expectMoments(values: Float64Array, mean: number, deviation: number): void {
  expect(values.length).toBe(SAMPLES);
  const found = values.reduce((sum, value) => sum + value, 0) / SAMPLES;
  const variance = values.reduce((sum, value) => sum + (value - found) ** 2, 0) / (SAMPLES - 1);
  expect(Math.abs(found - mean)).toBeLessThan((TOLERANCE * deviation) / Math.sqrt(SAMPLES));
  expect(Math.abs(variance / deviation ** 2 - 1)).toBeLessThan(TOLERANCE * Math.sqrt(2 / SAMPLES));
}

interface CycleNoise {
  readonly name: string;
  /** Steps of the mean device at a weight of 0.2, without noise. */
  readonly up: number;
  readonly down: number;
  /** Deviation of a sample, as a part of the step, or whatever the step. */
  readonly relative?: number;
  readonly fixed?: number;
}

const CYCLE_NOISE: readonly CycleNoise[] = [
  { name: 'constantStep', up: 0.001, down: 0.001, relative: 0.3 },
  { name: 'linearStep', up: 0.001, down: 0.001, relative: 0.3 },
  {
    name: 'ecRam',
    up: 0.002 * (1 - (0.1153 * 0.2) / 1.1724),
    down: 0.002 * (1 + (0.5085 * 0.2) / 0.8276),
    relative: 0.3,
  },
  {
    name: 'ecRamMo',
    up: 2.8214e-4 * (1 - (0.4152 * 0.2) / 1.1714),
    down: 2.8214e-4 * (1 + (0.7342 * 0.2) / 0.8286),
    relative: 2,
  },
  { name: 'softBounds', up: 0.001 * (1 - 0.2 / 0.6), down: 0.001 * (1 + 0.2 / 0.6), relative: 0.3 },
  { name: 'softBoundsAdditive', up: 0.001 * (1 - 0.2 / 0.6), down: 0.001 * (1 + 0.2 / 0.6), fixed: 0.0003 },
  { name: 'softBoundsReference', up: 0.001 * (1 - 0.2 / 0.6), down: 0.001 * (1 + 0.2 / 0.6), relative: 0.3 },
  { name: 'softBoundsReferenceAdditive', up: 0.001 * (1 - 0.2 / 0.6), down: 0.001 * (1 + 0.2 / 0.6), fixed: 0.0003 },
  { name: 'powStep', up: 0.001 * (0.4 / 1.2), down: 0.001 * (0.8 / 1.2), relative: 0.3 },
  { name: 'piecewiseStep', up: 0.001, down: 0.001, relative: 0.3 },
  { name: 'linearStepAdditive', up: 0.001, down: 0.001, fixed: 0.0003 },
  { name: 'capacitor', up: 0.005 * (1 - 0.05 * 0.2), down: 0.005 * (1 + 0.05 * 0.2), fixed: 0.0015 },
  { name: 'gokmenVlasov', up: 0.0016, down: 0.0016, relative: 0.3 },
  { name: 'idealized', up: 0.0002, down: 0.0002, relative: 0.3 },
];

describe('cycle noise has the published mean and variance', () => {
  test.each(CYCLE_NOISE)('$name', ({ name, up, down, relative = 0, fixed = 0 }) => {
    const device = vocabularyDevice(name);
    const without = perDevice(device);
    const raised = tileAfter(device, { start: 0.2, sign: 1, without, seed: 3 }).stateOf('w');
    expectMoments(raised, 0.2 + up, fixed + relative * up);
    const lowered = tileAfter(device, { start: 0.2, sign: -1, without, seed: 4 }).stateOf('w');
    expectMoments(lowered, 0.2 - down, fixed + relative * down);
  });

  test('expStep and expStepComplexNoise', () => {
    const z = (2 * 0.244 * 0.2) / 1.2 + 0.2425;
    const rise = 0.001 * (1 - 0.00081 * Math.exp(12.44625 * z));
    const device = vocabularyDevice('expStep');
    const trial = { start: 0.2, sign: 1, without: perDevice(device), seed: 5 };
    expectMoments(tileAfter(device, trial).stateOf('w'), 0.2 + rise, 0.3 * rise);
    const complex = vocabularyDevice('expStepComplexNoise', [
      parameterClause('noiseFloor', 0.002),
      parameterClause('noiseSlope', 0.01),
    ]);
    expectMoments(tileAfter(complex, trial).stateOf('w'), 0.2 + rise, 0.3 * (rise + 0.002 + 0.01 * 0.2));
  });

  test('reRamEs, with write noise', () => {
    const device = vocabularyDevice('reRamEs');
    const kernel = tileAfter(device, { start: 0.2, sign: 1, without: perDevice(device), seed: 6 });
    const rise = 0.00135 * (1 + 1.18445 * Math.exp(5 * ((2 * -0.5 * 0.2) / 2 - 0.5)));
    expectMoments(kernel.stateOf('w'), 0.2 + rise, 5 * rise);
    expectMoments(kernel.stateOf('apparent'), 0.2 + rise, Math.hypot(5 * rise, 75 * 0.00135));
  });

  test('reRamSb, with write noise', () => {
    const device = vocabularyDevice('reRamSb');
    const kernel = tileAfter(device, { start: 0.2, sign: -1, without: perDevice(device), seed: 7 });
    const fall = 0.002 * (1 + 0.2 / 0.75);
    expectMoments(kernel.stateOf('w'), 0.2 - fall, 3.75 * 0.002);
    expectMoments(kernel.stateOf('apparent'), 0.2 - fall, Math.hypot(3.75 * 0.002, 56 * 0.002));
  });

  test('softBoundsPmax: in proportion to the step', () => {
    const device = vocabularyDevice('softBoundsPmax');
    const rise = weightAfter(device, 0.2, 1) - 0.2;
    const kernel = tileAfter(device, { start: 0.2, sign: 1, without: perDevice(device), seed: 15 });
    expectMoments(kernel.stateOf('w'), 0.2 + rise, 0.3 * rise);
  });

  test.each([
    ['neurosimReal', 0.035],
    ['neurosimNonlinearIv', 0.035],
    ['neurosimDnn', 0.003],
    ['neurosimMeasured', 0.035],
  ])('%s: of the whole range, whatever the step', (name, deviation) => {
    const device = vocabularyDevice(name);
    for (const sign of [1, -1]) {
      const kernel = tileAfter(device, { start: 0.5, sign, seed: 8 });
      expectMoments(kernel.stateOf('w'), weightAfter(device, 0.5, sign), deviation);
    }
  });

  test.each([
    ['crosssimAnalytic', 1],
    ['crosssimAnalyticProportional', 0.5 / 0.9],
    ['crosssimAnalyticInverse', 0.9 / 0.5],
  ])('%s', (name, factor) => {
    const device = vocabularyDevice(name);
    const change = (0.9 / (1 - Math.exp(-2)) + 0.1 - 0.5) * (1 - Math.exp(-0.02));
    const kernel = tileAfter(device, { start: 0.5, sign: 1, seed: 9 });
    expectMoments(kernel.stateOf('w'), 0.5 + change, 0.02 * Math.sqrt(change * 0.9) * factor);
  });

  test('crosssimTable: that of the table', () => {
    const device = vocabularyDevice('crosssimTable');
    const kernel = tileAfter(device, { start: 0.4, sign: 1, seed: 10 });
    // Quantiles of a weight of 0.4: between them, the change is evenly spread
    const quantiles = [0, 0.16, 0.5, 0.84, 1];
    const changes = [0.002, 0.009, 0.014, 0.019, 0.026];
    const pieces = quantiles.slice(1).map((end, index) => {
      const [low, high] = [changes[index]!, changes[index + 1]!];
      return {
        part: end - quantiles[index]!,
        mean: (low + high) / 2,
        square: (low * low + low * high + high * high) / 3,
      };
    });
    const mean = pieces.reduce((sum, piece) => sum + piece.part * piece.mean, 0);
    const square = pieces.reduce((sum, piece) => sum + piece.part * piece.square, 0);
    expectMoments(kernel.stateOf('w'), 0.4 + mean, Math.sqrt(square - mean ** 2));
  });
});

describe('devices differ with the published mean and variance', () => {
  test('constantStep: steps', () => {
    const device = vocabularyDevice('constantStep');
    const kernel = tileAfter(device, { start: 0, sign: 1, without: ['cycle'], seed: 11 });
    expectMoments(kernel.stateOf('w'), 0.001, 0.001 * Math.hypot(0.3, 0.01));
  });

  test('constantStep: bounds', () => {
    const device = vocabularyDevice('constantStep', [parameterClause('stepSize', 10)]);
    const trial = { start: 0, without: ['cycle', 'gain', 'imbalance'], seed: 12 };
    expectMoments(tileAfter(device, { ...trial, sign: 1 }).stateOf('w'), 0.6, 0.18);
    expectMoments(tileAfter(device, { ...trial, sign: -1 }).stateOf('w'), -0.6, 0.18);
  });

  test('linearStep: slopes, which are never negative', () => {
    const device = vocabularyDevice('linearStep', [parameterClause('stepSize', 0.5), parameterClause('upper', 5)]);
    const without = ['cycle', 'gain', 'imbalance', 'upperFactor', 'lowerFactor'];
    const kernel = tileAfter(device, { start: 1, sign: 1, without, seed: 13 });
    const slopes = kernel.stateOf('w').map((w) => (1 - (w - 1) / 0.5) * 5);
    expect(Math.min(...slopes)).toBeGreaterThan(-1e-12);
    // |N(0, 0.05)|; its fourth moment makes the variance of the variance smaller than that of a normal sample
    expectMoments(slopes, 0.05 * Math.sqrt(2 / Math.PI), 0.05 * Math.sqrt(1 - 2 / Math.PI));
  });

  test('neurosimReal: labels', () => {
    const device = vocabularyDevice('neurosimReal', [parameterClause('labelDtod', 0.5)]);
    const kernel = tileAfter(device, { start: 0, sign: 1, without: ['cycle'], seed: 14 });
    const firstStep = (label: number): number => {
      const t = curvatureOfLabel(label);
      return t === 0 ? 1 / 97 : Math.expm1(-t / 97) / Math.expm1(-t);
    };
    let [mean, square] = [0, 0];
    for (let z = -8; z <= 8; z += 1 / 512) {
      const weight = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / 512;
      mean += weight * firstStep(2.4 + 0.5 * z);
      square += weight * firstStep(2.4 + 0.5 * z) ** 2;
    }
    expectMoments(kernel.stateOf('w'), mean, Math.sqrt(square - mean ** 2));
  });
});
