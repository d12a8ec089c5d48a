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
