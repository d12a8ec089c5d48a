/** The law of amplitudes and widths, and the device that comes of it. */
import { describe, expect, it } from 'vitest';
import { deviceResiduals } from '../../../src/devices/fit/device-residuals.js';
import { fittedDeviceText } from '../../../src/devices/fit/device-text.js';
import { fitMeasurement, type MeasurementFit } from '../../../src/devices/fit/fit-measurement.js';
import type { Measurement, MeasuredPulse } from '../../../src/devices/fit/measurement.js';
import { curvatureOfSteps } from '../../../src/devices/fit/curvature-of-steps.js';
import { curvatureOfLabel, labelOfCurvature } from '../../../src/numerics/nonlinearity-label.js';
import { keyOfSeed, normalAt } from '../../../src/numerics/normal.js';
import { compileDevice } from '../../support/device-text.js';
import { synthesize } from '../../support/fit-data.js';

/** Pulses of three amplitudes and three widths, four times, with noise that is a fraction of the step. */
function fieldMeasurement(exponent: number, noise: number, seed = 3): Measurement {
  let siemens = 1e-7;
  let event = 0;
  const start = siemens;
  const pulses: MeasuredPulse[] = [];
  for (let round = 0; round < 4; round++) {
    for (const volts of [2, 2.5, 3]) {
      for (const seconds of [1e-3, 3e-3, 10e-3]) {
        for (const direction of [1, -1] as const) {
          const step = (direction > 0 ? 2e-9 : 1.8e-9) * (Math.sinh(volts / 0.6) / Math.sinh(3 / 0.6));
          const cycle = normalAt({ key: keyOfSeed(seed), stream: 0, event: event++, along: 'rows' }, 0, 0);
          siemens += direction * step * (seconds / 1e-3) ** exponent * (1 + noise * cycle);
          pulses.push({ direction, count: 1, volts, seconds, siemens });
        }
      }
    }
  }
  const readings = [start, ...pulses.map((pulse) => pulse.siemens)];
  return {
    kind: 'field',
    series: [{ device: '', cycle: '', start, pulses }],
    low: Math.min(...readings),
    high: Math.max(...readings),
    reference: { volts: 3, seconds: 1e-3 },
    maxVolts: 3,
  };
}

function fitOf(measurement: Measurement, names: readonly string[] = []): MeasurementFit {
  const fit = fitMeasurement(measurement, names);
  if (fit.kind !== 'fit') throw new Error(fit.kind);
  return fit;
}

describe('a fit of amplitudes and widths', () => {
  it.each([
    [1, 'field'],
    [0.7, 'field-power'],
  ])('finds the field, exponent of the width %d', (exponent, name) => {
    const { best, measurement } = fitOf(fieldMeasurement(exponent, 0.05));
    const range = measurement.high - measurement.low;
    expect(best.law.name).toBe(name);
    [2e-9 / range, 1.8e-9 / range, 0.6, exponent].slice(0, best.values.length).forEach((truth, index) => {
      expect(Math.abs(best.values[index]! - truth)).toBeLessThan(3 * best.errors[index]!);
    });
    expect(best.pulseDeviation).toBeGreaterThan(0.035);
    expect(best.pulseDeviation).toBeLessThan(0.065);
  });

  it('has standard errors that cover the truth, 100 seeds', () => {
    const scores = Array.from({ length: 100 }, (_, seed) => {
      const { best } = fitOf(fieldMeasurement(0.7, 0.05, seed), ['field-power']);
      return [(best.values[2]! - 0.6) / best.errors[2]!, (best.values[3]! - 0.7) / best.errors[3]!];
    }).flat();
    const covered = (limit: number) => scores.filter((score) => Math.abs(score) <= limit).length / scores.length;
    expect(covered(1)).toBeGreaterThan(0.58);
    expect(covered(2)).toBeGreaterThan(0.9);
  });

  it('wants amplitudes and widths that differ', () => {
    const measurement = fieldMeasurement(1, 0);
    const same = (change: Partial<MeasuredPulse>): Measurement => ({
      ...measurement,
      series: measurement.series.map((series) => ({
        ...series,
        pulses: series.pulses.map((pulse) => ({ ...pulse, ...change })),
      })),
    });
    expect(fitMeasurement(same({ volts: 3 }), [])).toEqual({ kind: 'single', quantity: 'amplitude' });
    expect(fitMeasurement(same({ seconds: 1e-3 }), [])).toEqual({ kind: 'single', quantity: 'width' });
  });
});

