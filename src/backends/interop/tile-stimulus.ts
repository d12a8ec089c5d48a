/** A stretch of a pulse program that stands for all of it: its first write pulse, and the read that follows. */
import type { LineDirection } from '../../numerics/crossbar/crossbar.js';
import { interpretProgram } from '../../ir/interpret.js';
import type { SegmentEvent } from '../../ir/events.js';
import type { DataSet, PulseProgram, ScheduledModule } from '../../ir/scheduled.js';
import { numberText } from '../../devices/expression-writer.js';

/** Lines that hold still for a time. */
interface Phase {
  readonly seconds: number;
  readonly volts: (direction: LineDirection, line: number) => number;
}

/** What the lines of a tile do over time. */
export interface TileStimulus {
  /** In words, for comments. */
  readonly summary: readonly string[];
  /** What the source of a line does, in words of SPICE. */
  readonly source: (direction: LineDirection, line: number) => string;
  /** End of the pulse, and middle of the read, where there is one [s]. */
  readonly pulseEnd: number;
  readonly readAt?: number;
  readonly seconds: number;
  /** Rows and columns of the write pulse. */
  readonly pulsed: { readonly rows: readonly number[]; readonly columns: readonly number[] };
}

/** Edges, as a part of the shortest phase. */
const EDGE = 1e-4;

/** Rest around the pulse, as a part of the nominal pulse: cells that count pulses take them in during 0.5 % of it. */
const REST = 0.01;

/** The first pulse of the first data set that writes; undefined where none does. */
export function tileStimulus({ mapped, program }: ScheduledModule): TileStimulus | undefined {
  const dataSet = program.dataSets.find(({ entries }) => entries.length > 0);
  if (!dataSet) return undefined;
  const { pulse, read } = representativeSegments(program, dataSet);
  if (!pulse) return undefined;
  const rest = Math.max(program.restClocks / program.clockHz, REST * mapped.device.pulse.seconds);
  const phaseOf = (event: SegmentEvent): Phase => segmentPhase(program, event);
  const idle: Phase = { seconds: rest, volts: phaseOf({ ...pulse, rows: [], columns: [], railSet: 0 }).volts };
  const phases = [idle, phaseOf(pulse), idle, ...(read ? [phaseOf(read), idle] : [])];
  const ends = phases.map((_, index) => phases.slice(0, index + 1).reduce((sum, { seconds }) => sum + seconds, 0));
  const [, pulseEnd = 0, readStart = 0, readEnd = 0] = ends;
  return {
    summary: summaryOf(program, dataSet.name, pulse, read),
    source: (direction, line) => sourceText(phases, ends, (phase) => phase.volts(direction, line)),
    pulseEnd: pulseEnd + rest / 2,
    ...(read && { readAt: (readStart + readEnd) / 2 }),
    seconds: ends.at(-1) ?? 0,
    pulsed: { rows: pulse.rows, columns: pulse.columns },
  };
}

/** The first pulse, and the first read of one of its rows. */
function representativeSegments(
  program: PulseProgram,
  dataSet: DataSet,
): { readonly pulse?: SegmentEvent; readonly read?: SegmentEvent } {
  let pulse: SegmentEvent | undefined;
  let segment: SegmentEvent | undefined;
  for (const event of interpretProgram(program, dataSet)) {
    if (event.kind === 'segment') {
      segment = event;
      if (event.fires) pulse ??= event;
    } else if (pulse && segment?.rows.some((row) => pulse?.rows.includes(row))) {
      return { pulse, read: segment };
    }
  }
  return pulse ? { pulse } : {};
}

function segmentPhase({ railSets, clockHz }: PulseProgram, event: SegmentEvent): Phase {
  const set = railSets[event.railSet];
  const levels = event.negative ? set?.negative : set?.positive;
  const selected = { row: new Set(event.rows), column: new Set(event.columns) };
  return {
    seconds: event.clocks / clockHz,
    volts: (direction, line) => {
      const side = levels?.[direction];
      return (selected[direction].has(line) ? side?.select.volts : side?.rest.volts) ?? 0;
    },
  };
}

/** A constant, or the corners of the waveform. */
function sourceText(phases: readonly Phase[], ends: readonly number[], voltsIn: (phase: Phase) => number): string {
  const edge = EDGE * Math.min(...phases.map(({ seconds }) => seconds));
  const volts = phases.map(voltsIn);
  const [first = 0] = volts;
  if (volts.every((each) => each === first)) return `DC ${numberText(first)}`;
  const corners = volts.slice(1).flatMap((after, index) => {
    const [time = 0, before = 0] = [ends[index], volts[index]];
    return before === after ? [] : [corner(time, before), corner(time + edge, after)];
  });
  return `PWL(${[corner(0, first), ...corners].join('  ')})`;
}

function corner(seconds: number, volts: number): string {
  return `${numberText(Number(seconds.toPrecision(12)))} ${numberText(volts)}`;
}

function summaryOf(
  program: PulseProgram,
  dataSet: string,
  pulse: SegmentEvent,
  read: SegmentEvent | undefined,
): readonly string[] {
  const [rows, columns] = [pulse.rows, pulse.columns].map((lines) => lines.join(', '));
  const length = numberText(Number((pulse.clocks / program.clockHz).toPrecision(6)));
  return [
    `The first write pulse of data set ${dataSet}: row ${rows ?? ''}, column ${columns ?? ''}, ${length} s`,
    read ? `and the read of row ${read.rows.join(', ')} that follows.` : 'The program reads nothing back.',
  ];
}
