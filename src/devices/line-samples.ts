/** Superposed waveforms on a tile: what every cell sees of the lines that cross in it. */
import { invariant } from '../core/invariant.js';
import type { LineWaveform, TileWaveforms } from './kernel.js';

/** Waveforms by line, ready to be subtracted. */
export interface LineSamples {
  readonly rows: readonly Float64Array[];
  readonly columns: readonly Float64Array[];
  /** Whether a line is driven at all. */
  readonly isRowDriven: readonly boolean[];
  readonly isColumnDriven: readonly boolean[];
  readonly sampleCount: number;
  readonly sampleSeconds: number;
}

/** The samples of all lines of a tile; 0 V where nothing is given. */
export function lineSamples(waveforms: TileWaveforms, rows: number, columns: number): LineSamples {
  const { sampleSeconds } = waveforms;
  const sampleCount = (waveforms.rows[0] ?? waveforms.columns[0])?.samples.length ?? 0;
  const still = new Float64Array(sampleCount);
  const rowSamples = byLine(waveforms.rows, rows, still);
  const columnSamples = byLine(waveforms.columns, columns, still);
  return {
    rows: rowSamples,
    columns: columnSamples,
    isRowDriven: rowSamples.map((samples) => samples !== still),
    isColumnDriven: columnSamples.map((samples) => samples !== still),
    sampleCount,
    sampleSeconds,
  };
}

function byLine(waveforms: readonly LineWaveform[], count: number, still: Float64Array): readonly Float64Array[] {
  const lines = Array.from({ length: count }, () => still);
  for (const { line, samples } of waveforms) {
    invariant(line >= 0 && line < count, `line ${String(line)} is one of ${String(count)}`);
    invariant(samples.length === still.length, 'the waveforms of a playback have the same number of samples');
    lines[line] = samples;
  }
  return lines;
}

/** Time that the samples last [s]. */
export function playbackSeconds({ sampleCount, sampleSeconds }: LineSamples, interpolation: 'hold' | 'linear'): number {
  return Math.max(0, interpolation === 'hold' ? sampleCount : sampleCount - 1) * sampleSeconds;
}
