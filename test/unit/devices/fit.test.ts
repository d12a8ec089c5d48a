/** Laws are found again in measurements made from them, and standard errors are as large as errors. */
import { describe, expect, it } from 'vitest';
import { fitLaw } from '../../../src/devices/fit/fit-law.js';
import { fitMeasurement, STEP_LAWS, type MeasurementFit } from '../../../src/devices/fit/fit-measurement.js';
import { LAW_NAMES } from '../../../src/devices/fit/law-names.js';
import type { Measurement } from '../../../src/devices/fit/measurement.js';
import type { StepFunction } from '../../../src/devices/fit/step-law.js';
import { LOW, RANGE, synthesize, type Synthesis } from '../../support/fit-data.js';

const PLAIN = { levels: 60, trains: 4, pulseNoise: 0.004, readNoise: 0, seed: 1 } as const;

/** Rises from 0 towards 1.05, falls towards -0.03. */
const saturating: StepFunction = (x, { direction }) => (direction > 0 ? 0.03 * (1.05 - x) : -0.04 * (x + 0.03));

function fitOf(synthesis: Synthesis, names: readonly string[] = []): MeasurementFit {
  const fit = fitMeasurement(synthesize(synthesis), names);
  if (fit.kind !== 'fit') throw new Error(fit.kind);
  return fit;
}

/** Steps [S] that a soft-bounds fit must find at the ends of the measured range, in its order. */
function trueSteps({ low, high }: Measurement): readonly number[] {
  const at = (siemens: number, direction: 1 | -1) =>
    RANGE * Math.abs(saturating((siemens - LOW) / RANGE, { direction, volts: 1, width: 1 }));
  const signed = RANGE * 0.04 * ((low - LOW) / RANGE + 0.03);
  const atHigh = RANGE * 0.03 * (1.05 - (high - LOW) / RANGE);
  return [at(low, 1), atHigh, at(high, -1), signed];
}

/** Errors of the fitted steps in units of their standard errors. */
function scores(fit: MeasurementFit): readonly number[] {
  const { measurement, best, facts } = fit;
  const range = measurement.high - measurement.low;
  const found = best.law.describe({ values: [...best.values], errors: best.errors, range, facts });
  return trueSteps(measurement).map((step, index) => (found[index]!.value - step) / found[index]!.error!);
}