describe('the device of a fit', () => {
  const naming = { name: 'cell', table: 'made "up".csv', pulse: {} };
  const trains = synthesize({
    step: (x, { direction }) => (direction > 0 ? 0.05 * (1.1 - x) : -0.06 * (x + 0.1)),
    levels: 40,
    trains: 4,
    pulseNoise: 0.003,
    readNoise: 0,
    seed: 5,
    gains: [1, 0.9, 1.1],
  });

  it.each(['linear', 'neurosim', 'soft-bounds', 'power'])('foretells readings as its law %s does', (name) => {
    const fit = fitOf(trains, [name]);
    const device = compileDevice(fittedDeviceText(fit, naming));
    expectSameResiduals(device, fit);
  });

  it.each(['field', 'field-power'])('foretells readings as its law %s does', (name) => {
    const fit = fitOf(fieldMeasurement(name === 'field' ? 1 : 0.7, 0.05), [name]);
    const device = compileDevice(fittedDeviceText(fit, naming));
    expectSameResiduals(device, fit);
  });

  it('carries pulses that were given, and says which are assumed', () => {
    const fit = fitOf(trains, ['linear']);
    const given = fittedDeviceText(fit, { ...naming, pulse: { volts: 3.2, seconds: 3e-4 }, readVolts: 0.5 });
    expect(given).toContain('pulse 3.2 V for 300 us source "given with');
    expect(given).toContain('read 500 mV source "given with');
    expect(given).toContain('maximum voltage 3.2 V');
    expect(fittedDeviceText(fit, naming)).toContain(
      `pulse 1 V for 1 ms source "amplitude and width not in made 'up'.csv, assumed" confidence estimate`,
    );
  });

  it('has a spread of devices where it is known, and says where it is not', () => {
    expect(fittedDeviceText(fitOf(trains), naming)).toMatch(
      /spread gain ~ normal\(1, \d[\d.]* %\) per device source "3 devices/,
    );
    const one = fittedDeviceText(fitOf({ ...trains, series: trains.series.slice(0, 1) }), naming);
    expect(one).toContain('spread gain ~ normal(1, 0 %) per device source "unknown:');
  });
});

/** The device, clipping at the measured ends apart, is the law: reading by reading from the reading before. */
function expectSameResiduals(
  device: ReturnType<typeof compileDevice>,
  { best, measurement, facts }: MeasurementFit,
): void {
  const { low, high, reference } = measurement;
  const step = best.law.bind(best.values, facts);
  const errors = measurement.series.flatMap(({ start, pulses }) =>
    pulses.map(({ direction, volts = 1, seconds = 1e-3, siemens }, index) => {
      const before = ((index === 0 ? start : pulses[index - 1]!.siemens) - low) / (high - low);
      const after = before + step(before, { direction, volts, width: seconds / (reference.seconds ?? 1e-3) });
      return siemens - low - (high - low) * Math.min(1, Math.max(0, after));
    }),
  );
  const rms = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
  const found = deviceResiduals(device, measurement)!;
  expect(found.rms / rms).toBeCloseTo(1, 4);
  expect(found.max / Math.max(...errors.map(Math.abs))).toBeCloseTo(1, 4);
}

describe('nonlinearity labels', () => {
  // A / P by label, of NeuroSim's table
  it.each([
    [0.01, 126.27],
    [0.5, 2.5199],
    [1, 1.25165],
    [2, 0.609035],
    [3, 0.38683],
    [5, 0.192406],
    [7, 0.090139],
    [9, 0.02281],
  ])('label %d has A/P = %d', (label, norm) => {
    expect(labelOfCurvature(1 / norm)).toBeCloseTo(label, 2);
    expect(labelOfCurvature(-1 / norm)).toBeCloseTo(-label, 2);
  });

  it('are 0 for a straight train, without a step where the formula changes', () => {
    expect(labelOfCurvature(0)).toBe(0);
    // Its first term is a straight line, its series ends at a curvature of 0.5
    expect(labelOfCurvature(1e-6) / (1e-6 / 8 / 0.07 / Math.SQRT2)).toBeCloseTo(1, 10);
    expect(labelOfCurvature(0.5 * (1 + 1e-12)) / labelOfCurvature(0.5 * (1 - 1e-12))).toBeCloseTo(1, 10);
    for (const label of [-9.5, -2, 0.01, 1.7, 6]) {
      expect(labelOfCurvature(curvatureOfLabel(label)) / label).toBeCloseTo(1, 12);
    }
    expect(curvatureOfSteps(2, 2)).toBe(0);
    expect(curvatureOfSteps(2, -1)).toBeUndefined();
  });
});
