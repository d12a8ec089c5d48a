/** What a controller's clocks are promised to be, each measured at the pins of a whole controller. */
import { abortClocks } from './abort-clocks.js';
import { clocksPerSegment, dwellError, warpedDwellError } from './segment-clocks.js';
import { tickClocks } from './tick-clocks.js';
import { verifyLoopClocks } from './verify-loop-clocks.js';

/** A promise and what was found. */
export interface ClockGoal {
  readonly what: string;
  /** Clocks. */
  readonly measured: number;
  /** Absent where nothing is promised. */
  readonly goal?: number;
  /** Whether less is as good. */
  readonly isMost: boolean;
}

/** Whether `goal` is kept. */
export function holds({ measured, goal, isMost }: ClockGoal): boolean {
  if (goal === undefined) return true;
  return isMost ? measured <= goal : measured === goal;
}

/** Every dwell up to 64 clocks, and those around powers of two below `most`. */
function dwells(most: number): readonly number[] {
  const short = Array.from({ length: 64 }, (_, index) => index + 1);
  const long = Array.from({ length: 40 }, (_, index) => 2 ** (7 + index)).flatMap((clocks) => [
    clocks - 1,
    clocks,
    clocks + 1,
  ]);
  return [...short, ...long.filter((clocks) => clocks < most), most];
}

/** Segments: how long the shortest are, and whether each lasts what it should; up to `longest` clocks one by one. */
export async function measureSegments(longest: number): Promise<readonly ClockGoal[]> {
  const goal = (what: string, measured: number, of: number): ClockGoal => ({ what, measured, goal: of, isMost: false });
  const evaluated = dwells(longest);
  const skipped = dwells(TEN_SECONDS);
  return [
    goal('clocks of a segment of one clock, one row after the other', await clocksPerSegment('lines'), 1),
    goal('clocks of a segment of one clock, planes of 64 + 64 lines', await clocksPerSegment('planes'), 1),
    goal(
      `error of dwells of 1 to ${longest.toLocaleString('en-US')} clocks, every clock evaluated`,
      await dwellError(evaluated, [...evaluated].reverse()),
      0,
    ),
    goal('error of dwells of 1 to 1e9 clocks, with time warp', await warpedDwellError(skipped, skipped), 0),
  ];
}

/** At 100 MHz [clocks]. */
const TEN_SECONDS = 1e9;

/** Ticks of spike timing: S segments of G words. */
export async function measureTicks(): Promise<readonly ClockGoal[]> {
  const shapes = [
    { lines: 16, segments: 3 },
    { lines: 64, segments: 4 },
    { lines: 130, segments: 4 },
  ];
  const goals: ClockGoal[] = [];
  for (const { lines, segments: count } of shapes) {
    const { segments, words, shortest, latency } = await tickClocks(lines, count);
    const title = `STDP, S = ${String(segments)}, G = ${String(words)}`;
    const goal = segments * words + 5;
    goals.push({ what: `${title}: shortest tick`, measured: shortest, goal, isMost: true });
    goals.push({ what: `${title}: from a tick to its last segment`, measured: latency, goal, isMost: true });
  }
  return goals;
}

/** The loop that writes and verifies; converters answer once a turn, or twice. */
export async function measureVerifyLoop(): Promise<readonly ClockGoal[]> {
  const goals: ClockGoal[] = [];
  for (const title of ['Write and verify', 'Verify by comparison']) {
    const [one, two] = [await verifyLoopClocks(title, 1), await verifyLoopClocks(title, 2)];
    const [goal, open] = [{ goal: 6, isMost: true }, { isMost: true }];
    goals.push(
      { what: `${title}: read and pulses, over those and the converter`, measured: one.pulsed, ...goal },
      { what: `${title}: read that passes, on to the next row, over the converter`, measured: one.passed, ...open },
      { what: `${title}: more for another conversion of the read`, measured: two.pulsed - one.pulsed, ...open },
    );
  }
  return goals;
}

/** The host's abort. */
export async function measureAbort(): Promise<readonly ClockGoal[]> {
  const { longest, stops } = await abortClocks();
  const what = `abort to REST, in each of ${String(stops)} clocks of a run with all blocks`;
  return [{ what, measured: longest, goal: 2, isMost: true }];
}
