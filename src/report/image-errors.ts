/** Errors of a written image, in per cent of the conductance window. */
import type { ImageResult } from '../ir/results.js';

export interface Window {
  readonly low: number;
  readonly high: number;
}

export interface ErrorSummary {
  /** Per cell, row-major [% of the window]. */
  readonly errors: readonly number[];
  readonly rms: number;
  /** Error of largest size and where it is. */
  readonly worst: number;
  readonly worstRow: number;
  readonly worstColumn: number;
}

/** Errors of `siemens` (conductances or what was read back) against the image's targets. */
export function summarizeErrors(image: ImageResult, siemens: readonly number[], window: Window): ErrorSummary {
  const span = window.high - window.low;
  const errors = siemens.map((value, cell) => ((value - (image.targets[cell] ?? value)) / span) * 100);
  let squares = 0;
  let worstCell = 0;
  errors.forEach((error, cell) => {
    squares += error ** 2;
    if (Math.abs(error) > Math.abs(errors[worstCell] ?? 0)) worstCell = cell;
  });
  return {
    errors,
    rms: errors.length === 0 ? 0 : Math.sqrt(squares / errors.length),
    worst: errors[worstCell] ?? 0,
    worstRow: Math.floor(worstCell / image.columns),
    worstColumn: worstCell % image.columns,
  };
}

/** Smallest of 1, 2, 5 times a power of ten that holds all sizes; 1 when all are zero. */
export function roundLimit(errors: readonly number[]): number {
  const largest = errors.reduce((most, error) => Math.max(most, Math.abs(error)), 0);
  if (largest === 0) return 1;
  const decade = 10 ** Math.floor(Math.log10(largest));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * decade >= largest) ?? 10;
  return factor * decade;
}
