/** One cell without noise: the same compiled equations as a tile, asked forwards and backwards. */
import { invariant } from '../core/invariant.js';
import { exponentialTime } from '../numerics/exponential.js';
import { findRoot } from '../numerics/find-root.js';
import type { CellGroup, LineList } from '../numerics/normal.js';
import { compilePhysics, compileRate, type CellRate } from './compile-kernel.js';
import type { DeviceModel, StateVariable } from './device-model.js';
import { planKernel } from './kernel-plan.js';
import type { TilePhysics, TileStorage } from './tile-physics.js';

/** Values of per-device spreads by name; the others stay at their mean, as do spreads per pulse and read. */
export type Gains = ReadonlyMap<string, number>;

/** A device in a window. */
export interface Cell {
  /** Initial values by state. */
  readonly initial: readonly number[];
  /** Conductance after `seconds` at `volts` [S]. */
  advance(siemens: number, volts: number, seconds: number, gains?: Gains): number;
  /** Seconds at `volts` from one conductance to another; undefined where it is never reached. */
  secondsTo(from: number, to: number, volts: number, gains?: Gains): number | undefined;
  /** Rate of the conductance [S/s]. */
  rateAt(siemens: number, volts: number, gains?: Gains): number;
  /** Energy of a pulse from `siemens` [J]. */
  energyOf(siemens: number, volts: number, seconds: number): number;
  /** Current at `volts` [A]. */
  currentAt(siemens: number, volts: number): number;
}

const ONE_LINE: LineList = { indices: Int32Array.of(0), count: 1 };
const ONE_CELL: CellGroup = { rows: ONE_LINE, columns: ONE_LINE };

/** Doublings of a pulse after which a target counts as out of reach. */
const MAX_DOUBLINGS = 200;

/** A cell of `device` programmed in `window`. */
export function createCell(device: DeviceModel, window: TileStorage['window']): Cell {
  return new SingleCell(device, window);
}

class SingleCell implements Cell {
  readonly #device: DeviceModel;
  readonly #conductance: StateVariable;
  readonly #storage: TileStorage;
  readonly #physics: TilePhysics;
  readonly #rate: CellRate;

  constructor(device: DeviceModel, window: TileStorage['window']) {
    const [conductance] = device.states;
    invariant(conductance, 'a device has a conductance');
    this.#device = device;
    this.#conductance = conductance;
    this.#storage = {
      columns: 1,
      window,
      states: device.states.map(() => new Float64Array(1)),
      before: [],
      variates: device.spreads.map(() => new Float64Array(1)),
      modulators: device.modulators.map(({ initial }) => Float64Array.of(initial)),
    };
    this.#physics = compilePhysics(device).createPhysics(this.#storage);
    this.#rate = compileRate(planKernel(device))(this.#storage);
  }

  get initial(): readonly number[] {
    return this.#physics.initial;
  }

  advance(siemens: number, volts: number, seconds: number, gains?: Gains): number {
    if (volts === 0) return siemens;
    this.#prepare(siemens, gains);
    this.#hold(volts, seconds);
    return this.#storage.states[0]?.[0] ?? NaN;
  }

  secondsTo(from: number, to: number, volts: number, gains?: Gains): number | undefined {
    const { min, max } = this.#conductance;
    if (to === from) return 0;
    if (volts === 0 || !(to >= min && to <= max)) return undefined;
    const rate = this.rateAt(from, volts, gains);
    if (!(rate * (to - from) > 0)) return undefined;
    const slope = this.#rate.slope(volts);
    if (Number.isNaN(slope)) return this.#searchSeconds(from, to, volts, gains);
    const seconds = exponentialTime(rate, slope, to - from);
    return Number.isFinite(seconds) ? seconds : undefined;
  }

  rateAt(siemens: number, volts: number, gains?: Gains): number {
    this.#prepare(siemens, gains);
    return this.#rate.rate(siemens, volts);
  }

  energyOf(siemens: number, volts: number, seconds: number): number {
    this.#prepare(siemens);
    return this.#hold(volts, seconds);
  }

  currentAt(siemens: number, volts: number): number {
    this.#prepare(siemens);
    const currents = new Float64Array(1);
    this.#physics.read(ONE_CELL, volts, currents);
    return currents[0] ?? NaN;
  }

  /** Doubles the pulse until the target is passed, then narrows the bracket down. */
  #searchSeconds(from: number, to: number, volts: number, gains?: Gains): number | undefined {
    const missing = (seconds: number): number =>
      (to - this.advance(from, volts, seconds, gains)) * Math.sign(to - from);
    let seconds = Math.abs((to - from) / this.rateAt(from, volts, gains));
    let left = missing(seconds);
    for (let doubling = 0; left > 0 && doubling < MAX_DOUBLINGS; doubling++) {
      seconds *= 2;
      const leftAfter = missing(seconds);
      // It approaches something before the target and does not move any more.
      if (leftAfter === left) return undefined;
      left = leftAfter;
    }
    return left > 0 ? undefined : findRoot(missing, 0, seconds);
  }

  #hold(volts: number, seconds: number): number {
    const { pulse, hold } = this.#physics;
    if (pulse) return pulse(ONE_CELL, volts, seconds);
    invariant(hold, 'a programmable device follows the voltage');
    return hold(0, 0, volts, seconds);
  }

  #prepare(siemens: number, gains?: Gains): void {
    this.#device.spreads.forEach(({ name, mean, per }, index) => {
      this.#storage.variates[index]?.fill(per === 'device' ? (gains?.get(name) ?? mean) : mean);
    });
    this.#storage.states.forEach((state, index) => state.fill(this.#physics.initial[index] ?? NaN));
    this.#storage.states[0]?.fill(siemens);
  }
}
