/**
 * Counted pulses of single cells. The step of a pulse is done at once, and undone and done again for the whole duration
 * where the pulse goes on: whoever looks at the tile in between sees what would be if it ended here.
 */
import { invariant } from '../core/invariant.js';
import type { TilePhysics, TileStorage } from './tile-physics.js';

export class CountedPulses {
  readonly #states: readonly Float64Array[];
  readonly #before: readonly Float64Array[];
  /** States at the end of the pulse, before its step. */
  readonly #unstepped: readonly Float64Array[];
  readonly #physics: TilePhysics;
  readonly #volts: Float64Array;
  readonly #seconds: Float64Array;
  readonly #energy: Float64Array;
  /** The segment in which the pulse of a cell was last seen. */
  readonly #segment: Float64Array;
  #current = 0;
  #resumes = false;

  constructor({ states, before }: TileStorage, physics: TilePhysics) {
    const cells = states[0]?.length ?? 0;
    this.#states = states;
    this.#before = before;
    this.#unstepped = states.map(() => new Float64Array(cells));
    this.#physics = physics;
    this.#volts = new Float64Array(cells);
    this.#seconds = new Float64Array(cells);
    this.#energy = new Float64Array(cells);
    this.#segment = new Float64Array(cells).fill(-1);
  }

  /** A segment begins; with `resumes`, pulses of the one before may go on. */
  begin(resumes: boolean): void {
    this.#current++;
    this.#resumes = resumes;
  }

  /** One cell at `v` for the whole segment; returns by how much that raises the energy spent [J]. */
  hold(cell: number, n: number, v: number, seconds: number): number {
    const goesOn = this.#resumes && this.#segment[cell] === this.#current - 1 && this.#volts[cell] === v;
    if (goesOn) copyCell(cell, this.#unstepped, this.#states);
    else this.open(cell);
    this.#physics.hold?.(cell, n, v, seconds);
    copyCell(cell, this.#states, this.#unstepped);
    const duration = goesOn ? (this.#seconds[cell] ?? NaN) + seconds : seconds;
    const spent = goesOn ? (this.#energy[cell] ?? NaN) : 0;
    const energy = this.close(cell, n, v, duration);
    this.#volts[cell] = v;
    this.#seconds[cell] = duration;
    this.#energy[cell] = energy;
    this.#segment[cell] = this.#current;
    return energy - spent;
  }

  /** A pulse of a cell begins; whoever calls this moves the cell and closes the pulse. */
  open(cell: number): void {
    copyCell(cell, this.#states, this.#before);
    this.#segment[cell] = -1;
  }

  /** A pulse of a cell ends: its step; returns its energy [J]. */
  close(cell: number, n: number, v: number, seconds: number): number {
    const { step, price } = this.#physics;
    invariant(step && price, 'counted pulses have a step and a price');
    step(cell, n, v, seconds);
    return price(cell, n, v, seconds);
  }

  /** Forgets every pulse. */
  reset(): void {
    this.#segment.fill(-1);
  }
}

function copyCell(cell: number, from: readonly Float64Array[], to: readonly Float64Array[]): void {
  for (let index = 0; index < from.length; index++) {
    const target = to[index];
    if (target) target[cell] = from[index]?.[cell] ?? NaN;
  }
}
