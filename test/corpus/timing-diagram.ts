/** Timing diagrams of text: one character is one clock, one line a signal. */
import { invariant } from '../../src/core/invariant.js';
import type { ControllerEvent, SegmentEvent } from '../../src/ir/events.js';
import type { PulseProgram } from '../../src/ir/scheduled.js';
import type { Note } from './surroundings.js';

/** A run as it is drawn. */
export interface Trace {
  readonly program: Pick<PulseProgram, 'rows' | 'columns' | 'tiles'>;
  readonly events: readonly ControllerEvent[];
  /** Conditions that were used up and commands. */
  readonly notes: readonly Note[];
}

export interface DiagramWindow {
  readonly from: number;
  readonly clocks: number;
}

type Paint = (segment: SegmentEvent) => string;

/** Clocks between two numbers of the scale. */
const SCALE = 10;

/** The signals of `trace` in a window; what the run never moves is left out. */
export function timingDiagram(trace: Trace, window: DiagramWindow): string {
  const segments = trace.events.filter((event) => event.kind === 'segment');
  const { rows, columns, tiles } = trace.program;
  const wave = (name: string, paint: Paint): readonly [string, string] => [name, drawWave(segments, window, paint)];
  const lines = [
    ['clock', scaleOf(window)] as const,
    ...Array.from({ length: rows }, (_, row) =>
      wave(`row ${String(row)}`, (segment) => lineMark(segment, 'rows', row)),
    ),
    ...Array.from({ length: columns }, (_, column) =>
      wave(`column ${String(column)}`, (segment) => lineMark(segment, 'columns', column)),
    ),
    ...(tiles > 1 ? [wave('tiles', (segment) => digit(segment.tiles))] : []),
    wave('rail', ({ railSet }) => digit(railSet)),
    wave('polarity', ({ fires, negative }) => (fires ? (negative ? '-' : '+') : '.')),
    wave('fire', ({ fires }) => (fires ? '~' : '_')),
    ...converterLines(trace.events, window),
    ...noteLines(trace.notes, window),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, text]) => `${name.padEnd(width)}  ${text}`.trimEnd()).join('\n');
}

function scaleOf({ from, clocks }: DiagramWindow): string {
  const marks = Array.from({ length: Math.ceil(clocks / SCALE) }, (_, index) => String(from + index * SCALE));
  return marks
    .map((mark) => mark.padEnd(SCALE))
    .join('')
    .slice(0, clocks)
    .trimEnd();
}

function drawWave(segments: readonly SegmentEvent[], { from, clocks }: DiagramWindow, paint: Paint): string {
  const text = Array.from({ length: clocks }, () => ' ');
  for (const segment of segments) {
    // The last event leaves the lines at REST for good; one clock shows it
    const last = segment.clock + Math.max(1, segment.clocks);
    for (let clock = Math.max(from, segment.clock); clock < Math.min(from + clocks, last); clock++) {
      text[clock - from] = paint(segment);
    }
  }
  return text.join('');
}

function lineMark(segment: SegmentEvent, side: 'rows' | 'columns', line: number): string {
  const at = segment[side].indexOf(line);
  if (at < 0) return '.';
  const level = segment.levels?.[side][at];
  return level === undefined ? '#' : digit(level);
}

function digit(value: number | undefined): string {
  invariant(value !== undefined && value >= 0 && value <= 9, 'a diagram shows codes of one digit');
  return String(value);
}

/** Strobes of the converters, and the column of each converter that they take. */
function converterLines(
  events: readonly ControllerEvent[],
  { from, clocks }: DiagramWindow,
): readonly (readonly [string, string])[] {
  const samples = events.filter((event) => event.kind === 'sample');
  if (samples.length === 0) return [];
  const [strobes, shares] = [' ', ' '].map((blank) => Array.from({ length: clocks }, () => blank));
  for (const { clock, share } of samples) {
    if (clock < from || clock >= from + clocks) continue;
    strobes![clock - from] = '|';
    shares![clock - from] = digit(share);
  }
  return [
    ['convert', strobes!.join('')],
    ['share', shares!.join('')],
  ];
}

/** Waits and commands, each with a mark at its clock and its name behind it; as many lines as they need. */
function noteLines(notes: readonly Note[], { from, clocks }: DiagramWindow): readonly (readonly [string, string])[] {
  const lines: string[] = [];
  for (const { clock, text } of notes) {
    const at = clock - from;
    if (at < 0 || at + text.length + 1 > clocks) continue;
    const free = lines.findIndex((line) => line.length <= at);
    const index = free < 0 ? lines.length : free;
    lines[index] = `${(lines[index] ?? '').padEnd(at)}|${text} `;
  }
  return lines.map((line, index) => [index === 0 ? 'program' : '', line] as const);
}
