/**
 * Open-loop inversion of the device: pulse widths that bring every changed cell to its target although
 * all other pulses disturb it. The device is only asked, through its kernel, never solved by formula.
 */
import type { TileKernel } from '../../devices/kernel.js';
import { AnalogArray } from '../analog-array.js';
import type { SegmentEvent } from '../events.js';
import { interpretProgram } from '../interpret.js';
import type { WriteOrder } from '../network.js';
import type { DataSet, PulseProgram } from '../scheduled.js';
import { workList, type WorkList } from './work-list.js';

/** Errors shrink by the half-select ratio times the disturbing pulses; 60 corrections are enough up to a factor of 0.75. */
const MAX_CORRECTIONS = 60;

/** Stop when no cell is further from its target than this fraction of the window. */
const TOLERANCE = 1e-6;

/** What stays the same for all images of an experiment. */
export interface FitContext {
  /** The tile as far as it is known; its conductances are scratch space. */
  readonly tile: TileKernel;
  /** The writing part of the program, work-list magnitudes in clocks. */
  readonly program: PulseProgram;
  readonly order: WriteOrder;
  readonly windowSiemens: number;
  /** Width of a probing pulse [clocks]. */
  readonly probeClocks: number;
}

/** One picture to write over the conductances before it (rows x columns) [S]. */
export interface FitGoal {
  readonly from: Float64Array;
  readonly targets: Float64Array;
  readonly changed: readonly number[];
}

export type FitResult =
  | {
      readonly kind: 'fitted';
      /** Signed widths (rows x columns) [clocks], not yet whole. */
      readonly widths: Float64Array;
      /** Conductance change per clock of each changed cell, in the order of `changed` [S]. */
      readonly rates: readonly number[];
    }
  | { readonly kind: 'unreachable'; readonly cell: number; readonly reached: number };

/** Widths for `goal`, found by probing each cell once and correcting for what all pulses do together. */
export function fitWidths(context: FitContext, goal: FitGoal): FitResult {
  const rates = goal.changed.map((cell) => probeRate(context, goal, cell));
  const stuck = rates.findIndex((rate) => !(rate > 0));
  const widths = new Float64Array(goal.targets.length);
  if (stuck >= 0)
    return { kind: 'unreachable', cell: goal.changed[stuck] ?? 0, reached: goal.from[goal.changed[stuck] ?? 0] ?? NaN };
  const moves = new Float64Array(goal.targets.length);
  let slopes: readonly number[] = rates;
  let errorBefore = Infinity;
  let result = goal.from;
  for (let round = 0; round < MAX_CORRECTIONS; round++) {
    goal.changed.forEach((cell, index) => {
      const missing = (goal.targets[cell] ?? NaN) - (result[cell] ?? NaN);
      widths[cell] = (widths[cell] ?? 0) + missing / (slopes[index] ?? NaN);
    });
    result = conductancesAfter(context, goal.from, widths, moves);
    const { error } = worstCell(goal, result);
    if (error <= TOLERANCE * context.windowSiemens) return { kind: 'fitted', widths, rates };
    // Behind wires a pulse moves its cell by less than the probe did, which came before all other pulses
    if (error > errorBefore / 2) slopes = slopesOf(goal, rates, widths, moves);
    errorBefore = error;
  }
  const { cell } = worstCell(goal, result);
  return { kind: 'unreachable', cell, reached: result[cell] ?? NaN };
}

/** What a clock of its own pulse moves each changed cell, among all the others; the probed rate where it has no pulse. */
function slopesOf(
  { changed }: FitGoal,
  rates: readonly number[],
  widths: Float64Array,
  moves: Float64Array,
): readonly number[] {
  return changed.map((cell, index) => {
    const slope = (moves[cell] ?? NaN) / (widths[cell] ?? NaN);
    return slope > 0 ? slope : (rates[index] ?? NaN);
  });
}

/**
 * Conductances after pulses of `widths` [clocks] from `from`; a view that the next call overwrites.
 * @param moves  receives what each cell was moved by its own pulses (rows x columns) [S]
 */
export function conductancesAfter(
  context: FitContext,
  from: Float64Array,
  widths: Float64Array,
  moves = new Float64Array(from.length),
): Float64Array {
  const { tile, program, order } = context;
  tile.conductance.set(from);
  moves.fill(0);
  const array = new AnalogArray(tile, program);
  for (const event of interpretProgram(program, scratchDataSet(workList(order, widths, program.columns)))) {
    if (event.kind !== 'segment') continue;
    const selected = event.fires ? selectedCells(event, program.columns) : [];
    for (const cell of selected) moves[cell] = (moves[cell] ?? NaN) - (tile.conductance[cell] ?? NaN);
    array.apply(event);
    for (const cell of selected) moves[cell] = (moves[cell] ?? NaN) + (tile.conductance[cell] ?? NaN);
  }
  return tile.conductance;
}

function selectedCells({ rows, columns }: SegmentEvent, width: number): readonly number[] {
  return rows.flatMap((row) => columns.map((column) => row * width + column));
}

/** Conductance change per clock of one cell, pulsed alone towards its target [S]. */
function probeRate(context: FitContext, { from, targets }: FitGoal, cell: number): number {
  const sign = (targets[cell] ?? NaN) >= (from[cell] ?? NaN) ? 1 : -1;
  const widths = new Float64Array(targets.length);
  widths[cell] = sign * context.probeClocks;
  const moved = (conductancesAfter(context, from, widths)[cell] ?? NaN) - (from[cell] ?? NaN);
  return moved / (sign * context.probeClocks);
}

function worstCell(
  { targets, changed }: FitGoal,
  result: Float64Array,
): { readonly cell: number; readonly error: number } {
  let worst = { cell: changed[0] ?? 0, error: 0 };
  for (const cell of changed) {
    const error = Math.abs((targets[cell] ?? NaN) - (result[cell] ?? NaN));
    // Written so that NaN counts as worst.
    if (!(error <= worst.error)) worst = { cell, error };
  }
  return worst;
}

function scratchDataSet(list: WorkList): DataSet {
  const nowhere = { offset: 0, line: 1, column: 1 };
  const origin = { file: '', start: nowhere, end: nowhere };
  return { ...list, name: '', believed: [], targets: [], changed: 0, disturb: 0, origin };
}
