/** The law of amplitudes and widths, and the device that comes of it. */
import { describe, expect, it } from 'vitest';
import { deviceResiduals } from '../../../src/devices/fit/device-residuals.js';
import { fittedDeviceText } from '../../../src/devices/fit/device-text.js';
import { fitMeasurement, type MeasurementFit } from '../../../src/devices/fit/fit-measurement.js';
import { lawResiduals } from '../../../src/devices/fit/law-residuals.js';
import type { Measurement, MeasuredPulse } from '../../../src/devices/fit/measurement.js';
import { curvatureOfSteps } from '../../../src/devices/fit/curvature-of-steps.js';
import { curvatureOfLabel, labelOfCurvature } from '../../../src/numerics/nonlinearity-label.js';
import { compileDevice } from '../../support/device-text.js';
import { fieldMeasurement, synthesize } from '../../support/fit-data.js';

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
    const { best, measurement } = fitOf(fieldMeasurement({ exponent, pulseNoise: 0.05 }));
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
      const { best } = fitOf(fieldMeasurement({ exponent: 0.7, pulseNoise: 0.05, seed }), ['field-power']);
      return [(best.values[2]! - 0.6) / best.errors[2]!, (best.values[3]! - 0.7) / best.errors[3]!];
    }).flat();
    const covered = (limit: number) => scores.filter((score) => Math.abs(score) <= limit).length / scores.length;
    expect(covered(1)).toBeGreaterThan(0.58);
    expect(covered(2)).toBeGreaterThan(0.9);
  });

  it.each([
    [1, 'field'],
    [0.7, 'field-power'],
  ])('tells the noise of pulses from that of readings, exponent of the width %d, 20 seeds', (exponent, name) => {
    const found = Array.from({ length: 20 }, (_, seed) => {
      const measurement = fieldMeasurement({ exponent, pulseNoise: 0.02, readNoise: 1e-11, seed, rows: 97 });
      const { best } = fitOf(measurement, [name]);
      return { pulse: best.pulseDeviation, read: best.readDeviation * (measurement.high - measurement.low) };
    });
    const middle = (values: readonly number[]) => [...values].sort((left, right) => left - right)[10]!;
    expect(Math.abs(middle(found.map(({ pulse }) => pulse)) / 0.02 - 1)).toBeLessThan(0.1);
    expect(Math.abs(middle(found.map(({ read }) => read)) / 1e-11 - 1)).toBeLessThan(0.2);
    for (const { pulse, read } of found) {
      expect(Math.abs(pulse / 0.02 - 1)).toBeLessThan(0.3);
      // Few of 97 rows have steps so small that readings matter beside them
      expect(Math.abs(Math.log(read / 1e-11))).toBeLessThan(Math.log(2.5));
    }
  });

  it('wants amplitudes and widths that differ', () => {
    const measurement = fieldMeasurement({ exponent: 1, pulseNoise: 0 });
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
    const fit = fitOf(fieldMeasurement({ exponent: name === 'field' ? 1 : 0.7, pulseNoise: 0.05 }), [name]);
    const device = compileDevice(fittedDeviceText(fit, naming));
    expectSameResiduals(device, fit);
  });

  it.each([2, 0.5, 1e6])(
    'misses the readings where it is given a pulse %d times as wide as that of the fit',
    (factor) => {
      const fit = fitOf(fieldMeasurement({ exponent: 1, pulseNoise: 0.05 }), ['field']);
      const expected = lawResiduals(fit);
      const residuals = (pulse: object) =>
        deviceResiduals(compileDevice(fittedDeviceText(fit, { ...naming, pulse })), fit.measurement)!.rms;
      expect(residuals({})).toBeCloseTo(expected.rms, 12);
      const off = Math.abs(residuals({ seconds: 1e-3 * factor }) - expected.rms);
      expect(off).toBeGreaterThan(0.1 * (expected.rms + expected.change));
    },
  );

  it('is straight, not 0/0, where the data are', () => {
    const step = (_: number, { direction }: { readonly direction: 1 | -1 }) => direction * 0.025;
    const fit = fitOf(synthesize({ step, levels: 40, trains: 4, pulseNoise: 0, readNoise: 0, seed: 1 }), ['neurosim']);
    const device = compileDevice(fittedDeviceText(fit, naming));
    expect(deviceResiduals(device, fit.measurement)!.rms).toBeLessThan(1e-4 * lawResiduals(fit).change);
  });

  it('takes the energy of the conductance half-way through the pulse', () => {
    expect(fittedDeviceText(fitOf(trains), naming)).toContain('energy = v ^ 2 * (g + change.g / 2) * duration ');
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
