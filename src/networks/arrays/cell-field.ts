/**
 * The true cells of an array whose device follows the voltage (`evolve`): many pulses of one update at once, with the
 * equations of the device in each cell. A tile kernel does the same pulse by pulse; here the pulses of an update are
 * one event, in which a cell sees its own pulse and, together, all that reaches it from pulses on its lines.
 */
import { invariant } from '../../core/invariant.js';
import { compilePhysics } from '../../devices/compile-kernel.js';
import type { DeviceModel } from '../../devices/device-model.js';
import type { TilePhysics, TileStorage } from '../../devices/tile-physics.js';
import { keyOfSeed, type CellGroup } from '../../numerics/normal.js';
import { fillVariates } from '../../numerics/variates.js';
import { CellEquations, type Window } from './cell-equations.js';
import { compilePrice, shareNames, type PulsePrice } from './pulse-price.js';
import type { GroupVolts, PulseVolts } from './pulse-volts.js';

export interface CellFieldSetup {
  readonly device: DeviceModel;
  readonly rows: number;
  readonly columns: number;
  readonly window: Window;
  readonly seed: number;
  /** Spreads that stay at their mean. */
  readonly without: readonly string[];
  readonly volts: PulseVolts;
}

/** Pulses of one update. */
export interface FieldPulses {
  /** Time at the write voltage of each cell (rows x columns), negative for pulses down [s]. */
  readonly seconds: Float64Array;
  /** Pulses that it is made of, each with its own spread; one where absent. */
  readonly counts?: Int16Array;
  /** How long lines are selected, and in how many pulses: by side and polarity [s]. */
  readonly lines: LineTimes;
}

/** By row or column, up and down. */
export interface LineTimes {
  readonly rowUp: Float64Array;
  readonly rowDown: Float64Array;
  readonly columnUp: Float64Array;
  readonly columnDown: Float64Array;
  /** Pulses on the line. */
  readonly rowPulses: Float64Array;
  readonly columnPulses: Float64Array;
  /** Time of all pulses: up, down. */
  readonly whole: Float64Array;
}

/** Times of lines when cells are pulsed one by one. */
export function serialLines(rows: number, columns: number): LineTimes {
  const [rowUp, rowDown, rowPulses] = [rows, rows, rows].map((size) => new Float64Array(size));
  const [columnUp, columnDown, columnPulses] = [columns, columns, columns].map((size) => new Float64Array(size));
  invariant(rowUp && rowDown && rowPulses && columnUp && columnDown && columnPulses, 'there are six');
  return { rowUp, rowDown, rowPulses, columnUp, columnDown, columnPulses, whole: new Float64Array(2) };
}

/** Adds the pulses of single cells to the times of their lines, from nothing. */
export function addSerial(lines: LineTimes, seconds: Float64Array): number {
  for (const times of Object.values(lines) as readonly Float64Array[]) times.fill(0);
  const { rowUp, rowDown, rowPulses, columnUp, columnDown, columnPulses, whole } = lines;
  const columns = columnUp.length;
  let pulses = 0;
  for (let cell = 0; cell < seconds.length; cell++) {
    const time = seconds[cell] ?? 0;
    if (time === 0) continue;
    const row = Math.floor(cell / columns);
    const column = cell - row * columns;
    const [byRow, byColumn] = time > 0 ? [rowUp, columnUp] : [rowDown, columnDown];
    byRow[row] = (byRow[row] ?? 0) + Math.abs(time);
    byColumn[column] = (byColumn[column] ?? 0) + Math.abs(time);
    rowPulses[row] = (rowPulses[row] ?? 0) + 1;
    columnPulses[column] = (columnPulses[column] ?? 0) + 1;
    whole[time > 0 ? 0 : 1] = (whole[time > 0 ? 0 : 1] ?? 0) + Math.abs(time);
    pulses++;
  }
  return pulses;
}

/** Why `device` cannot be a field of cells; undefined where it can. */
export function fieldObstacle(device: DeviceModel): string | undefined {
  if (device.pulseSteps.length > 0) return `\`${device.name}\` counts pulses, and widths cannot be chosen`;
  return device.states[0]?.rate ? undefined : `\`${device.name}\` does not follow the voltage`;
}

/** Shorter than any pulse. */
const LEAST_SECONDS = 1e-15;

export class CellField {
  readonly rows: number;
  readonly columns: number;
  readonly equations: CellEquations;
  readonly storage: TileStorage;
  /** Energy since the beginning, by share [J]. */
  readonly shares: readonly string[];
  readonly energy: Float64Array;
  readonly #setup: CellFieldSetup;
  readonly #physics: TilePhysics;
  readonly #price: PulsePrice;
  readonly #group: CellGroup;
  readonly #before: Float64Array;
  // Reused, because this happens for every cell of every update
  readonly #pulse = { cell: 0, n: 0, volts: 0, seconds: 0, times: 1 };
  /** What one polarity brings to a cell [s], and pulses on its lines. */
  readonly #exposure = { own: 0, row: 0, column: 0, whole: 0, rowPulses: 0, columnPulses: 0 };
  #times = 1;
  #event = 0;

