/**
 * A tile of any device: splits the lines of a drive into groups of equal voltage, counts events, draws
 * variates and leaves the physics of each group to generated code.
 */
import { invariant } from '../core/invariant.js';
import { keyOfSeed, type CellGroup } from '../numerics/normal.js';
import type { PhiloxKey } from '../numerics/philox.js';
import { fillVariates } from '../numerics/variates.js';
import type { TileDrive, TileKernel, TileSetup } from './kernel.js';
import { LineSplit } from './line-split.js';
import type { CellPhysics, SpreadLaw, TilePhysics, TileStorage } from './tile-physics.js';

/** A spread that is drawn, with its place in the device. */
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
  readonly conductance: Float64Array;
  readonly #key: PhiloxKey;
  readonly #split: LineSplit;
  readonly #states: readonly Float64Array[];
  readonly #physics: TilePhysics;
  readonly #pulseSpreads: readonly ActiveSpread[];
  readonly #readSpreads: readonly ActiveSpread[];
  #pulses = 0;
  #reads = 0;
  #selectedEnergy = 0;
  #halfSelectedEnergy = 0;

  constructor(setup: TileSetup, device: CellPhysics) {
    const storage = createStorage(setup, device);
    const [conductance] = storage.states;
    invariant(conductance, 'a device has a conductance');
    this.rows = setup.rows;
    this.columns = setup.columns;
    this.conductance = conductance;
    this.#key = keyOfSeed(setup.seed);
    this.#split = new LineSplit(setup.rows, setup.columns);
    this.#states = storage.states;
    this.#physics = device.createPhysics(storage);
    this.#pulseSpreads = activeSpreads(setup, device, storage).filter(({ law }) => law.per === 'pulse');
    this.#readSpreads = activeSpreads(setup, device, storage).filter(({ law }) => law.per === 'read');
    this.#drawDevices(activeSpreads(setup, device, storage).filter(({ law }) => law.per === 'device'));
    this.reset();
  }

  get selectedEnergy(): number {
    return this.#selectedEnergy;
  }

  get halfSelectedEnergy(): number {
    return this.#halfSelectedEnergy;
  }

  pulse(drive: TileDrive, seconds: number, continues = false): void {
    if (!continues || this.#pulses === 0) this.#pulses++;
    const { both, rowOnly, columnOnly, neither } = this.#split;
    this.#split.select(drive);
    this.#selectedEnergy += this.#pulseGroup(both, drive.both, seconds);
    this.#halfSelectedEnergy += this.#pulseGroup(rowOnly, drive.rowOnly, seconds);
    this.#halfSelectedEnergy += this.#pulseGroup(columnOnly, drive.columnOnly, seconds);
    this.#halfSelectedEnergy += this.#pulseGroup(neither, drive.neither, seconds);
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

  reset(): void {
    this.#states.forEach((state, index) => state.fill(this.#physics.initial[index] ?? NaN));
    this.#pulses = 0;
    this.#reads = 0;
    this.#selectedEnergy = 0;
    this.#halfSelectedEnergy = 0;
  }

  #pulseGroup(group: CellGroup, volts: number, seconds: number): number {
    if (volts === 0 || group.rows.count === 0 || group.columns.count === 0) return 0;
    this.#draw(this.#pulseSpreads, this.#pulses - 1, group);
    return this.#physics.pulse(group, volts, seconds);
  }

  #readGroup(group: CellGroup, volts: number, currents: Float64Array): void {
    if (volts === 0 || group.rows.count === 0 || group.columns.count === 0) return;
    this.#draw(this.#readSpreads, this.#reads - 1, group);
    this.#physics.read(group, volts, currents);
  }

  #draw(spreads: readonly ActiveSpread[], event: number, group: CellGroup): void {
    // In one event a cell has one role, so the direction is a function of event and cell.
    const along = group === this.#split.columnOnly ? 'columns' : 'rows';
    for (const { stream, law, variates } of spreads) {
      fillVariates(variates, law, { key: this.#key, stream, event, along }, group);
    }
  }

  #drawDevices(spreads: readonly ActiveSpread[]): void {
    const whole = this.#split.whole;
    for (const { stream, law, variates } of spreads) {
      fillVariates(variates, law, { key: this.#key, stream, event: 0, along: 'rows' }, whole);
    }
  }
}

/** Arrays of a tile with every variate at its mean or its known value. */
function createStorage({ rows, columns, window, known }: TileSetup, { spreads, stateCount }: CellPhysics): TileStorage {
  const cells = rows * columns;
  return {
    columns,
    window,
    states: Array.from({ length: stateCount }, () => new Float64Array(cells)),
    variates: spreads.map((spread) => {
      const values = known?.get(spread.name);
      invariant(
        !values || (values.length === cells && spread.per === 'device'),
        `known values of \`${spread.name}\` fit`,
      );
      return values ? Float64Array.from(values) : new Float64Array(cells).fill(spread.mean);
    }),
  };
}

function activeSpreads(setup: TileSetup, device: CellPhysics, storage: TileStorage): readonly ActiveSpread[] {
  return device.spreads.flatMap((law, stream) => {
    const variates = storage.variates[stream];
    const isFixed = law.deviation === 0 || setup.without.includes(law.name) || setup.known?.has(law.name);
    return isFixed || !variates ? [] : [{ stream, law, variates }];
  });
}
