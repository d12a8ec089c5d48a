/** Block: lines behind a board's shift registers instead of pins: what the board is, and how long a load takes. */
import { indexBits } from '../bit-width.js';
import type { Side } from '../environment.js';
import { forEachSegment } from '../operation-facts.js';
import { planeLanes } from '../plane-load.js';
import type { PulseProgram } from '../scheduled.js';
import { output, portGroup, type ControllerPortGroup } from '../controller-port.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';

/** What a controller says of its boards; one for the rows and one for the columns, alike. */
export interface SerialLines {
  /** Data pins of a side, a power of two that divides the lines of a plane's word. */
  readonly pins: number;
  /** Clocks of a bit, even. */
  readonly divider: number;
}

/** One side's lines behind a board's shift registers. */
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

/** Parameters of ion_line_serial. */
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

/** The board of one side; lines that rest or are driven, no more levels. */
export function serialSide(
  { rows, columns }: Pick<PulseProgram, 'rows' | 'columns'>,
  side: Side,
  { pins, divider }: SerialLines,
): Omit<SerialConfig, 'groupBits'> {
  const lines = side === 'row' ? rows : columns;
  return { lines, indexBits: indexBits(lines), lanes: planeLanes(lines), levelBits: 1, pins, divider };
}

/** Clocks of loading a segment on both sides at once; undefined where lines have pins. */
export function serialSegmentClocks(
  array: Pick<PulseProgram, 'rows' | 'columns'>,
  serial: SerialLines | undefined,
): number | undefined {
  if (!serial) return undefined;
  const clocks = (['row', 'column'] as const).map((side) =>
    serialLoadClocks({ ...serialSide(array, side, serial), groupBits: 0 }),
  );
  return Math.max(...clocks);
}

/** What of `program` boards of shift registers cannot do; nothing where lines have pins. */
export function serialFaults(program: PulseProgram): readonly string[] {
  const { serial } = program.blocks;
  if (!serial) return [];
  const { pins, divider } = serial;
  const faults = new Set<string>();
  if (divider < 2 || divider % 2 === 1) faults.add('a bit takes an even number of clocks');
  for (const side of ['row', 'column'] as const) {
    const { lanes } = serialSide(program, side, serial);
    if (pins < 1 || 2 ** Math.floor(Math.log2(pins)) !== pins || lanes % pins !== 0)
      faults.add('the pins of a side are a power of two that divides a word of its planes');
  }
  if (program.tiles > 1) faults.add('boards of shift registers belong to one tile');
  forEachSegment(program.operations, ({ row, column, levels, holds }) => {
    if (levels.row > 1 || levels.column > 1) faults.add('lines behind shift registers have one level');
    if (holds) faults.add('lines behind shift registers do not hold');
    for (const selection of [row, column]) {
      if (selection.kind === 'keep') faults.add('a board forgets what it had selected');
      if (selection.kind === 'plane' && selection.source.kind === 'marks') faults.add('marks stay inside the chip');
    }
  });
  return [...faults];
}

/** Clocks of loading one segment, whatever it selects. */
export function serialLoadClocks(config: SerialConfig): number {
  return serialBits(config) * config.divider;
}

/** Pins of the side whose ports begin with `prefix`. */
export function serialPorts(prefix: 'row' | 'col', { pins }: SerialLines): ControllerPortGroup {
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
