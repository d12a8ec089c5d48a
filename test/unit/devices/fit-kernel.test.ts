/** The kernel of a fitted device gives the readings that its law foretells, and varies as it was measured to. */
import { describe, expect, it } from 'vitest';
import { compileKernel } from '../../../src/devices/compile-kernel.js';
import { deviceResiduals } from '../../../src/devices/fit/device-residuals.js';
import { fittedDeviceText } from '../../../src/devices/fit/device-text.js';
import { fitMeasurement } from '../../../src/devices/fit/fit-measurement.js';
import { compileDevice } from '../../support/device-text.js';
import { synthesize } from '../../support/fit-data.js';

const measurement = synthesize({
  step: (x, { direction }) => (direction > 0 ? 0.05 * (1.1 - x) : -0.06 * (x + 0.1)),
  levels: 40,
  trains: 4,
  pulseNoise: 0.003,
  readNoise: 0,
  seed: 5,
});
const fit = fitMeasurement(measurement, ['soft-bounds']);
if (fit.kind !== 'fit') throw new Error(fit.kind);
const device = compileDevice(fittedDeviceText(fit, { name: 'cell', table: 'made up', pulse: {} }));
const window = { low: measurement.low, high: measurement.high };

const pulse = (kernel: ReturnType<typeof compileKernel>, volts: number) =>
  kernel.pulse({ rows: [0], columns: [0], both: volts, rowOnly: 0, columnOnly: 0, neither: 0 }, 1e-3);

describe('the kernel of a fitted device', () => {
  it('misses the readings by as much as was recorded', () => {
    const without = device.spreads.map(({ name }) => name);
    const kernel = compileKernel(device, { rows: 1, columns: 1, window, seed: 1, without });
    const [series] = measurement.series;
    let before = series!.start;
    const errors = series!.pulses.map(({ direction, siemens }) => {
      kernel.conductance[0] = before;
      pulse(kernel, direction);
      before = siemens;
      return siemens - kernel.conductance[0];
    });
    const rms = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
    expect(rms / deviceResiduals(device, measurement)!.rms).toBeCloseTo(1, 9);
  });

  it('varies from pulse to pulse as the measurement does', () => {
    const kernel = compileKernel(device, { rows: 1, columns: 1, window, seed: 1, without: [] });
    const middle = (measurement.low + measurement.high) / 2;
    const steps = Array.from({ length: 2000 }, () => {
      kernel.conductance[0] = middle;
      pulse(kernel, 1);
      return kernel.conductance[0] - middle;
    });
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
    const deviation = Math.sqrt(steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / (steps.length - 1));
    const measured = fit.best.pulseDeviation * (measurement.high - measurement.low);
    expect(Math.abs(deviation / measured - 1)).toBeLessThan(0.06);
  });
});
