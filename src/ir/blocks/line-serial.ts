/** Block: lines behind a board's shift registers instead of pins: what the board is, and how long a load takes. */
import { output, portGroup, type ControllerPortGroup } from '../controller-port.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';

export interface SerialConfig {
  readonly lines: number;
  readonly indexBits: number;
  /** Lines of a plane word, and bits of a group's index. */
  readonly lanes: number;
  readonly groupBits: number;
  readonly levelBits: number;
  /** Data pins, a power of two that divides `lanes`, and clocks of a bit, even. */
  readonly pins: number;
  readonly divider: number;
}

export function serialParameters(config: SerialConfig): readonly CellParameter[] {
  return cellParameters({
    Lines: config.lines,
    IndexW: config.indexBits,
    WordW: config.lanes,
    GroupW: Math.max(1, config.groupBits),
    LevelW: config.levelBits,
    Pins: config.pins,
    Divider: config.divider,
  });
}

/** Bits that leave through each pin for one segment. */
export function serialBits({ lines, levelBits, pins }: SerialConfig): number {
  return Math.ceil(lines / pins) * levelBits;
}

/** Clocks of loading one segment, whatever it selects. */
export function serialLoadClocks(config: SerialConfig): number {
  return serialBits(config) * config.divider;
}

/** Pins of the side whose ports begin with `prefix`. */
export function serialPorts(prefix: 'row' | 'col', { pins }: SerialConfig): ControllerPortGroup {
  return portGroup(
    'Shift registers of the board: outputs show what was latched, or level 0 everywhere',
    output(`${prefix}_sclk_o`, 1, 'shift clock, data taken on its rising edge'),
    output(`${prefix}_data_o`, pins, 'one bit for each register'),
    output(`${prefix}_latch_o`, 1, 'outputs take the registers on its rising edge'),
    output(`${prefix}_rest_o`, 1, 'all outputs at level 0'),
  );
}

/** Levels of the pins in one clock. */
export interface SerialPins {
  readonly clock: boolean;
  /** One bit for each data pin, pin 0 lowest. */
  readonly data: number;
  readonly latch: boolean;
  readonly rest: boolean;
}

/** A board: a chain of registers at every data pin, and latches behind them. */
export class ShiftRegisterBoard {
  readonly #config: SerialConfig;
  /** Bits shifted, the latest first. */
  #shifted: readonly number[];
  #latched: readonly number[];
  #last: SerialPins = { clock: false, data: 0, latch: false, rest: true };

  constructor(config: SerialConfig) {
    this.#config = config;
    this.#shifted = Array.from({ length: serialBits(config) }, () => 0);
    this.#latched = this.#shifted;
  }

  /** The pins change to `pins`. */
  step(pins: SerialPins): void {
    if (pins.clock && !this.#last.clock) this.#shifted = [pins.data, ...this.#shifted.slice(0, -1)];
    if (pins.latch && !this.#last.latch) this.#latched = this.#shifted;
    this.#last = pins;
  }

  /** Level of every line. */
  get levels(): readonly number[] {
    const { lines, levelBits, pins } = this.#config;
    const bits = this.#latched.toReversed();
    return Array.from({ length: lines }, (_, line) => {
      if (this.#last.rest) return 0;
      const first = Math.floor(line / pins) * levelBits;
      const level = bits.slice(first, first + levelBits).map((data, bit) => ((data >>> (line % pins)) & 1) << bit);
      return level.reduce((sum, bit) => sum + bit, 0);
    });
  }
}
