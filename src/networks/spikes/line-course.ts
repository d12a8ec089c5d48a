/**
 * What the pulse program of superposed waveforms does to the lines, without running it: every step of a staircase is a
 * change of one line at a known clock, so only moments in which something changes cost anything. The program and its
 * interpreter stay the meaning; a test holds the two against each other.
 */
import type { LineState } from '../../ir/analog-array.js';
import { tickSegments, type WaveformStep } from '../../ir/modes/stdp.js';
import { minSegmentClocks } from '../../ir/plane-load.js';
import type { LineSpike } from '../../ir/scheduled.js';
import type { SuperpositionPlan } from '../../ir/realize/superposition/plan.js';
import { waveformSet } from '../../ir/realize/superposition/program.js';

/** Takes lines as of a commit, and lets clocks pass: what an AnalogArray does. */
export interface LineListener {
  begin(lines: LineState): void;
  end(clocks: number): void;
}

interface Change {
  /** From the first segment of the first tick. */
  readonly clock: number;
  readonly side: 'row' | 'column';
  readonly lines: readonly number[];
  readonly level: number;
}

/** Plays the waveforms of `spikes` for `ticks` ticks; clocks count as in a run of the program. */
export function playSpikes(
  plan: SuperpositionPlan,
  spikes: readonly LineSpike[],
  ticks: number,
  listener: LineListener,
): void {
  const { array, tickClocks, rowSteps, columnSteps, firstSegment } = plan;
  const segmentClocks = minSegmentClocks(Math.max(array.rows, array.columns));
  const segments = tickSegments({ rowWaveform: rowSteps, columnWaveform: columnSteps, firstSegment });
  // The last tick is over when its last segment has been on the lines for a clock
  const end = (ticks - 1) * tickClocks + (segments - 1) * segmentClocks + 1;
  const changes = [...volleys(spikes)]
    .flatMap((volley) => {
      const steps = volley.side === 'row' ? rowSteps : columnSteps;
      return changesOf(volley, steps, { tickClocks, segmentClocks, first: firstSegment[volley.side] });
    })
    .filter(({ clock }) => clock < end)
    .sort((one, other) => one.clock - other.clock);
  const levels = { row: new Uint8Array(array.rows), column: new Uint8Array(array.columns) };
  const railSet = waveformSet(plan);
  const commit = (fires: boolean): void => {
    const [rows, columns] = [drivenOf(levels.row), drivenOf(levels.column)];
    const codes = {
      rows: rows.map((line) => levels.row[line] ?? 0),
      columns: columns.map((at) => levels.column[at] ?? 0),
    };
    listener.begin({ rows, columns, levels: codes, railSet: fires ? railSet : 0, negative: false, fires });
  };
  let clock = 0;
  commit(true);
  for (let at = 0; at < changes.length;) {
    const next = changes[at]?.clock ?? end;
    listener.end(next - clock);
    clock = next;
    for (; changes[at]?.clock === next; at++) {
      const { side, lines, level } = changes[at] ?? { side: 'row', lines: [], level: 0 };
      for (const line of lines) levels[side][line] = level;
    }
    commit(true);
  }
  listener.end(end - clock);
  levels.row.fill(0);
  levels.column.fill(0);
  commit(false);
}

/** Lines of one side that spike in the same tick. */
interface Volley {
  readonly tick: number;
  readonly side: 'row' | 'column';
  readonly lines: number[];
}

function volleys(spikes: readonly LineSpike[]): Iterable<Volley> {
  const found = new Map<string, Volley>();
  for (const { tick, side, line } of spikes) {
    const key = `${side} ${tick}`;
    const volley = found.get(key) ?? { tick, side, lines: [] };
    found.set(key, volley);
    volley.lines.push(line);
  }
  return found.values();
}

function changesOf(
  { tick, side, lines }: Volley,
  steps: readonly WaveformStep[],
  timing: { readonly tickClocks: number; readonly segmentClocks: number; readonly first: number },
): readonly Change[] {
  return steps.map(({ age, level }, step) => ({
    clock: (tick + age - 1) * timing.tickClocks + (timing.first + step) * timing.segmentClocks,
    ...{ side, lines, level },
  }));
}

function drivenOf(levels: Uint8Array): readonly number[] {
  const driven: number[] = [];
  for (let line = 0; line < levels.length; line++) if (levels[line] !== 0) driven.push(line);
  return driven;
}
