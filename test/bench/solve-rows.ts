/** Rows of exact reads with wire resistance: our solvers beside badcrossbar, with the same currents demanded of both. */
import type { Crossbar, CrossbarLines, CrossbarSolution, LineEnd } from '../../src/numerics/crossbar/crossbar.js';
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
/** Voltage [V] over which the current of a sinh cell bends. */
const BEND_VOLTS = 0.1;
/** Doubles that one step of a gradient method moves for a cell, from the algorithm: lines solved twice, products, sums. */
const DOUBLES_PER_STEP = 25;

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
  const problem = readProblem(size);
  const solve = (): CrossbarSolution =>
    solved(solveCrossbar(problem.crossbar, problem.siemens, { tolerance: TOLERANCE }));
  const { iterations, ...solution } = solve();
  const ours = 1 / bestRate(1, solve);
  const job = {
    siemens: Array.from({ length: size }, (_, row) => [...problem.siemens.subarray(row * size, (row + 1) * size)]),
    volts: [...problem.volts],
    ohmsPerCell: OHMS_PER_CELL,
  };
  const peer = runPeer('badcrossbar_solve.py', [], job);
  const difference = peer.kind === 'found' ? largestDifference(solution, peer.values.get('currents')) : undefined;
  if (difference !== undefined && difference > TOLERANCE) throw new Error(`badcrossbar differs by ${difference}`);
  const note = [
    `to 1e-6; 1-100 uS, 1 ohm a cell; ${iterations} steps`,
    ...(difference === undefined ? [] : [`currents as badcrossbar's to ${difference.toPrecision(2)}`]),
    `limit: ${DOUBLES_PER_STEP} doubles a cell and step moved`,
  ].join('; ');
  const measured = { ours, ...solveLimit(size, iterations), note };
  return Promise.resolve(withPeer(measured, peerFields('badcrossbar', peer, 'seconds')));
}

/** Seconds of a solve with sinh cells, beside those of the linear solve of the same array. */
export function measureSinhSolve(size: number): Promise<Measurement> {
  const { crossbar, siemens } = readProblem(size);
  const law = (volts: Float64Array, currents: Float64Array, slopes: Float64Array): void => {
    for (let cell = 0; cell < volts.length; cell++) {
      const bent = (volts[cell] ?? 0) / BEND_VOLTS;
      const grown = Math.exp(bent);
      const conductance = siemens[cell] ?? 0;
      currents[cell] = (conductance * BEND_VOLTS * (grown - 1 / grown)) / 2;
      slopes[cell] = (conductance * (grown + 1 / grown)) / 2;
    }
  };
  const ours = 1 / bestRate(1, () => solved(solveNonlinearCrossbar(crossbar, law, { tolerance: TOLERANCE })));
  const linear = 1 / bestRate(1, () => solved(solveCrossbar(crossbar, siemens, { tolerance: TOLERANCE })));
  const note = `to 1e-6; sinh(V / ${BEND_VOLTS} V), up to ${LARGEST_VOLTS} V; limit: the linear solve of the same array (${threeDigits(1e3 * linear)} ms); no peer solves it`;
  return Promise.resolve({ ours, limit: linear, note });
}

function solved(result: CrossbarSolution | CrossbarFault): CrossbarSolution {
  if (result.kind !== 'solution') throw new Error(`the solver finds a fault: ${result.kind}`);
  return result;
}

/** Largest difference of a column's current to ground, as a fraction of it. */
function largestDifference(solution: Pick<CrossbarSolution, 'columnCurrents'>, currents: unknown): number {
  if (!Array.isArray(currents)) throw new Error('badcrossbar has no currents');
  const own = solution.columnCurrents('far');
  const differences = Array.from(own, (current, column) => Math.abs(-current / Number(currents[column]) - 1));
  return Math.max(...differences);
}

function solveLimit(size: number, iterations: number): { readonly limit?: number } {
  const bytes = DOUBLES_PER_STEP * 8 * size * size;
  const limit = memoryLimit(bytes);
  return limit ? { limit: (bytes * iterations) / limit.triad } : {};
}
