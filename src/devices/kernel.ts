/** What a compiled device can do to a whole tile. All numbers are SI base units, all arrays of cells row-major. */

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

/** The voltage of one line over time [V]. */
export interface LineWaveform {
  /** Index of the row or column. */
  readonly line: number;
  readonly samples: Float64Array;
}

/** Voltages of lines over time, all with the same number of samples; lines that are not listed stay at 0 V. */
export interface TileWaveforms {
  readonly rows: readonly LineWaveform[];
  readonly columns: readonly LineWaveform[];
  /** Time from one sample to the next [s]. */
  readonly sampleSeconds: number;
  /**
   * `hold` keeps every sample for its time; `linear` joins neighbouring samples by lines, so that n samples last for
   * n - 1 times.
   */
  readonly interpolation: 'hold' | 'linear';
}

/** Size, window and randomness of a tile. */
export interface TileSetup {
  readonly rows: number;
  readonly columns: number;
  /** The window that equations see; devices without windows do without. */
  readonly window?: { readonly low: number; readonly high: number };
  /** Seed of every variate of this tile. */
  readonly seed: number;
  /** Spreads that stay at their mean. */
  readonly without: readonly string[];
  /** Per-device spreads whose values are known instead of drawn: name -> value per cell (rows x columns). */
  readonly known?: ReadonlyMap<string, Float64Array>;
}

/** Moments at which an invariant of the device did not hold in a cell. */
export interface InvariantViolations {
  readonly count: number;
  /** The first of them: the index of the invariant in the device, and the cell. */
  readonly first?: { readonly invariant: number; readonly row: number; readonly column: number };
}

/**
 * State of a tile (rows x columns) and the physics that moves it. Cells at 0 V rest: their states move by themselves
 * where the equations say so, which is computed when a cell is pulsed, read or looked at, however long it rested.
 *
 * Where pulses are counted (`on pulse`), a pulse of a cell is a stretch at one voltage other than 0 within one pulse
 * event. Its step is done at its end and replaced when the stretch goes on, so that it sees the whole duration.
 */
export interface TileKernel {
  readonly rows: number;
  readonly columns: number;
  /** Whether {@link currentsAt} gives currents that are proportional to voltages. */
  readonly isOhmic: boolean;
  /** Values of the first state as of now, the conductances [S] of a device with windows; may be written to. */
  readonly conductance: Float64Array;
  /** Energy spent by pulses since `reset` [J], in cells that saw `both` or `play`, and in all others. */
  readonly selectedEnergy: number;
  readonly halfSelectedEnergy: number;
  /** Energy taken by resting cells since `reset` [J]: the `power` of the device. */
  readonly holdEnergy: number;
  /**
   * Largest part of the write voltage that wires and drivers took from a selected cell since `reset`, at the moments for
   * which voltages were solved; 0 without wires.
   */
  readonly lineLoss: number;
  /** Invariants of the device that did not hold after a pulse or a rest, since `reset`. */
  readonly violations: InvariantViolations;
  /**
   * Constant voltages for `seconds`. One pulse event, whatever the number of cells it moves; with
   * `continues` it belongs to the event before (a contiguous pulse drawn out over several segments),
   * so that per-pulse spreads keep their values.
   */
  pulse(drive: TileDrive, seconds: number, continues?: boolean): void;
  /**
   * The same with a voltage for every cell (rows x columns) [V]; variates are drawn along rows. Where a drive is
   * given, its selection alone counts: it says which energy is that of selected cells.
   */
  pulseCells(volts: Float64Array, seconds: number, continues?: boolean, drive?: TileDrive): void;
  /**
   * Superposed waveforms: a cell sees its row minus its column at every moment. One pulse event. Energy: every stretch
   * of constant voltage costs what a pulse costs, and a ramp what a pulse at the voltage half-way costs. Counted pulses
   * of `linear` waveforms are stretches of one sign, at their largest voltage.
   */
  play(waveforms: TileWaveforms): void;
  /** Time without voltage [s]; a pulse behind it does not continue the one before. */
  rest(seconds: number): void;
  /** Sets a modulator for the whole tile or per cell (rows x columns); `reset` leaves it. */
  modulate(name: string, value: number | Float64Array): void;
  /** Current into every column [A], (columns); one read event. */
  read(drive: TileDrive): Float64Array;
  /** The same with a voltage for every cell (rows x columns) [V]; variates are drawn along rows. */
  readCells(volts: Float64Array): Float64Array;
  /** Currents [A] and their derivatives by the voltage [S] of all cells at `volts` (rows x columns) [V], without noise. */
  currentsAt(volts: Float64Array, currents: Float64Array, slopes: Float64Array): void;
  /** Values of a state as of now (rows x columns); may be written to. */
  stateOf(name: string): Float64Array;
  /** Back to the initial state; event counters start again, per-device variates stay. */
  reset(): void;
}
