/**
 * A tile of any device: splits the lines of a drive into groups of equal voltage, counts events, draws
 * variates and leaves the physics of each group, or of single cells, to generated code.
 */
import { invariant } from '../core/invariant.js';
import { keyOfSeed, type CellGroup } from '../numerics/normal.js';
import type { PhiloxKey } from '../numerics/philox.js';
import { fillVariates } from '../numerics/variates.js';
import { Exposure } from './exposure.js';
import { fillDeviceSpread } from './device-spread.js';
import type { InvariantViolations, TileDrive, TileKernel, TileSetup, TileWaveforms } from './kernel.js';
import { lineSamples, playbackSeconds } from './line-samples.js';
import { LineSplit } from './line-split.js';
import type { CellPhysics, SpreadLaw, TilePhysics, TileStorage } from './tile-physics.js';
import { playHeld, playJoined } from './waveform-player.js';

/** A spread that is drawn. */
interface ActiveSpread {
  readonly stream: number;
  readonly law: SpreadLaw;
  readonly variates: Float64Array;
}

/** A tile in its initial state. */
export function createTileKernel(setup: TileSetup, device: CellPhysics): TileKernel {
  return new Tile(setup, device);
}

class Tile implements TileKernel {
  readonly rows: number;
  readonly columns: number;
  readonly #device: CellPhysics;
  readonly #key: PhiloxKey;
  readonly #split: LineSplit;
  readonly #storage: TileStorage;
  readonly #physics: TilePhysics;
  readonly #exposure: Exposure;
  readonly #pulseSpreads: readonly ActiveSpread[];
  readonly #readSpreads: readonly ActiveSpread[];
  readonly lineLoss = 0;
  #pulses = 0;
  #reads = 0;
  #selectedEnergy = 0;
  #halfSelectedEnergy = 0;
  /** Pulse event whose variates stand for the whole tile; -1 where a group's stand in their place. */
  #wholeEvent = -1;

