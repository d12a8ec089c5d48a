/** Cells that lines hold at a voltage while nothing fires, where that voltage is a modulator of the device. */
import type { TileDrive, TileKernel } from '../devices/kernel.js';
import type { RestBias } from './scheduled.js';

/** See {@link RestBias}; voltages beyond the range count as its ends. */
export class RestingCells {
  readonly #kernel: TileKernel;
  readonly #bias: RestBias;
  /** Voltages that the kernel knows, and those of the stretch that comes (rows x columns) [V]. */
  readonly #held: Float64Array;
  readonly #next: Float64Array;

  constructor(kernel: TileKernel, bias: RestBias) {
    this.#kernel = kernel;
    this.#bias = bias;
    this.#held = new Float64Array(kernel.rows * kernel.columns).fill(NaN);
    this.#next = this.#held.slice();
  }

  /** Cells see these voltages from now on: those of a drive, or one for every cell. */
  hold(volts: TileDrive | Float64Array): void {
    if (volts instanceof Float64Array) this.#next.set(volts);
    else this.#fill(volts);
    const { minVolts, maxVolts, modulator } = this.#bias;
    let isSame = true;
    this.#next.forEach((wanted, cell) => {
      const held = Math.min(maxVolts, Math.max(minVolts, wanted));
      isSame &&= held === this.#held[cell];
      this.#held[cell] = held;
    });
    if (!isSame) this.#kernel.modulate(modulator, this.#held);
  }

  #fill({ rows, columns, both, rowOnly, columnOnly, neither }: TileDrive): void {
    const width = this.#kernel.columns;
    this.#next.fill(neither);
    for (const row of rows) this.#next.fill(rowOnly, row * width, (row + 1) * width);
    const selected = new Set(rows);
    for (const column of columns) {
      for (let row = 0; row < this.#kernel.rows; row++) {
        this.#next[row * width + column] = selected.has(row) ? both : columnOnly;
      }
    }
  }
}
