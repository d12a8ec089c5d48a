/**
 * What cells show at the read voltage, without noise: their first state where that is a conductance, else their current
 * over the voltage, as for resistances and cells of several states.
 */
import type { DeviceModel } from '../devices/device-model.js';
import type { TileKernel } from '../devices/kernel.js';

export class CellReading {
  readonly #kernel: TileKernel;
  /** Absent where the first state is it. */
  readonly #currents: CellCurrents | undefined;

  constructor(kernel: TileKernel, device: DeviceModel) {
    this.#kernel = kernel;
    if (!showsFirstState(device)) this.#currents = new CellCurrents(kernel, device.readVoltage.volts);
  }

  /** (rows x columns) [S]. A view. */
  get siemens(): Float64Array {
    return this.#currents?.siemens ?? this.#kernel.conductance;
  }

  /** Time has passed, or something around the cells has changed. */
  forget(): void {
    this.#currents?.forget();
  }
}

/** Whether the first state of a device is what it conducts. */
export function showsFirstState({ windows, states }: DeviceModel): boolean {
  return windows.length > 0 && states.length === 1;
}

class CellCurrents {
  readonly #kernel: TileKernel;
  readonly #volts: Float64Array;
  readonly #slopes: Float64Array;
  readonly #siemens: Float64Array;
  #isKnown = false;

  constructor(kernel: TileKernel, volts: number) {
    this.#kernel = kernel;
    this.#volts = new Float64Array(kernel.rows * kernel.columns).fill(volts);
    this.#slopes = new Float64Array(this.#volts.length);
    this.#siemens = new Float64Array(this.#volts.length);
  }

  get siemens(): Float64Array {
    if (this.#isKnown) return this.#siemens;
    this.#kernel.currentsAt(this.#volts, this.#siemens, this.#slopes);
    this.#siemens.forEach((amperes, cell) => {
      this.#siemens[cell] = amperes / (this.#volts[cell] ?? NaN);
    });
    this.#isKnown = true;
    return this.#siemens;
  }

  forget(): void {
    this.#isKnown = false;
  }
}
