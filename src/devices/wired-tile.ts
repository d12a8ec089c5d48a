/**
 * A tile behind wires: every drive is solved for the voltages that the cells really see, sneak paths included, before
 * the device's equations run, and again while a pulse moves the cells. A counted pulse keeps the voltages of its beginning.
 */
import { invariant } from '../core/invariant.js';
import type { CrossbarSolution } from '../numerics/crossbar/crossbar.js';
import { describeCrossbarFault } from '../numerics/crossbar/crossbar-fault.js';
import { solveCrossbar } from '../numerics/crossbar/solve-crossbar.js';
import { solveNonlinearCrossbar } from '../numerics/crossbar/solve-nonlinear-crossbar.js';
import type { DeviceModel } from './device-model.js';
import { DrivenWires } from './driven-wires.js';
import type { InvariantViolations, TileDrive, TileKernel, TileSetup, TileWaveforms } from './kernel.js';
import { VoltageCourse } from './voltage-course.js';
import { UnsolvableWires, type Wires } from './wires.js';

type TileMaker = (setup: TileSetup) => TileKernel;

/** The tile of an experiment, as far as its wires go; wires matter only to reads of devices that a gate writes. */
export interface Wiring {
  readonly wires?: Wires;
  readonly device: Pick<DeviceModel, 'gated' | 'pulseSteps'>;
}

/** Makes the tiles that `createTile` makes, behind the wires of an experiment where it has some. */
export function behindWires(createTile: TileMaker, { wires, device }: Wiring): TileMaker {
  return wires ? (setup) => new WiredTile(createTile(setup), wires, device) : createTile;
}

/** Error of line currents that a solve leaves, as a fraction: far below every converter's step and every spread. */
const TOLERANCE = 1e-9;

class WiredTile implements TileKernel {
  readonly #tile: TileKernel;
  readonly #wires: DrivenWires;
  readonly #isGated: boolean;
  readonly #countsPulses: boolean;
  readonly #course: VoltageCourse;
  readonly #volts: Float64Array;
  /** Of the pulse and the read before: the next ones are similar. Gone at a reset, so that runs repeat exactly. */
  #lastPulse: CrossbarSolution | undefined;
  #lastRead: CrossbarSolution | undefined;
  #lineLoss = 0;

  constructor(tile: TileKernel, wires: Wires, { gated, pulseSteps }: Wiring['device']) {
    this.#tile = tile;
    this.#wires = new DrivenWires(tile.rows, tile.columns, wires);
    this.#isGated = gated === true;
    this.#countsPulses = pulseSteps.length > 0;
    this.#volts = new Float64Array(tile.rows * tile.columns);
    this.#course = new VoltageCourse(tile.rows * tile.columns);
  }

  get rows(): number {
    return this.#tile.rows;
  }

  get columns(): number {
    return this.#tile.columns;
  }

  get isOhmic(): boolean {
    return this.#tile.isOhmic;
  }

  get conductance(): Float64Array {
    return this.#tile.conductance;
  }

  get selectedEnergy(): number {
    return this.#tile.selectedEnergy;
  }

  get halfSelectedEnergy(): number {
    return this.#tile.halfSelectedEnergy;
  }

  get holdEnergy(): number {
    return this.#tile.holdEnergy;
  }

  get violations(): InvariantViolations {
    return this.#tile.violations;
  }

  get lineLoss(): number {
    return this.#lineLoss;
  }

  pulse(drive: TileDrive, seconds: number, continues?: boolean): void {
    if (this.#isGated) {
      this.#tile.pulse(drive, seconds, continues);
      return;
    }
    let goesOn = continues;
    const solve = (volts: Float64Array): void => {
      this.#lastPulse = this.#solve(drive, this.#lastPulse, volts);
      this.#noteLoss(drive, volts);
    };
    const hold = (volts: Float64Array, part: number): void => {
      this.#tile.pulseCells(volts, part, goesOn, drive);
      goesOn = true;
    };
    if (this.#countsPulses) {
      solve(this.#volts);
      hold(this.#volts, seconds);
    } else this.#course.run(seconds, { solve, hold });
  }

  /** Voltages of cells are given, so that wires have no part in it. */
  pulseCells(volts: Float64Array, seconds: number, continues?: boolean, drive?: TileDrive): void {
    this.#tile.pulseCells(volts, seconds, continues, drive);
  }

  /** Waveforms reach gates, which take no current; waveforms across conducting cells are not solved. */
  play(waveforms: TileWaveforms): void {
    invariant(this.#isGated, 'waveforms behind wires reach gated devices only');
    this.#tile.play(waveforms);
  }

  rest(seconds: number): void {
    this.#tile.rest(seconds);
  }

  modulate(name: string, value: number | Float64Array): void {
    this.#tile.modulate(name, value);
  }

  /** Read noise is added at the voltages that the cells have without it. */
  read(drive: TileDrive): Float64Array {
    this.#lastRead = this.#solve(drive, this.#lastRead, this.#volts);
    return this.#tile.readCells(this.#volts);
  }

  readCells(volts: Float64Array): Float64Array {
    return this.#tile.readCells(volts);
  }

  currentsAt(volts: Float64Array, currents: Float64Array, slopes: Float64Array): void {
    this.#tile.currentsAt(volts, currents, slopes);
  }

  stateOf(name: string): Float64Array {
    return this.#tile.stateOf(name);
  }

  reset(): void {
    this.#lineLoss = 0;
    this.#lastPulse = undefined;
    this.#lastRead = undefined;
    this.#tile.reset();
  }

  /** Brings the voltages of all cells under `drive` into `volts`. */
  #solve(drive: TileDrive, start: CrossbarSolution | undefined, volts: Float64Array): CrossbarSolution {
    this.#wires.apply(drive);
    const { crossbar } = this.#wires;
    const options = { tolerance: TOLERANCE, ...(start && { start }) };
    const law = this.#tile.currentsAt.bind(this.#tile);
    const solution = this.#tile.isOhmic
      ? solveCrossbar(crossbar, this.#slopes(), options)
      : solveNonlinearCrossbar(crossbar, law, options);
    if (solution.kind !== 'solution') throw new UnsolvableWires(describeCrossbarFault(solution));
    const { rowVolts, columnVolts } = solution;
    for (let cell = 0; cell < volts.length; cell++) volts[cell] = (rowVolts[cell] ?? NaN) - (columnVolts[cell] ?? NaN);
    return solution;
  }

  /** Conductances of all cells; those of ohmic ones do not depend on the voltage. */
  #slopes(): Float64Array {
    const { length } = this.#volts;
    const slopes = new Float64Array(length);
    this.#tile.currentsAt(new Float64Array(length), new Float64Array(length), slopes);
    return slopes;
  }

  #noteLoss({ rows, columns, both }: TileDrive, volts: Float64Array): void {
    if (both === 0) return;
    for (const row of rows)
      for (const column of columns) {
        const share = (volts[row * this.columns + column] ?? NaN) / both;
        this.#lineLoss = Math.max(this.#lineLoss, 1 - share);
      }
  }
}
