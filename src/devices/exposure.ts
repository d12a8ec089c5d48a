/**
 * Cells one at a time: what happens to a cell that sees a voltage, and to one that has rested since it was last seen.
 * Also keeps what only single cells tell: the energy of rest and broken invariants.
 */
import { CountedPulses } from './counted-pulses.js';
import type { InvariantViolations } from './kernel.js';
import { RestClock } from './rest-clock.js';
import type { TilePhysics, TileStorage, VoltageRamp } from './tile-physics.js';

export class Exposure {
  readonly #physics: TilePhysics;
  readonly #columns: number;
  readonly #cells: number;
  /** Absent where nothing happens to resting cells. */
  readonly #clock: RestClock | undefined;
  /** Present where pulses are counted. */
  readonly #counted: CountedPulses | undefined;
  #holdEnergy = 0;
  #violations: InvariantViolations = { count: 0 };

  constructor(storage: TileStorage, physics: TilePhysics) {
    this.#physics = physics;
    this.#columns = storage.columns;
    this.#cells = storage.states[0]?.length ?? 0;
    this.#clock = physics.rest && new RestClock(this.#cells);
    this.#counted = physics.step && new CountedPulses(storage, physics);
  }

  get isCounting(): boolean {
    return this.#counted !== undefined;
  }

  /** Energy of resting cells up to now [J]. */
  get holdEnergy(): number {
    this.settleAll();
    return this.#holdEnergy;
  }

  get violations(): InvariantViolations {
    this.settleAll();
    return this.#violations;
  }

  /** A segment of `seconds` begins; with `resumes`, counted pulses of the one before may go on. */
  begin(seconds: number, resumes: boolean): void {
    this.#clock?.begin(seconds);
    this.#counted?.begin(resumes);
  }

  /** The segment is over; cells that it did not touch have rested. */
  end(): void {
    this.#clock?.end();
  }

  /** One cell at `v`, not 0, for the whole segment; returns the energy spent [J]. */
  hold(cell: number, n: number, v: number, seconds: number): number {
    this.settle(cell);
    const energy = this.#counted
      ? this.#counted.hold(cell, n, v, seconds)
      : (this.#physics.hold?.(cell, n, v, seconds) ?? 0);
    this.#clock?.keep(cell);
    this.#watch(cell);
    return energy;
  }

  /** One cell at `v` for a part of the segment; parts of a cell follow each other and end with {@link finish}. */
  holdPart(cell: number, n: number, v: number, seconds: number): number {
    if (v === 0) {
      this.#rest(cell, seconds);
      return 0;
    }
    this.#counted?.open(cell);
    const energy = this.#physics.hold?.(cell, n, v, seconds) ?? 0;
    const counted = this.#counted?.close(cell, n, v, seconds) ?? 0;
    this.#watch(cell);
    return energy + counted;
  }

  /** A counted pulse of parts begins in a cell. */
  openPulse(cell: number): void {
    this.#counted?.open(cell);
  }

  /** The counted pulse ends; returns its energy [J]. */
  closePulse(cell: number, n: number, v: number, seconds: number): number {
    const energy = this.#counted?.close(cell, n, v, seconds) ?? 0;
    this.#watch(cell);
    return energy;
  }

  /** The same for a voltage that changes; no pulse is counted. */
  rampPart(cell: number, n: number, volts: VoltageRamp, seconds: number): number {
    const energy = this.#physics.ramp?.(cell, n, volts, seconds) ?? 0;
    this.#watch(cell);
    return energy;
  }

  /** All parts of a cell are done. */
  finish(cell: number): void {
    this.#clock?.keep(cell);
  }

  /** Brings a cell up to date. */
  settle(cell: number): void {
    if (!this.#clock) return;
    const lag = this.#clock.takeLag(cell);
    if (lag > 0) this.#rest(cell, lag);
  }

  /** Brings all cells up to date. */
  settleAll(): void {
    if (!this.#clock?.isBehind) return;
    for (let cell = 0; cell < this.#cells; cell++) this.settle(cell);
    this.#clock.restart();
  }

  /** Energies, violations, clocks and pulses as in the beginning. */
  reset(): void {
    this.#clock?.restart();
    this.#counted?.reset();
    this.#holdEnergy = 0;
    this.#violations = { count: 0 };
  }

  #rest(cell: number, seconds: number): void {
    if (!this.#physics.rest) return;
    this.#holdEnergy += this.#physics.rest(cell, seconds);
    this.#watch(cell);
  }

  #watch(cell: number): void {
    const invariant = this.#physics.watch?.(cell) ?? -1;
    if (invariant < 0) return;
    const { count, first } = this.#violations;
    const here = { invariant, row: Math.floor(cell / this.#columns), column: cell % this.#columns };
    this.#violations = { count: count + 1, first: first ?? here };
  }
}
