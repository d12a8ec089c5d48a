/** Rows of exact reads with wire resistance: our solvers beside badcrossbar, with the same currents demanded of both. */
import type {
  CellLaw,
  Crossbar,
  CrossbarLines,
  CrossbarSolution,
  LineEnd,
} from '../../src/numerics/crossbar/crossbar.js';
import type { CrossbarFault } from '../../src/numerics/crossbar/crossbar-fault.js';
import { solveCrossbar } from '../../src/numerics/crossbar/solve-crossbar.js';
import { solveNonlinearCrossbar } from '../../src/numerics/crossbar/solve-nonlinear-crossbar.js';
import { bestRate, threeDigits, type Measurement } from './measurement.js';
import { memoryLimit } from './native.js';
import { peerFields, runPeer } from './peers.js';
import { uniform } from './random.js';
import { withPeer } from './read-bench.js';

/** Of every piece of wire: between cells, from a driver to the first cell, from the last cell to ground. */
const OHMS_PER_CELL = 1;
/** Error of a line's current as a fraction of it; the peer must agree to this. */
const TOLERANCE = 1e-6;
/** Of the read voltages [V]. */
const LARGEST_VOLTS = 0.2;
/** Tolerance of the solve that tells the error of the one that is measured. */
const EXACT = 1e-12;
/** Voltages [V] over which the current of a sinh cell bends: of the row, and of the solves that its note tells of. */
const BEND_VOLTS = 0.1;
const OTHER_BENDS = [0.2, 0.025];
/** Arrays over cells that a solve works on: cells, two factors, voltages of rows and columns, four of the gradients. */
const DOUBLES_AT_HAND = 9;
/**
 * Doubles that one step of `LineGradients` reads and writes for a cell, loop by loop: new direction 5, column lines
 * solved 6 (two sweeps that read the factor and the array and write the array), their currents back 4, row lines
 * solved 6, a product of two arrays 2, the move 6.
 */
const DOUBLES_PER_STEP = 29;
/**
 * And a solve besides: check of the cells 1, factors 4, first row voltages 9, first residual 23, margin 17, allowed
 * errors 7, voltages behind the last step 21, currents of the cells 4.
 */
const DOUBLES_PER_SOLVE = 86;

/** A square array of 1 to 100 uS with rows driven at one end and columns grounded at the other. */
interface ReadProblem {
  readonly crossbar: Crossbar;
  readonly siemens: Float64Array;
  readonly volts: Float64Array;
}

function readProblem(size: number): ReadProblem {
  const volts = Float64Array.from({ length: size }, (_, row) => LARGEST_VOLTS * uniform(row, 2));
  const siemens = Float64Array.from({ length: size * size }, (_, cell) => 1e-6 + 99e-6 * uniform(cell, 1));
  const driven = { siemens: new Float64Array(size).fill(1 / OHMS_PER_CELL), volts };
  const grounded = { siemens: driven.siemens, volts: new Float64Array(size) };
  const crossbar = {
    rows: size,
    columns: size,
    rowLines: linesBetween(driven, openEnd(size)),
    columnLines: linesBetween(openEnd(size), grounded),
  };
  return { crossbar, siemens, volts };
}

function linesBetween(near: LineEnd, far: LineEnd): CrossbarLines {
  return { ohmsPerCell: OHMS_PER_CELL, near, far };
}

function openEnd(count: number): LineEnd {
  return { siemens: new Float64Array(count), volts: new Float64Array(count) };
}

/** Seconds of a linear solve, setting up included. */
export function measureSolve(size: number): Promise<Measurement> {
  const { crossbar, siemens, volts } = readProblem(size);
  const solve = (tolerance: number): CrossbarSolution => solved(solveCrossbar(crossbar, siemens, { tolerance }));
  const ours = 1 / bestRate(1, () => solve(TOLERANCE));
  const { iterations, columnCurrents } = solve(TOLERANCE);
  const currents = columnCurrents('far').map((current) => -current);
  const exact = solve(EXACT).columnCurrents('far');
  const job = {
    siemens: Array.from({ length: size }, (_, row) => [...siemens.subarray(row * size, (row + 1) * size)]),
    volts: [...volts],
    ohmsPerCell: OHMS_PER_CELL,
  };
  const peer = runPeer('badcrossbar_solve.py', [], job);
  const difference =
    peer.kind === 'found' ? largestDifference(currents, numbers(peer.values.get('currents'))) : undefined;
  if (difference !== undefined && !(difference <= TOLERANCE)) throw new Error(`badcrossbar differs by ${difference}`);
  const error = largestDifference(
    currents,
    exact.map((current) => -current),
  );
  const note = [
    `to ${TOLERANCE.toExponential()}; 1-100 uS, 1 ohm a cell; ${percent(lossOf(currents, idealCurrents(siemens, volts)))} of the current lost`,
    `relative error ${error.toPrecision(2)}; ${iterations} steps`,
    ...(difference === undefined ? [] : [`currents as badcrossbar's to ${difference.toPrecision(2)}`]),
    `limit: ${DOUBLES_PER_STEP} doubles a cell and step and ${DOUBLES_PER_SOLVE} a cell besides, moved`,
  ].join('; ');
  const measured = { ours, ...solveLimit(size, iterations), note };
  return Promise.resolve(withPeer(measured, peerFields('badcrossbar', peer, 'seconds')));
}

