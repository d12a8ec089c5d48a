/** Widths and memory sizes of the controller that runs a pulse program. */
import { invariant } from '../core/invariant.js';
import type { CounterUse, LoopPlan } from './allocate-loops.js';
import { bitsFor, ceilLog2, indexBits, powerOfTwoFor } from './bit-width.js';
import { blockWindows } from './blocks/block-windows.js';
import type { ControllerBlocks } from './blocks/controller-blocks.js';
import type { ControllerLimits, ControllerSizes, MemoryWindow, MemoryWindows } from './legal.js';
import { MIN_DWELL_BITS, SET_BITS } from './microcode.js';
import { minSegmentClocks, planeLanes } from './plane-load.js';
import { WINDOWS } from './window-map.js';
import type { ProgramFacts, SideFacts } from './program-facts.js';
import type { PulseProgram } from './scheduled.js';

/** Longest dwell and on-time that the hardware counts: the width of its observation ports. */
export const MAX_TIMER_BITS = 48;

const MIN_PROGRAM_DEPTH = 16;

/** What the sizes follow from. */
export interface SizedProgram {
  readonly program: PulseProgram;
  readonly facts: ProgramFacts;
  readonly limits: ControllerLimits;
  readonly plan: LoopPlan;
  /** Program words. */
  readonly wordCount: number;
}

/** Sizes of everything but the memories. */
export function controllerSizes({ program, facts, limits, plan, wordCount }: SizedProgram): ControllerSizes {
  const { rows, columns, scan } = program;
  const entries = workDepth(program, facts);
  const [row, column] = [sideSizes(rows, facts.row, entries), sideSizes(columns, facts.column, entries)];
  const { counters } = plan;
  const hasSet = [...plan.places.values()].some(({ isSet }) => isSet);
  const entryRowBits = Math.max(indexBits(rows), facts.row.usesEntryPlanes ? row.bits : 0);
  const entryColumnBits = Math.max(indexBits(columns), facts.column.usesEntryPlanes ? column.bits : 0);
  // A counter names lines, planes and entries.
  const counterBits = Math.max(
    indexBits(facts.maxCount),
    ...[entryRowBits, entryColumnBits, row.bits, column.bits],
    facts.hasEntryLoop ? indexBits(entries) : 1,
  );
  const dwellBits = Math.max(
    bitsFor(facts.maxClocks),
    program.magnitudeBits + program.tickExponent,
    hasSet ? SET_BITS.value.lsb + counterBits : 0,
    MIN_DWELL_BITS,
  );
  invariant(dwellBits <= MAX_TIMER_BITS, `a dwell of ${facts.maxClocks} clocks exceeds the timer`);
  return {
    rows,
    columns,
    rowBits: indexBits(rows),
    columnBits: indexBits(columns),
    entryRowBits,
    entryColumnBits,
    levelBits: facts.levelBits,
    railBits: Math.max(2, indexBits(program.railSets.length)),
    addressBits: indexBits(powerOfTwoFor(Math.max(wordCount, MIN_PROGRAM_DEPTH))),
    counterBits,
    entryLoops: countersWhere(counters, (use) => use === 'entries'),
    countedLoops: countersWhere(counters, (use) => typeof use === 'number'),
    entryBits: indexBits(entries),
    magnitudeBits: program.magnitudeBits,
    tickExponent: program.tickExponent,
    dwellBits,
    onTimeBits: bitsFor(limits.onTimeClocks),
    scanBits: bitsFor(Math.max(scan.settleClocks, limits.answerClocks)),
    muxBits: indexBits(scan.shares),
    rowPlaneBits: row.bits,
    columnPlaneBits: column.bits,
    rowPlaneLanes: planeLanes(rows),
    rowPlaneWords: row.words,
    rowPlaneGroupBits: ceilLog2(row.words),
    columnPlaneLanes: planeLanes(columns),
    columnPlaneWords: column.words,
    columnPlaneGroupBits: ceilLog2(column.words),
    hasRandom: facts.row.usesRandom || facts.column.usesRandom,
    hasSpikes: facts.row.usesSpikes || facts.column.usesSpikes,
    hasMarks: facts.row.usesMarks || facts.column.usesMarks,
    conditions: facts.conditions,
    units: facts.units,
    hasSet,
    tiles: program.tiles,
  };
}

