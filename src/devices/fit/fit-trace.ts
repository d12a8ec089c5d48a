/** A fit beside its data, reading by reading, as plots show it. */
import type { MeasurementFit } from './fit-measurement.js';
import { createInnovations, predictAll, stepWeights, transitionCount } from './innovations.js';

/** Readings in the order of the table; all [S]. */
export interface FitTrace {
  readonly readings: Float64Array;
  /** What the law without noise makes of the first reading of each series. */
  readonly fitted: Float64Array;
  /** Reading minus prediction from the readings before; NaN for the first of a series. */
  readonly residuals: Float64Array;
  /** Indices at which series begin. */
  readonly starts: readonly number[];
}

/** The trace of the chosen law. */
export function traceFit({ best, series, facts, measurement: { low, high } }: MeasurementFit): FitTrace {
  const step = best.law.bind(best.values, facts);
  const out = createInnovations(transitionCount(series));
  const weights = best.law.noise === 'relative' ? stepWeights(step, series).weights : undefined;
  predictAll(step, series, { pulseShare: best.pulseShare, ...(weights && { weights }) }, out);
  const readings: number[] = [];
  const fitted: number[] = [];
  const residuals: number[] = [];
  const starts: number[] = [];
  let transition = 0;
  for (const { start, pulses, gain } of series) {
    starts.push(readings.length);
    readings.push(start);
    fitted.push(start);
    residuals.push(NaN);
    let x = start;
    for (const pulse of pulses) {
      // As in the device, which stops at the measured ends
      for (let count = 0; count < pulse.count; count++) x = Math.min(1, Math.max(0, x + gain * step(x, pulse)));
      readings.push(pulse.x);
      fitted.push(x);
      residuals.push(out.errors[transition++] ?? NaN);
    }
  }
  const siemens = (values: readonly number[], offset = low) =>
    Float64Array.from(values, (value) => offset + value * (high - low));
  return { readings: siemens(readings), fitted: siemens(fitted), residuals: siemens(residuals, 0), starts };
}