  constructor(setup: CellFieldSetup) {
    const { device, rows, columns, window } = setup;
    invariant(fieldObstacle(device) === undefined, fieldObstacle(device) ?? '');
    const cells = rows * columns;
    this.rows = rows;
    this.columns = columns;
    this.#setup = setup;
    this.storage = {
      columns,
      window,
      states: device.states.map(() => new Float64Array(cells)),
      before: device.states.map(() => new Float64Array(cells)),
      // Behind the cells the mean, for what disturbs cells on the lines of others
      variates: device.spreads.map(({ mean }) => new Float64Array(cells + 1).fill(mean)),
      modulators: device.modulators.map(({ initial }) => new Float64Array(cells).fill(initial)),
    };
    this.equations = new CellEquations(device, window);
    this.#physics = compilePhysics(device).createPhysics(this.storage);
    this.#price = compilePrice(device, this.equations, this.storage);
    this.shares = shareNames(device);
    this.energy = new Float64Array(this.shares.length);
    this.#before = new Float64Array(device.states.length);
    const all = (count: number): Int32Array => Int32Array.from({ length: count }, (_, index) => index);
    this.#group = { rows: { indices: all(rows), count: rows }, columns: { indices: all(columns), count: columns } };
    this.#draw('device', 0);
    this.storage.states.forEach((state, index) => state.fill(this.#physics.initial[index] ?? NaN));
  }

  /** The first state of every cell, the conductance [S]; may be written to. */
  get conductance(): Float64Array {
    const [first] = this.storage.states;
    invariant(first, 'a device has a state');
    return first;
  }

  /** Update events so far, which number the draws of the next. */
  get events(): number {
    return this.#event;
  }

  set events(count: number) {
    this.#event = count;
  }

  /** Applies the pulses of one update. */
  pulse({ seconds, counts, lines }: FieldPulses): void {
    this.#draw('pulse', this.#event++);
    if (counts) this.#average(counts);
    const { up, down } = this.#setup.volts;
    for (let cell = 0; cell < seconds.length; cell++) {
      const time = seconds[cell] ?? 0;
      if (time === 0) continue;
      this.#times = Math.abs(counts?.[cell] ?? 1);
      this.#hold(cell, cell, time > 0 ? up.both : down.both, Math.abs(time));
    }
    if (this.#setup.volts.disturbs) this.#disturb(seconds, lines);
  }

  /** Lets time pass [s]; cells lie at 0 V. */
  rest(seconds: number): void {
    const { rest } = this.#physics;
    if (!rest || seconds === 0) return;
    for (let cell = 0; cell < this.rows * this.columns; cell++) rest(cell, seconds);
  }

  modulate(name: string, value: number): void {
    const index = this.#setup.device.modulators.findIndex((modulator) => modulator.name === name);
    this.storage.modulators[index]?.fill(value);
  }

  /** The spread of n pulses in one is their mean. */
  #average(counts: Int16Array): void {
    this.#setup.device.spreads.forEach(({ per, mean }, index) => {
      const values = this.storage.variates[index];
      if (per !== 'pulse' || !values) return;
      for (let cell = 0; cell < counts.length; cell++) {
        const count = Math.abs(counts[cell] ?? 0);
        if (count > 1) values[cell] = mean + ((values[cell] ?? mean) - mean) / Math.sqrt(count);
      }
    });
  }

  /** What lines that are on for other cells do: to the first order, whatever came first. */
  #disturb(seconds: Float64Array, lines: LineTimes): void {
    const { up, down } = this.#setup.volts;
    const [wholeUp = 0, wholeDown = 0] = lines.whole;
    const exposure = this.#exposure;
    for (let row = 0; row < this.rows; row++) {
      const [rowUp = 0, rowDown = 0] = [lines.rowUp[row], lines.rowDown[row]];
      exposure.rowPulses = lines.rowPulses[row] ?? 0;
      for (let column = 0; column < this.columns; column++) {
        const cell = row * this.columns + column;
        const own = seconds[cell] ?? 0;
        exposure.columnPulses = lines.columnPulses[column] ?? 0;
        exposure.own = Math.max(0, own);
        exposure.row = rowUp;
        exposure.column = lines.columnUp[column] ?? 0;
        exposure.whole = wholeUp;
        this.#expose(cell, up);
        exposure.own = Math.max(0, -own);
        exposure.row = rowDown;
        exposure.column = lines.columnDown[column] ?? 0;
        exposure.whole = wholeDown;
        this.#expose(cell, down);
      }
    }
  }

  /** A cell among pulses of one polarity on its row, on its column and anywhere; its variates are at their mean. */
  #expose(cell: number, volts: GroupVolts): void {
    const { own, row, column, whole, rowPulses, columnPulses } = this.#exposure;
    const nobody = this.rows * this.columns;
    // Pulses on a line are shared out over both polarities
    this.#times = rowPulses / 2;
    this.#hold(cell, nobody, volts.rowOnly, row - own);
    this.#times = columnPulses / 2;
    this.#hold(cell, nobody, volts.columnOnly, column - own);
    this.#times = 1;
    this.#hold(cell, nobody, volts.neither, whole - row - column + own);
  }

  /** Holds a cell, whose variates are at `n`, for as many pulses as `times` says. */
  #hold(cell: number, n: number, volts: number, seconds: number): void {
    // Differences of sums may leave a rounding of nothing
    if (volts === 0 || seconds <= LEAST_SECONDS) return;
    const { states } = this.storage;
    const before = this.#before;
    for (let index = 0; index < before.length; index++) before[index] = states[index]?.[cell] ?? NaN;
    this.#physics.hold?.(cell, n, volts, seconds);
    const pulse = this.#pulse;
    pulse.cell = cell;
    pulse.n = n;
    pulse.volts = volts;
    pulse.times = Math.max(1, this.#times);
    pulse.seconds = seconds / pulse.times;
    this.#price(pulse, before, this.energy);
  }

  #draw(per: 'device' | 'pulse', event: number): void {
    const { device, seed, without } = this.#setup;
    device.spreads.forEach((law, stream) => {
      const values = this.storage.variates[stream];
      if (law.per !== per || law.deviation === 0 || without.includes(law.name) || !values) return;
      fillVariates(values, law, { key: keyOfSeed(seed), stream, event, along: 'rows' }, this.#group);
    });
  }
}