function countersWhere(counters: readonly CounterUse[], is: (use: CounterUse) => boolean): number {
  return counters.reduce<number>((mask, use, counter) => mask | (is(use) ? 1 << counter : 0), 0);
}

/** Bits of a plane number and words of a plane. */
function sideSizes(
  lines: number,
  facts: SideFacts,
  entries: number,
): { readonly bits: number; readonly words: number } {
  const words = facts.usesMemory || facts.usesSpikes ? minSegmentClocks(lines) : 0;
  const planeBits = facts.usesMemory ? indexBits(planeDepth(lines, facts, entries)) : 0;
  return { bits: Math.max(planeBits, facts.otherBits), words };
}

/** In row order an entry has a plane of its own: as many planes as entries where the window has room for them. */
function planeDepth(lines: number, { planeCount, usesEntryPlanes }: SideFacts, entries: number): number {
  const wordLanes = 2 ** ceilLog2(Math.ceil(planeLanes(lines) / 32));
  const fits = entries * 2 ** ceilLog2(minSegmentClocks(lines)) * wordLanes <= WINDOWS.columnPlane.words;
  return powerOfTwoFor(usesEntryPlanes && fits ? Math.max(planeCount, entries) : planeCount);
}

/** Room for one pulse a cell where the window has it, so that one chip takes any picture. */
function workDepth({ rows, columns }: PulseProgram, { hasEntryLoop, maxEntries }: ProgramFacts): number {
  if (!hasEntryLoop && maxEntries === 0) return 2;
  const whole = powerOfTwoFor(rows * columns);
  return Math.max(powerOfTwoFor(maxEntries), whole <= WINDOWS.work.words / 2 ? whole : 2);
}

/** What the memories follow from; `resultSteps` is the most that a run stores. */
export interface MemoryInputs {
  readonly sizes: ControllerSizes;
  readonly facts: ProgramFacts;
  readonly widths: { readonly op: number; readonly entry: number };
  readonly scan: PulseProgram['scan'];
  readonly resultSteps: number;
  readonly blocks: ControllerBlocks;
}

/** Addresses and shapes of the memories. */
export function memoryWindows({ sizes, facts, widths, scan, resultSteps, blocks }: MemoryInputs): MemoryWindows {
  const rowDepth = facts.row.usesMemory ? 2 ** (sizes.rowPlaneBits + sizes.rowPlaneGroupBits) : 0;
  const columnDepth = facts.column.usesMemory ? 2 ** (sizes.columnPlaneBits + sizes.columnPlaneGroupBits) : 0;
  const converters = sizes.tiles * scan.converters;
  return {
    program: hostWindow('program', 2 ** sizes.addressBits, widths.op),
    target: hostWindow('target', 0, 0),
    work: hostWindow('work', 2 ** sizes.entryBits, widths.entry),
    columnPlane: hostWindow('columnPlane', columnDepth, sizes.columnPlaneLanes),
    rowPlane: hostWindow('rowPlane', rowDepth, sizes.rowPlaneLanes),
    result: {
      base: WINDOWS.result.base,
      depth: powerOfTwoFor(resultSteps),
      width: converters * scan.bits,
      lanes: converters,
      laneStride: 2 ** ceilLog2(converters),
    },
    accumulator: hostWindow('accumulator', 0, 0),
    transfer: hostWindow('transfer', 0, 0),
    update: hostWindow('update', 0, 0),
    wear: hostWindow('wear', 0, 0),
    rail: hostWindow('rail', 0, 0),
    ...blockWindows(blocks, sizes, scan),
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
  // Keys of a constant table are the names of its type.
  const memories = Object.keys(WINDOWS) as (keyof MemoryWindows)[];
  const faults = memories.map((memory) => ({
    memory,
    words: busWords(windows[memory]),
    limit: WINDOWS[memory].words,
  }));
  return faults.find(({ words, limit }) => words > limit);
}

/** The window of a memory of `depth` words of `width` bits; empty with depth 0. */
export function hostWindow(memory: keyof MemoryWindows, depth: number, width: number): MemoryWindow {
  const { base } = WINDOWS[memory];
  if (depth === 0) return { base, depth, width: 0, lanes: 0, laneStride: 0 };
  const lanes = Math.ceil(width / 32);
  return { base, depth, width, lanes, laneStride: 2 ** ceilLog2(lanes) };
}

/** Addressable bus words of a window. */
export function busWords(window: MemoryWindow): number {
  return window.depth * window.laneStride;
}
