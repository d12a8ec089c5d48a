/** The border between a tile, which knows lines and events, and the generated physics of its cells. */
import type { CellGroup } from '../numerics/normal.js';
import type { Spread } from './device-model.js';

/** What a tile needs to know of a spread; its index in the device is its stream of random numbers. */
export type SpreadLaw = Pick<Spread, 'name' | 'distribution' | 'mean' | 'deviation' | 'per'>;

/** The arrays that a tile and its physics share. */
export interface TileStorage {
  /** Cells of row r start at r x `columns`. */
  readonly columns: number;
  readonly window: { readonly low: number; readonly high: number };
  /** By state of the device; each (rows x columns, row-major). */
  readonly states: readonly Float64Array[];
  /**
   * By spread of the device. Per device: by cell of the tile. Per pulse and per read: of the group at
   * hand, (rows x columns of the group), filled by the tile before it calls the physics.
   */
  readonly variates: readonly Float64Array[];
}

/** What the equations of a device do to the cells of one group, which all see the same voltage. */
export interface TilePhysics {
  /** By state of the device. */
  readonly initial: readonly number[];
  /** Holds `v` [V] for `duration` [s]; returns the energy spent [J]. */
  pulse(group: CellGroup, v: number, duration: number): number;
  /** Adds the current of every cell at `v` [V] to `currents` of its column [A]. */
  read(group: CellGroup, v: number, currents: Float64Array): void;
}

/** A device, ready to be laid out as tiles. */
export interface CellPhysics {
  readonly spreads: readonly SpreadLaw[];
  readonly stateCount: number;
  readonly createPhysics: (storage: TileStorage) => TilePhysics;
}
