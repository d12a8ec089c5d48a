/**
 * Timing diagrams of a part of a run: what every signal is at some clocks, to be drawn as text, for WaveDrom or as a
 * picture. Long stretches in which nothing changes can be left out.
 */
import type { ControllerEvent, SegmentEvent } from '../../ir/events.js';
import type { PulseProgram } from '../../ir/scheduled.js';
import type { Diagram, DiagramColumn, DiagramRow, Note } from '../../ir/timing-diagram.js';

/** A run as it is drawn. */
export interface Trace {
  readonly program: Pick<PulseProgram, 'rows' | 'columns' | 'tiles'>;
  readonly events: readonly ControllerEvent[];
  /** What is written below the signals: conditions that were used up, commands, places in the source. */
  readonly notes: readonly Note[];
}

export interface DiagramWindow {
  readonly from: number;
  readonly clocks: number;
  /** Clocks that are drawn of a stretch in which nothing changes; all where absent. */
  readonly quietClocks?: number;
}

/** The signals of `trace` in a window; what its controller does not have is left out. */
export function timingDiagram(trace: Trace, window: DiagramWindow): Diagram {
  const columns = columnsOf(trace.events, window);
  let before: SegmentEvent | undefined;
  // Nothing changes in what is left out
  const segments = columns.map((column) => {
    if (column.kind === 'clock') before = segmentAt(trace.events, column.clock);
    return before;
  });
  const { rows, columns: lines, tiles } = trace.program;
  const hasLevels = trace.events.some((event) => event.kind === 'segment' && event.levels);
  const paint = (
    name: string,
    kind: DiagramRow['kind'],
    glyph: DiagramRow['glyph'],
    value: (segment: SegmentEvent) => string,
  ): DiagramRow => ({ name, kind, glyph, values: segments.map((segment) => segment && value(segment)) });
  const line = (side: 'rows' | 'columns', name: 'row' | 'column', index: number): DiagramRow => ({
    ...paint(`${name} ${String(index)}`, hasLevels ? 'code' : 'bit', hasLevels ? dotted : drivenOrRest, (segment) =>
      levelOf(segment, side, index, hasLevels),
    ),
    line: { side: name, index },
  });
  return {
    columns,
    rows: [
      ...Array.from({ length: rows }, (_, index) => line('rows', 'row', index)),
      ...Array.from({ length: lines }, (_, index) => line('columns', 'column', index)),
      ...(tiles > 1 ? [paint('tiles', 'code', dotted, ({ tiles: taking }) => String(taking))] : []),
      paint('rail', 'code', dotted, ({ railSet }) => String(railSet)),
      paint('polarity', 'code', dotted, ({ fires, negative }) => (fires ? (negative ? '-' : '+') : '')),
      paint(
        'fire',
        'bit',
        (value) => (value === '1' ? '~' : '_'),
        ({ fires }) => (fires ? '1' : '0'),
      ),
      ...converterRows(trace.events, columns),
    ],
    notes: trace.notes,
  };
}

const drivenOrRest = (value: string): string => (value === '1' ? '#' : '.');
const dotted = (value: string): string => (value === '' ? '.' : value);

function columnsOf(events: readonly ControllerEvent[], window: DiagramWindow): readonly DiagramColumn[] {
  const { from, clocks, quietClocks = Infinity } = window;
  const end = from + clocks;
  // Something happens at every event, and one clock after a strobe
  const marks = events.flatMap((event) => (event.kind === 'sample' ? [event.clock, event.clock + 1] : [event.clock]));
  const times = [...new Set([from, ...marks.filter((clock) => clock > from && clock < end), end])];
  times.sort((one, other) => one - other);
  return times.slice(0, -1).flatMap((first, index) => {
    const count = (times[index + 1] ?? first) - first;
    const shown = Math.min(count, quietClocks);
    const drawn = Array.from({ length: shown }, (_, at): DiagramColumn => ({ kind: 'clock', clock: first + at }));
    return count > shown ? [...drawn, { kind: 'gap' } as const] : drawn;
  });
}

/** The last event leaves the lines at REST for good; one clock shows it. */
function segmentAt(events: readonly ControllerEvent[], clock: number): SegmentEvent | undefined {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((events[middle]?.clock ?? NaN) <= clock) low = middle + 1;
    else high = middle;
  }
  for (let index = low - 1; index >= 0; index--) {
    const event = events[index];
    if (event?.kind === 'segment') return clock < event.clock + Math.max(1, event.clocks) ? event : undefined;
  }
  return undefined;
}

function levelOf(segment: SegmentEvent, side: 'rows' | 'columns', line: number, hasLevels: boolean): string {
  const at = segment[side].indexOf(line);
  if (!hasLevels) return at < 0 ? '0' : '1';
  return at < 0 ? '' : String(segment.levels?.[side][at] ?? 1);
}

/** Strobes of the converters, and the column of each converter that they take. */
function converterRows(events: readonly ControllerEvent[], columns: readonly DiagramColumn[]): readonly DiagramRow[] {
  const shares = new Map(events.flatMap((event) => (event.kind === 'sample' ? [[event.clock, event.share]] : [])));
  if (shares.size === 0) return [];
  const shareAt = (column: DiagramColumn): number | undefined =>
    column.kind === 'clock' ? shares.get(column.clock) : undefined;
  return [
    {
      name: 'convert',
      kind: 'bit',
      glyph: (value) => (value === '1' ? '|' : ' '),
      values: columns.map((column) => (shareAt(column) === undefined ? '0' : '1')),
    },
    {
      name: 'share',
      kind: 'code',
      glyph: (value) => (value === '' ? ' ' : value),
      values: columns.map((column) => String(shareAt(column) ?? '')),
    },
  ];
}
