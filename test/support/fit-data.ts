/** Measurements made up from known laws, for tests of fits. */
import type { MeasuredPulse, Measurement } from '../../src/devices/fit/measurement.js';
import type { StepFunction } from '../../src/devices/fit/step-law.js';
import { keyOfSeed, normalAt } from '../../src/numerics/normal.js';

/** How a measurement is made; conductances count from 0 to 1 over `range`. */
export interface Synthesis {
  readonly step: StepFunction;
  /** Pulses of each train, up and down in turn. */
  readonly levels: number;
  readonly trains: number;
  /** Standard deviations by pulse and by reading. */
  readonly pulseNoise: number;
  readonly readNoise: number;
  readonly seed: number;
  /** Factors of all steps, one device each. */
  readonly gains?: readonly number[];
}

/** The conductance at 0 and the range [S]. */
export const LOW = 2e-6;
export const RANGE = 8e-6;

/** A measurement of trains in which everything but the noise is known. */
export function synthesize({ step, levels, trains, pulseNoise, readNoise, seed, gains = [1] }: Synthesis): Measurement {
  const series = gains.map((gain, device) => {
    let event = 0;
    const normal = (stream: number) =>
      normalAt({ key: keyOfSeed(seed), stream, event: event++, along: 'rows' }, device, 0);
    let x = 0;
    const read = () => LOW + RANGE * (x + readNoise * normal(1));
    const start = read();
    const pulses: MeasuredPulse[] = [];
    for (let train = 0; train < trains; train++) {
      const direction = train % 2 === 0 ? 1 : -1;
      for (let pulse = 0; pulse < levels; pulse++) {
        x += gain * step(x, { direction, volts: 1, width: 1 }) + pulseNoise * normal(0);
        pulses.push({ direction, count: 1, siemens: read() });
      }
    }
    return { device: String(device), cycle: '', start, pulses };
  });
  const readings = series.flatMap(({ start, pulses }) => [start, ...pulses.map(({ siemens }) => siemens)]);
  return { kind: 'train', series, low: Math.min(...readings), high: Math.max(...readings), reference: {} };
}

/** How pulses of different amplitudes and widths are made up; standard deviations of pulses are fractions of the step. */
export interface FieldSynthesis {
  readonly exponent: number;
  readonly pulseNoise: number;
  /** [S] */
  readonly readNoise?: number;
  readonly seed?: number;
  /** Readings, the first one included. */
  readonly rows?: number;
}

/** Pulses of three amplitudes and three widths in turn; V0 is 0.6 V. */
export function fieldMeasurement(synthesis: FieldSynthesis): Measurement {
  const { exponent, pulseNoise, readNoise = 0, seed = 3, rows = 73 } = synthesis;
  const normal = (stream: number, event: number) =>
    normalAt({ key: keyOfSeed(seed), stream, event, along: 'rows' }, 0, 0);
  const [amplitudes, widths] = [
    [2, 2.5, 3],
    [1e-3, 3e-3, 10e-3],
  ];
  let siemens = 1e-7;
  const start = siemens + readNoise * normal(1, 0);
  const pulses = Array.from({ length: rows - 1 }, (_, index): MeasuredPulse => {
    const direction = index % 2 === 0 ? 1 : -1;
    const volts = amplitudes?.[Math.floor(index / 6) % 3] ?? NaN;
    const seconds = widths?.[Math.floor(index / 2) % 3] ?? NaN;
    const step = (direction > 0 ? 2e-9 : 1.8e-9) * (Math.sinh(volts / 0.6) / Math.sinh(3 / 0.6));
    siemens += direction * step * (seconds / 1e-3) ** exponent * (1 + pulseNoise * normal(0, index));
    return { direction, count: 1, volts, seconds, siemens: siemens + readNoise * normal(1, index + 1) };
  });
  const readings = [start, ...pulses.map((pulse) => pulse.siemens)];
  const [low, high] = [Math.min(...readings), Math.max(...readings)];
  const series = [{ device: '', cycle: '', start, pulses }];
  return { kind: 'field', series, low, high, reference: { volts: 3, seconds: 1e-3 }, maxVolts: 3 };
}
