/** Pulses of single cells, written row by row: all cells of a row at once, and each goes off when its width is over. */
import type { LinePulse } from './update-method.js';

/**
 * `seconds` (rows x `columns`; negative down, 0 for none) as pulses of lines: for each row and polarity as many as it
 * has different widths, one behind the other without a rest, so that a cell sees a single pulse.
 */
export function rowPulses(seconds: Float64Array, columns: number): readonly LinePulse[] {
  const pulses: LinePulse[] = [];
  for (let start = 0; start < seconds.length; start += columns) {
    const widths = seconds.subarray(start, start + columns);
    for (const sign of [1, -1]) pulses.push(...contiguous(start / columns, widths, sign));
  }
  return pulses;
}

function contiguous(row: number, widths: Float64Array, sign: number): readonly LinePulse[] {
  const ends = [...new Set(widths)].filter((width) => sign * width > 0).sort((a, b) => Math.abs(a) - Math.abs(b));
  return ends.map((end, index): LinePulse => {
    const columns: number[] = [];
    widths.forEach((width, column) => {
      if (sign * width >= sign * end) columns.push(column);
    });
    const seconds = Math.abs(end - (ends[index - 1] ?? 0));
    return { rows: [row], columns, isDown: sign < 0, seconds, goesOn: index < ends.length - 1 };
  });
}
