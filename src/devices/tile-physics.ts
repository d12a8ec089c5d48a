/** The border between a tile, which knows lines, time and events, and the generated physics of its cells. */
import type { CellGroup } from '../numerics/normal.js';
import type { Modulator, Spread } from './device-model.js';

/** What a tile needs to know of a spread; its index in the device is its stream of random numbers. */
export type SpreadLaw = Pick<Spread, 'name' | 'distribution' | 'mean' | 'deviation' | 'per'>;

/** The arrays that a tile and its physics share. */
export interface TileStorage {
  /** Cells of row r start at r x `columns`. */
  readonly columns: number;
  /** Not numbers where the device has no window. */
  readonly window: { readonly low: number; readonly high: number };
  /** By state of the device; each (rows x columns, row-major). */
  readonly states: readonly Float64Array[];
  /** The same before the counted pulse that a cell is in; empty where pulses are not counted. */
  readonly before: readonly Float64Array[];
  /**
   * By spread of the device. Per device: by cell of the tile. Per pulse and per read: of the group at
   * hand, (rows x columns of the group), filled by the tile before it calls the physics.
   */
  readonly variates: readonly Float64Array[];
  /** By modulator of the device; each (rows x columns). */
  readonly modulators: readonly Float64Array[];
}

/** A voltage that changes steadily [V]. */
export interface VoltageRamp {
  readonly from: number;
  readonly to: number;
}

/**
 * What the equations of a device do. Functions of a single cell take its index in the tile and its place `n` in the
 * group whose variates are drawn. What a device has no equation for is absent.
 */
export interface TilePhysics {
  /** By state of the device. */
  readonly initial: readonly number[];
  /** Whether currents without noise are proportional to voltages. */
  readonly isOhmic: boolean;
  /**
   * Holds a group at `v` [V] for `duration` [s]; returns the energy spent [J]. Present where nothing but the voltage
   * moves a cell.
   */
  pulse?(group: CellGroup, v: number, duration: number): number;
  /** Holds a cell at `v` [V] for `duration` [s]; returns the energy spent [J], 0 where pulses are counted. */
  hold?(cell: number, n: number, v: number, duration: number): number;
  /** The same while the voltage changes; energy as of a pulse at the voltage half-way. */
  ramp?(cell: number, n: number, volts: VoltageRamp, duration: number): number;
  /** What a counted pulse of `v` [V] and `duration` [s] does when it ends. */
  step?(cell: number, n: number, v: number, duration: number): void;
  /** Energy of a counted pulse that brought the states from `before` to where they are [J]. */
  price?(cell: number, n: number, v: number, duration: number): number;
  /** Lets a cell rest for `duration` [s] at 0 V; returns the energy that it takes [J]. */
  rest?(cell: number, duration: number): number;
  /** The first invariant of the device that does not hold in a cell; -1 where all do. */
  watch?(cell: number): number;
  /** Adds the current of every cell of a group at `v` [V] to `currents` of its column [A]. */
  read(group: CellGroup, v: number, currents: Float64Array): void;
  /** Adds the currents of all cells at their `volts` [V] to `currents` of their columns [A]. */
  readCells(volts: Float64Array, currents: Float64Array): void;
  /** Currents [A] and their derivatives [S] of all cells at their `volts` [V], without read noise. */
  currentsAt(volts: Float64Array, currents: Float64Array, slopes: Float64Array): void;
}

/** A device, ready to be laid out as tiles. */
export interface CellPhysics {
  readonly spreads: readonly SpreadLaw[];
  /** Names of the states. */
  readonly states: readonly string[];
  readonly modulators: readonly Pick<Modulator, 'name' | 'initial'>[];
  readonly createPhysics: (storage: TileStorage) => TilePhysics;
}
