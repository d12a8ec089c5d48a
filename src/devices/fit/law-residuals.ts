/** How well a law foretells each reading from the one before, as the device that is written from it must. */
import type { MeasurementFit } from './fit-measurement.js';
import type { DeviceResiduals } from './device-residuals.js';

/** Residuals of a law, and what they are without any law. */
export interface LawResiduals extends Pick<DeviceResiduals, 'rms'> {
  /** Root mean square of the changes from reading to reading [S]. */
  readonly change: number;
}

/** Residuals of the chosen law without noise, for the mean device, between the measured ends [S]. */
export function lawResiduals({ best, series, facts, measurement: { low, high } }: MeasurementFit): LawResiduals {
  const step = best.law.bind(best.values, facts);
  let [squares, changes, count] = [0, 0, 0];
  for (const { start, pulses } of series) {
    let before = start;
    for (const pulse of pulses) {
      let x = before;
      for (let each = 0; each < pulse.count; each++) x = Math.min(1, Math.max(0, x + step(x, pulse)));
      squares += (pulse.x - x) ** 2;
      changes += (pulse.x - before) ** 2;
      count++;
      before = pulse.x;
    }
  }
  const scale = (sum: number) => Math.sqrt(sum / count) * (high - low);
  return { rms: scale(squares), change: scale(changes) };
}
