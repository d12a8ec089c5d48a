/** Widths and memory sizes of the controller that runs a pulse program. */
import { invariant } from '../core/invariant.js';
import { bitsFor, ceilLog2, indexBits, powerOfTwoFor } from './bit-width.js';
import type { ControllerLimits, ControllerSizes, MemoryWindow, MemoryWindows } from './legal.js';
import { minSegmentClocks, planeLanes } from './plane-load.js';
import type { ProgramFacts } from './program-facts.js';
import type { PulseProgram } from './scheduled.js';

/** Longest dwell and on-time that the hardware counts: the width of its observation ports. */
export const MAX_TIMER_BITS = 48;

/** Bus words of a window of 256 KiB, and of the program's of 64 KiB. */
const WINDOW_WORDS = 65_536;
const PROGRAM_WINDOW_WORDS = 16_384;

const PROGRAM_BASE = 0x1_0000;
const WORK_BASE = 0x4_0000;
const PLANE_BASE = 0x8_0000;
const RESULT_BASE = 0xc_0000;

const MIN_PROGRAM_DEPTH = 16;

/** What the sizes follow from. */
export interface SizedProgram {
  readonly program: PulseProgram;
  readonly facts: ProgramFacts;
  readonly limits: ControllerLimits;
  /** Program words, both stops included. */
  readonly wordCount: number;
}

/** Sizes of everything but the memories. */
export function controllerSizes({ program, facts, limits, wordCount }: SizedProgram): ControllerSizes {
  const { rows, columns, scan } = program;
  const columnBits = indexBits(columns);
  const entryColumnBits = facts.usesPlanes ? Math.max(columnBits, indexBits(workDepth(program, facts))) : columnBits;
  const rowBits = indexBits(rows);
  const planeWords = facts.usesPlanes ? minSegmentClocks(columns) : 0;
  const dwellBits = Math.max(bitsFor(facts.maxClocks), program.magnitudeBits + program.tickExponent);
  invariant(dwellBits <= MAX_TIMER_BITS, `a dwell of ${facts.maxClocks} clocks exceeds the timer`);
  invariant(facts.minClocks >= planeWords, 'no segment is shorter than loading a plane');
  return {
    rows,
    columns,
    rowBits,
    columnBits,
    entryColumnBits,
    railBits: Math.max(2, indexBits(program.railSets.length)),
    addressBits: indexBits(powerOfTwoFor(Math.max(wordCount, MIN_PROGRAM_DEPTH))),
    counterBits: Math.max(indexBits(facts.maxCount), rowBits, entryColumnBits),
    entryBits: indexBits(workDepth(program, facts)),
    magnitudeBits: program.magnitudeBits,
    tickExponent: program.tickExponent,
    dwellBits,
    onTimeBits: bitsFor(limits.onTimeClocks),
    scanBits: bitsFor(Math.max(scan.settleClocks, limits.answerClocks)),
    muxBits: indexBits(scan.shares),
    planeLanes: planeLanes(columns),
    planeWords,
    planeGroupBits: ceilLog2(planeWords),
  };
}

/**
 * Room for one pulse a cell where the window has it, so that one chip takes any picture. In row order an entry has
 * a plane of its own, so there are as many planes.
 */
function workDepth({ rows, columns }: PulseProgram, { hasEntryLoop, maxEntries }: ProgramFacts): number {
  if (!hasEntryLoop) return 2;
  const whole = powerOfTwoFor(rows * columns);
  return Math.max(powerOfTwoFor(maxEntries), whole <= WINDOW_WORDS / 2 ? whole : 2);
}

/** Addresses and shapes of the memories; `resultSteps` is the most that a run stores. */
export function memoryWindows(
  sizes: ControllerSizes,
  widths: { readonly op: number; readonly entry: number },
  scan: PulseProgram['scan'],
  resultSteps: number,
): MemoryWindows {
  const planeDepth = sizes.planeWords === 0 ? 0 : 2 ** (sizes.entryColumnBits + sizes.planeGroupBits);
  return {
    program: hostWindow(PROGRAM_BASE, 2 ** sizes.addressBits, widths.op),
    work: hostWindow(WORK_BASE, 2 ** sizes.entryBits, widths.entry),
    plane: hostWindow(PLANE_BASE, planeDepth, sizes.planeLanes),
    result: {
      base: RESULT_BASE,
      depth: powerOfTwoFor(resultSteps),
      width: scan.converters * scan.bits,
      lanes: scan.converters,
      laneStride: 2 ** ceilLog2(scan.converters),
    },
  };
}

/** A memory that needs more bus words than its window has. */
export interface WindowFault {
  readonly memory: keyof MemoryWindows;
  readonly words: number;
  readonly limit: number;
}

/** The first memory that does not fit its window. */
export function windowFault(windows: MemoryWindows): WindowFault | undefined {
  const memories = ['program', 'work', 'plane', 'result'] as const;
  const faults = memories.map((memory) => ({
    memory,
    words: busWords(windows[memory]),
    limit: memory === 'program' ? PROGRAM_WINDOW_WORDS : WINDOW_WORDS,
  }));
  return faults.find(({ words, limit }) => words > limit);
}

function hostWindow(base: number, depth: number, width: number): MemoryWindow {
  const lanes = depth === 0 ? 0 : Math.ceil(width / 32);
  return { base, depth, width, lanes, laneStride: lanes === 0 ? 0 : 2 ** ceilLog2(lanes) };
}

/** Addressable bus words of a window. */
export function busWords(window: MemoryWindow): number {
  return window.depth * window.laneStride;
}