  constructor(setup: TileSetup, device: CellPhysics) {
    const storage = createStorage(setup, device);
    invariant(device.states.length > 0, 'a device has a state');
    this.rows = setup.rows;
    this.columns = setup.columns;
    this.#device = device;
    this.#key = keyOfSeed(setup.seed);
    this.#split = new LineSplit(setup.rows, setup.columns);
    this.#storage = storage;
    this.#physics = device.createPhysics(storage);
    this.#exposure = new Exposure(storage, this.#physics);
    const active = activeSpreads(setup, device, storage);
    this.#pulseSpreads = active.filter(({ law }) => law.per === 'pulse');
    this.#readSpreads = active.filter(({ law }) => law.per === 'read');
    this.#drawDevices(
      active.filter(({ law }) => law.per === 'device'),
      setup.seed,
    );
    this.reset();
  }

  get isOhmic(): boolean {
    return this.#physics.isOhmic;
  }

  get selectedEnergy(): number {
    return this.#selectedEnergy;
  }

  get halfSelectedEnergy(): number {
    return this.#halfSelectedEnergy;
  }

  get holdEnergy(): number {
    return this.#exposure.holdEnergy;
  }

  get violations(): InvariantViolations {
    return this.#exposure.violations;
  }

  get conductance(): Float64Array {
    return this.#stateAt(0);
  }

  stateOf(name: string): Float64Array {
    return this.#stateAt(this.#device.states.indexOf(name));
  }

  pulse(drive: TileDrive, seconds: number, continues = false): void {
    const goesOn = this.#countPulse(continues);
    const { both, rowOnly, columnOnly, neither } = this.#split;
    this.#split.select(drive);
    this.#exposure.begin(seconds, goesOn);
    this.#selectedEnergy += this.#pulseGroup(both, drive.both, seconds);
    this.#halfSelectedEnergy += this.#pulseGroup(rowOnly, drive.rowOnly, seconds);
    this.#halfSelectedEnergy += this.#pulseGroup(columnOnly, drive.columnOnly, seconds);
    this.#halfSelectedEnergy += this.#pulseGroup(neither, drive.neither, seconds);
    this.#exposure.end();
  }

  pulseCells(volts: Float64Array, seconds: number, continues = false, drive?: TileDrive): void {
    invariant(volts.length === this.rows * this.columns, 'every cell has a voltage');
    const goesOn = this.#countPulse(continues);
    const { both, rowOnly, columnOnly, neither } = this.#split;
    this.#drawWhole();
    if (drive) this.#split.select(drive);
    this.#exposure.begin(seconds, goesOn);
    this.#selectedEnergy += drive ? this.#holdCells(both, volts, seconds) : this.#holdAll(volts, seconds);
    for (const group of drive ? [rowOnly, columnOnly, neither] : [])
      this.#halfSelectedEnergy += this.#holdCells(group, volts, seconds);
    this.#exposure.end();
  }

  play(waveforms: TileWaveforms): void {
    this.#countPulse(false);
    this.#drawWhole();
    const lines = lineSamples(waveforms, this.rows, this.columns);
    const playCell = waveforms.interpolation === 'hold' ? playHeld : playJoined;
    const { sampleSeconds } = lines;
    this.#exposure.begin(playbackSeconds(lines, waveforms.interpolation), false);
    lines.rows.forEach((row, rowIndex) => {
      lines.columns.forEach((column, columnIndex) => {
        if (!lines.isRowDriven[rowIndex] && !lines.isColumnDriven[columnIndex]) return;
        const cell = rowIndex * this.columns + columnIndex;
        this.#exposure.settle(cell);
        this.#selectedEnergy += playCell(this.#exposure, cell, { row, column, sampleSeconds });
        this.#exposure.finish(cell);
      });
    });
    this.#exposure.end();
  }

  rest(seconds: number): void {
    if (seconds === 0) return;
    this.#exposure.begin(seconds, false);
    this.#exposure.end();
  }

  modulate(name: string, value: number | Float64Array): void {
    const values = this.#storage.modulators[this.#device.modulators.findIndex((modulator) => modulator.name === name)];
    invariant(values, `a device without modulator \`${name}\``);
    // What has rested so far has rested at the old value.
    this.#exposure.settleAll();
    if (typeof value === 'number') values.fill(value);
    else values.set(value);
  }

  read(drive: TileDrive): Float64Array {
    this.#reads++;
    const currents = new Float64Array(this.columns);
    const { both, rowOnly, columnOnly, neither } = this.#split;
    this.#split.select(drive);
    this.#readGroup(both, drive.both, currents);
    this.#readGroup(rowOnly, drive.rowOnly, currents);
    this.#readGroup(columnOnly, drive.columnOnly, currents);
    this.#readGroup(neither, drive.neither, currents);
    return currents;
  }

  readCells(volts: Float64Array): Float64Array {
    invariant(volts.length === this.rows * this.columns, 'every cell has a voltage');
    this.#reads++;
    const currents = new Float64Array(this.columns);
    this.#draw(this.#readSpreads, this.#reads - 1, this.#split.whole);
    this.#exposure.settleAll();
    this.#physics.readCells(volts, currents);
    return currents;
  }

  currentsAt(volts: Float64Array, currents: Float64Array, slopes: Float64Array): void {
    this.#exposure.settleAll();
    this.#physics.currentsAt(volts, currents, slopes);
  }

  reset(): void {
    this.#exposure.reset();
    this.#storage.states.forEach((state, index) => state.fill(this.#physics.initial[index] ?? NaN));
    [this.#pulses, this.#reads, this.#wholeEvent] = [0, 0, -1];
    [this.#selectedEnergy, this.#halfSelectedEnergy] = [0, 0];
  }

  /** Counts a pulse event unless it goes on; returns whether it does. */
  #countPulse(continues: boolean): boolean {
    if (continues && this.#pulses > 0) return true;
    this.#pulses++;
    return false;
  }

  #stateAt(index: number): Float64Array {
    const values = this.#storage.states[index];
    invariant(values, 'a state of the device');
    this.#exposure.settleAll();
    return values;
  }

  #pulseGroup(group: CellGroup, volts: number, seconds: number): number {
    if (volts === 0 || group.rows.count === 0 || group.columns.count === 0) return 0;
    this.#draw(this.#pulseSpreads, this.#pulses - 1, group);
    this.#wholeEvent = -1;
    if (this.#physics.pulse) return this.#physics.pulse(group, volts, seconds);
    let energy = 0;
    this.#visit(group, (cell, n) => {
      energy += this.#exposure.hold(cell, n, volts, seconds);
    });
    return energy;
  }

  /** Holds all cells at their own voltages, which are often one. */
  #holdAll(volts: Float64Array, seconds: number): number {
    const [first = 0] = volts;
    const { pulse } = this.#physics;
    if (!pulse || volts.some((each) => each !== first)) return this.#holdCells(this.#split.whole, volts, seconds);
    return first === 0 ? 0 : pulse(this.#split.whole, first, seconds);
  }

  /** Variates of this pulse event for every cell; drawing them again would give the same. */
  #drawWhole(): void {
    if (this.#wholeEvent === this.#pulses - 1) return;
    this.#wholeEvent = this.#pulses - 1;
    this.#draw(this.#pulseSpreads, this.#wholeEvent, this.#split.whole);
  }

  /** Holds the cells of a group at their own voltages, with the variates of the whole tile; returns the energy. */
  #holdCells(group: CellGroup, volts: Float64Array, seconds: number): number {
    let energy = 0;
    this.#visit(group, (cell) => {
      const v = volts[cell] ?? NaN;
      if (v !== 0) energy += this.#exposure.hold(cell, cell, v, seconds);
    });
    return energy;
  }

  #readGroup(group: CellGroup, volts: number, currents: Float64Array): void {
    if (volts === 0 || group.rows.count === 0 || group.columns.count === 0) return;
    this.#draw(this.#readSpreads, this.#reads - 1, group);
    if (this.#physics.rest) {
      this.#visit(group, (cell) => {
        this.#exposure.settle(cell);
      });
    }
    this.#physics.read(group, volts, currents);
  }

  /** Calls `work` with every cell of a group and its place in it. */
  #visit({ rows, columns }: CellGroup, work: (cell: number, n: number) => void): void {
    let n = 0;
    for (let i = 0; i < rows.count; i++) {
      const start = (rows.indices[i] ?? 0) * this.columns;
      for (let j = 0; j < columns.count; j++) work(start + (columns.indices[j] ?? 0), n++);
    }
  }

  #draw(spreads: readonly ActiveSpread[], event: number, group: CellGroup): void {
    // In one event a cell has one role, so the direction is a function of event and cell.
    const along = group === this.#split.columnOnly ? 'columns' : 'rows';
    for (const { stream, law, variates } of spreads) {
      fillVariates(variates, law, { key: this.#key, stream, event, along }, group);
    }
  }

  #drawDevices(spreads: readonly ActiveSpread[], seed: number): void {
    for (const { stream, law, variates } of spreads) {
      fillDeviceSpread(variates, law, { seed, stream }, this.#split.whole);
    }
  }
}

/** Arrays of a tile with every variate at its mean or its known value, and every modulator at its initial one. */
function createStorage(setup: TileSetup, { spreads, states, modulators }: CellPhysics): TileStorage {
  const { rows, columns, window = { low: NaN, high: NaN }, known } = setup;
  const cells = rows * columns;
  return {
    columns,
    window,
    states: states.map(() => new Float64Array(cells)),
    before: states.map(() => new Float64Array(cells)),
    variates: spreads.map((spread) => {
      const values = known?.get(spread.name);
      invariant(
        !values || (values.length === cells && spread.per === 'device'),
        `known values of \`${spread.name}\` fit`,
      );
      return values ? Float64Array.from(values) : new Float64Array(cells).fill(spread.mean);
    }),
    modulators: modulators.map(({ initial }) => new Float64Array(cells).fill(initial)),
  };
}

function activeSpreads(setup: TileSetup, device: CellPhysics, storage: TileStorage): readonly ActiveSpread[] {
  return device.spreads.flatMap((law, stream) => {
    const variates = storage.variates[stream];
    const isFixed = law.deviation === 0 || setup.without.includes(law.name) || setup.known?.has(law.name);
    return isFixed || !variates ? [] : [{ stream, law, variates }];
  });
}