/** Currents [A] of the columns without wires; `bend` [V] for sinh cells. */
function idealCurrents(siemens: Float64Array, volts: Float64Array, bend?: number): Float64Array {
  const size = volts.length;
  const driven = bend === undefined ? volts : volts.map((value) => bend * Math.sinh(value / bend));
  return Float64Array.from({ length: size }, (_, column) =>
    driven.reduce((sum, value, row) => sum + (siemens[row * size + column] ?? NaN) * value, 0),
  );
}

/** Part of the current of all columns that the wires take. */
function lossOf(currents: Float64Array, ideal: Float64Array): number {
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  return 1 - total(currents) / total(ideal);
}

function percent(part: number): string {
  return `${(100 * part).toFixed(0)} %`;
}

/** Seconds of a solve with sinh cells, beside those of the linear solve of the same array. */
export function measureSinhSolve(size: number): Promise<Measurement> {
  const { crossbar, siemens } = readProblem(size);
  const linear = 1 / bestRate(1, () => solved(solveCrossbar(crossbar, siemens, { tolerance: TOLERANCE })));
  const timeBeside = (bend: number): { readonly seconds: number; readonly words: string } => {
    const { seconds, lost } = timeSinh(size, bend);
    const words = [
      `sinh(V / ${bend} V): ${threeDigits(1e3 * seconds)} ms`,
      `${threeDigits(seconds / linear)} x the linear solve`,
      `${percent(lost)} of the current lost`,
    ];
    return { seconds, words: words.join(', ') };
  };
  const { seconds, words } = timeBeside(BEND_VOLTS);
  const note = [
    `to ${TOLERANCE.toExponential()}; sources up to ${LARGEST_VOLTS} V; here ${words}`,
    ...OTHER_BENDS.map((bend) => timeBeside(bend).words),
    `limit: the linear solve of the same array (${threeDigits(1e3 * linear)} ms); no peer solves it`,
  ].join('; ');
  return Promise.resolve({ ours: seconds, limit: linear, note });
}

/** Seconds of a solve of cells with i = g bend sinh(v / bend), and the part of the current that the wires take. */
function timeSinh(size: number, bend: number): { readonly seconds: number; readonly lost: number } {
  const { crossbar, siemens, volts } = readProblem(size);
  const law: CellLaw = (cellVolts, currents, slopes) => {
    for (let cell = 0; cell < cellVolts.length; cell++) {
      const grown = Math.exp((cellVolts[cell] ?? 0) / bend);
      const conductance = siemens[cell] ?? 0;
      currents[cell] = (conductance * bend * (grown - 1 / grown)) / 2;
      slopes[cell] = (conductance * (grown + 1 / grown)) / 2;
    }
  };
  const solve = (): CrossbarSolution => solved(solveNonlinearCrossbar(crossbar, law, { tolerance: TOLERANCE }));
  const currents = solve()
    .columnCurrents('far')
    .map((current) => -current);
  return { seconds: 1 / bestRate(1, solve), lost: lossOf(currents, idealCurrents(siemens, volts, bend)) };
}

function solved(result: CrossbarSolution | CrossbarFault): CrossbarSolution {
  if (result.kind !== 'solution') throw new Error(`the solver finds a fault: ${result.kind}`);
  return result;
}

/** Largest difference of a column's current, as a fraction of it. */
function largestDifference(currents: Float64Array, expected: Float64Array): number {
  return Math.max(...currents.map((current, column) => Math.abs(current / (expected[column] ?? NaN) - 1)));
}

function numbers(values: unknown): Float64Array {
  if (!Array.isArray(values)) throw new Error('badcrossbar has no currents');
  return Float64Array.from(values, Number);
}

/** What the solve moves, at the rate of a triad on as much memory as it works on. */
function solveLimit(size: number, iterations: number): { readonly limit?: number } {
  const bytesPerDouble = 8 * size * size;
  const limit = memoryLimit(DOUBLES_AT_HAND * bytesPerDouble);
  const doubles = DOUBLES_PER_STEP * iterations + DOUBLES_PER_SOLVE;
  return limit ? { limit: (doubles * bytesPerDouble) / limit.triad } : {};
}