describe('a fit of trains', () => {
  it('finds the steps of a saturating device within three standard errors, and its noise', () => {
    const fit = fitOf({ ...PLAIN, step: saturating, pulseNoise: 0.003, readNoise: 0.004, trains: 12 });
    expect(fit.best.law.name).toBe('soft-bounds');
    for (const score of scores(fit)) expect(Math.abs(score)).toBeLessThan(3);
    const range = fit.measurement.high - fit.measurement.low;
    expect((fit.best.pulseDeviation * range) / RANGE / 0.003).toBeCloseTo(1, 0);
    expect((fit.best.readDeviation * range) / RANGE / 0.004).toBeCloseTo(1, 0);
    expect(Math.abs(fit.best.residuals.runsScore)).toBeLessThan(3);
    expect(Math.abs(fit.best.residuals.lag1)).toBeLessThan(0.1);
  });

  it.each([
    ['pulses', 0.004, 0, 2],
    ['readings', 0, 0.004, 2],
    ['both', 0.003, 0.003, 4],
  ])('has standard errors that cover the truth, noise of %s, 200 seeds', (_, pulseNoise, readNoise, trains) => {
    const all = Array.from({ length: 200 }, (_, seed) =>
      scores(fitOf({ ...PLAIN, step: saturating, pulseNoise, readNoise, seed, trains }, ['soft-bounds'])),
    ).flat();
    const covered = (limit: number) => all.filter((score) => Math.abs(score) <= limit).length / all.length;
    // 68.3 % and 95.4 % of a normal distribution; 800 correlated scores leave some per cent of chance
    expect(covered(1)).toBeGreaterThan(0.62);
    expect(covered(1)).toBeLessThan(0.75);
    expect(covered(2)).toBeGreaterThan(0.925);
    expect(covered(3)).toBeGreaterThan(0.985);
  });

  it('prefers the simplest law that explains the data', () => {
    const linear: StepFunction = (_, { direction }) => direction * 0.015;
    expect(fitOf({ ...PLAIN, step: linear }).best.law.name).toBe('linear');
    const power: StepFunction = (x, { direction }) =>
      direction * 0.06 * Math.max(0, direction > 0 ? 1.1 - x : x + 0.1) ** 3;
    const fit = fitOf({ ...PLAIN, step: power, pulseNoise: 0.001, trains: 12 });
    expect(fit.best.law.name).toBe('power');
    const [, , exponentUp = NaN, exponentDown = NaN] = fit.best.values;
    expect(Math.abs(exponentUp - 3)).toBeLessThan(3 * fit.best.errors[2]!);
    expect(Math.abs(exponentDown - 3)).toBeLessThan(3 * fit.best.errors[3]!);
  });

  it('finds the curvature of an exponential between the measured ends', () => {
    // G(p) = (1 - exp(-p/A)) / (1 - exp(-P/A)) with P/A = 3 up and 1.5 down, so that both ends are reached exactly
    const branch = (c: number) => (distance: number) => -Math.expm1(-c / 60) * (-1 / Math.expm1(-c) - distance);
    const [up, down] = [branch(3), branch(1.5)];
    const step: StepFunction = (x, { direction }) => (direction > 0 ? up(x) : -down(1 - x));
    const { best } = fitOf({ ...PLAIN, step, pulseNoise: 1e-5 }, ['neurosim']);
    expect(best.values[0]).toBeCloseTo(3, 2);
    expect(best.values[1]).toBeCloseTo(1.5, 2);
  });

  it('tells how far devices differ from three devices on', () => {
    const gains = [0.9, 1.1, 1, 1.05, 0.95];
    const fit = fitOf({ ...PLAIN, step: saturating, gains });
    if (fit.gains.kind !== 'known') throw new Error('five devices suffice');
    gains.forEach((gain, device) => {
      expect((fit.gains.kind === 'known' && fit.gains.byDevice.get(String(device))) || 0).toBeCloseTo(gain, 1);
    });
    // The sample deviation of these five factors is 0.079
    expect(fit.gains.deviation).toBeGreaterThan(0.06);
    expect(fit.gains.deviation).toBeLessThan(0.1);
    expect(fitOf({ ...PLAIN, step: saturating, gains: [0.9, 1.1] }).gains).toEqual({ kind: 'unknown', devices: 2 });
  });

  it('does not take noise for differences between devices', () => {
    const fit = fitOf({ ...PLAIN, step: saturating, gains: [1, 1, 1, 1, 1, 1] });
    expect(fit.gains.kind === 'known' && fit.gains.deviation).toBeLessThan(0.02);
  });

  it('steps over pulses that were not read', () => {
    const full = synthesize({ ...PLAIN, step: saturating, pulseNoise: 0.001, trains: 8 });
    const series = full.series.map(({ pulses, ...rest }) => ({
      ...rest,
      pulses: pulses.filter((_, index) => index % 5 === 4).map((pulse) => ({ ...pulse, count: 5 })),
    }));
    const [all, few] = [full, { ...full, series }].map((measurement) => fitMeasurement(measurement, ['soft-bounds']));
    if (all?.kind !== 'fit' || few?.kind !== 'fit') throw new Error('both are fitted');
    few.best.values.forEach((value, index) => {
      expect(Math.abs(value - all.best.values[index]!)).toBeLessThan(4 * few.best.errors[index]!);
    });
    expect(few.best.pulseDeviation / all.best.pulseDeviation).toBeCloseTo(1, 0);
  });

  it('says how far it is: every law once, twice where devices differ', () => {
    const heard = (gains?: readonly number[]): readonly string[] => {
      const said: string[] = [];
      const measurement = synthesize({ ...PLAIN, step: saturating, ...(gains && { gains }) });
      fitMeasurement(measurement, ['linear', 'soft-bounds'], (done, total) => said.push(`${done} of ${total}`));
      return said;
    };
    expect(heard()).toEqual(['1 of 2', '2 of 2']);
    expect(heard([0.8, 1, 1.2])).toEqual(['1 of 4', '2 of 4', '3 of 4', '4 of 4']);
  });

  it('is the same at every run', () => {
    const [left, right] = [1, 2].map(() => fitOf({ ...PLAIN, step: saturating }).best.values);
    expect(left).toEqual(right);
  });
});

describe('a measurement without a fit', () => {
  const measurement = synthesize({ ...PLAIN, step: saturating });

  it('says what it lacks', () => {
    const onlyUp = measurement.series.map((series) => ({ ...series, pulses: series.pulses.slice(0, 60) }));
    expect(fitMeasurement({ ...measurement, series: onlyUp }, [])).toMatchObject({ kind: 'too-few', direction: -1 });
    expect(fitMeasurement({ ...measurement, low: 1e-6, high: 1e-6 }, [])).toEqual({ kind: 'constant', siemens: 1e-6 });
    expect(fitMeasurement(measurement, ['field'])).toMatchObject({ kind: 'wrong-table', law: 'field' });
  });

  it('says where up goes down', () => {
    const flipped = measurement.series.map(({ pulses, ...series }) => ({
      ...series,
      pulses: pulses.map((pulse) => ({ ...pulse, direction: pulse.direction > 0 ? (-1 as const) : (1 as const) })),
    }));
    expect(fitMeasurement({ ...measurement, series: flipped }, [])).toMatchObject({ kind: 'polarity', direction: 1 });
  });
});

describe('laws', () => {
  it('are those of the command line', () => {
    expect(STEP_LAWS.map(({ name }) => name)).toEqual(LAW_NAMES);
  });

  it('are finite, or without a fit, where nothing moves', () => {
    const { series, facts } = fitOf({ ...PLAIN, step: saturating });
    const law = STEP_LAWS.find(({ name }) => name === 'power')!;
    const flat = series.map((each) => ({ ...each, pulses: each.pulses.map((pulse) => ({ ...pulse, x: each.start })) }));
    const fit = fitLaw(law, { series: flat, facts });
    expect(fit?.values.every(Number.isFinite) ?? true).toBe(true);
  });
});
