/** What a compiled device can do to a whole tile. All numbers are SI base units. */

/**
 * Voltages of a tile during one segment. Lines of a side are in two groups, so four voltages
 * (row minus column) describe every cell.
 */
export interface TileDrive {
  /** Selected rows and columns, ascending. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly both: number;
  readonly rowOnly: number;
  readonly columnOnly: number;
  readonly neither: number;
}

/** Size, window and randomness of a tile. */
export interface TileSetup {
  readonly rows: number;
  readonly columns: number;
  readonly window: { readonly low: number; readonly high: number };
  /** Seed of every variate of this tile. */
  readonly seed: number;
  /** Spreads that stay at their mean. */
  readonly without: readonly string[];
  /** Per-device spreads whose values are known instead of drawn: name -> value per cell (rows x columns). */
  readonly known?: ReadonlyMap<string, Float64Array>;
}

/** State of a tile (rows x columns, row-major) and the physics that moves it. */
export interface TileKernel {
  readonly rows: number;
  readonly columns: number;
  /** Live conductances [S]. */
  readonly conductance: Float64Array;
  /** Energy spent by pulses since `reset` [J], in cells that saw `both` and in all others. */
  readonly selectedEnergy: number;
  readonly halfSelectedEnergy: number;
  /**
   * Constant voltages for `seconds`. One pulse event, whatever the number of cells it moves; with
   * `continues` it belongs to the event before (a contiguous pulse drawn out over several segments),
   * so that per-pulse spreads keep their values.
   */
  pulse(drive: TileDrive, seconds: number, continues?: boolean): void;
  /** Current into every column [A], (columns); one read event. */
  read(drive: TileDrive): Float64Array;
  /** Back to the initial state; event counters start again, per-device variates stay. */
  reset(): void;
}
