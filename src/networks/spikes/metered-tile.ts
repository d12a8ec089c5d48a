/** An array whose energy is known share by share: one tile for each share of the device's energy, all doing the same. */
import { compileKernel } from '../../devices/compile-kernel.js';
import type { DeviceModel } from '../../devices/device-model.js';
import { behindWires } from '../../devices/wired-tile.js';
import { AnalogArray, type LineState } from '../../ir/analog-array.js';
import { prepareTile, type TileStart } from '../../ir/calibrate.js';
import type { MappedArray } from '../../ir/mapped.js';
import type { PulseProgram } from '../../ir/scheduled.js';

/** Name of what pulses take where the device does not say what for. */
const UNNAMED = 'pulses';

export interface MeteredTileSetup {
  readonly array: MappedArray;
  readonly program: Pick<PulseProgram, 'clockHz' | 'railSets' | 'scan'>;
  readonly start: TileStart;
  readonly seed: number;
  /** Whether shares of the energy are told apart; without, all of it is `pulses`. */
  readonly hasShares: boolean;
}

export class MeteredTile {
  readonly #columns: number;
  readonly #shares: readonly string[];
  readonly #arrays: readonly AnalogArray[];

  constructor({ array, program, start, seed, hasShares }: MeteredTileSetup) {
    const { energyTerms } = array.device;
    this.#columns = array.columns;
    this.#shares = hasShares ? energyTerms.map(({ name }) => name ?? UNNAMED) : [UNNAMED];
    // The first tile has all of the energy, the others one share each; the last share is what is left
    const devices = [array.device, ...this.#shares.slice(0, -1).map((_, share) => deviceOfShare(array.device, share))];
    this.#arrays = devices.map((device) => {
      const create = behindWires((setup) => compileKernel(device, setup), { ...array, device });
      return new AnalogArray(prepareTile({ ...array, device }, start, seed, create).kernel, program);
    });
  }

  begin(lines: LineState): void {
    for (const array of this.#arrays) array.begin(lines);
  }

  end(clocks: number): void {
    for (const array of this.#arrays) array.end(clocks);
  }

  rest(seconds: number): void {
    for (const { kernel } of this.#arrays) kernel.rest(seconds);
  }

  modulate(name: string, value: number): void {
    for (const { kernel } of this.#arrays) kernel.modulate(name, value);
  }

  /** State of a cell. */
  stateAt(row: number, column: number): number {
    return this.#arrays[0]?.kernel.conductance[row * this.#columns + column] ?? NaN;
  }

  /** Energy by share since the start [J]. */
  get energy(): Readonly<Record<string, number>> {
    const [whole = 0, ...parts] = this.#arrays.map(({ kernel }) => kernel.selectedEnergy + kernel.halfSelectedEnergy);
    const left = parts.reduce((rest, part) => rest - part, whole);
    const hold = this.#arrays[0]?.kernel.holdEnergy ?? 0;
    return {
      ...Object.fromEntries(this.#shares.map((name, index) => [name, parts[index] ?? left])),
      ...(hold > 0 && { hold }),
    };
  }
}

const variants = new WeakMap<DeviceModel, Map<number, DeviceModel>>();

/** `device` with one share of its energy only; the same object every time, so that it is compiled once. */
function deviceOfShare(device: DeviceModel, share: number): DeviceModel {
  const known = variants.get(device) ?? new Map<number, DeviceModel>();
  variants.set(device, known);
  const found = known.get(share) ?? { ...device, pulseEnergy: device.energyTerms[share]?.value ?? device.pulseEnergy };
  known.set(share, found);
  return found;
}
