/** Block: ticks, and the planes of lines that spiked in each of the last ticks. */
import { ceilLog2 } from '../bit-width.js';
import type { ControllerSizes, PlaneSizes, Register } from '../legal.js';
import type { SpikeSizes } from '../spike-planes.js';
import { aerAddressBits } from './aer.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';

export const SPIKE_ERRORS: Readonly<Record<number, string>> = {
  17: 'a line spiked again within its refractory time',
  21: 'a tick came while the last one was pending',
};

/** Events that wait behind the one that is looked at: more than come while a plane is wiped. */
const BUFFER_DEPTH = 16;

export interface SpikeConfig {
  /** Ticks that are remembered, the running one and the one that is wiped included; a power of two. */
  readonly planes: number;
  /** Reset values: clocks of a tick (0: none), and ticks in which a line may spike once (0: any number of spikes). */
  readonly tickClocks: number;
  readonly refractoryTicks: number;
  /** Bits of the tick divider. */
  readonly tickBits: number;
}

/** Sides and widths that the block follows from. */
export type SpikeLines = Pick<
  ControllerSizes,
  'rows' | 'columns' | 'rowBits' | 'columnBits' | 'rowPlanes' | 'columnPlanes'
>;

/** The oldest age that can be loaded: the plane behind it is being wiped. */
export function maxSpikeAge({ planes }: Pick<SpikeConfig, 'planes'>): number {
  return planes - 2;
}

/** Planes of a ring whose oldest age is `age` ticks. */
export function spikePlanesFor(age: number): number {
  return 2 ** Math.max(1, ceilLog2(age + 2));
}

/** A tick may not be shorter, or wiping falls behind [clocks]. */
export function minTickClocks(lines: SpikeLines): number {
  return Math.max(wordsOf(lines.rowPlanes), wordsOf(lines.columnPlanes));
}

export function spikeRegisters({ planes, tickClocks, refractoryTicks, tickBits }: SpikeConfig): readonly Register[] {
  const tuning = { access: 'rw', lockedWhile: 'busy' } as const;
  const value = { name: 'value', lsb: 0, summary: 'value' } as const;
  return [
    {
      name: 'tick_div',
      offset: 0x038,
      ...tuning,
      summary: 'clocks of a tick, 0 for no ticks',
      fields: [{ ...value, width: tickBits, reset: tickClocks }],
    },
    {
      name: 'spike_refractory',
      offset: 0x1a0,
      ...tuning,
      summary: 'ticks in which a line may spike once, 0 for any number of spikes',
      fields: [{ ...value, width: ceilLog2(planes), reset: refractoryTicks }],
    },
  ];
}

/** Parameters of ion_spikes. */
export function spikeParameters(lines: SpikeLines, { planes }: SpikeConfig): readonly CellParameter[] {
  return cellParameters({
    Planes: planes,
    BufferDepth: BUFFER_DEPTH,
    Rows: lines.rows,
    RowW: lines.rowBits,
    ...sideParameters('Row', lines.rowPlanes, lines.rows),
    Columns: lines.columns,
    ColumnW: lines.columnBits,
    ...sideParameters('Column', lines.columnPlanes, lines.columns),
    AddrW: aerAddressBits(lines),
  });
}

/** Sizes of the block's model. */
export function spikeModelSizes(lines: SpikeLines, { planes }: SpikeConfig): SpikeSizes {
  return {
    lines: { row: lines.rows, column: lines.columns },
    planes,
    words: minTickClocks(lines),
    bufferDepth: BUFFER_DEPTH,
  };
}

/** A side that no segment loads from a memory has its planes in one word. */
function sideParameters(side: 'Row' | 'Column', planes: PlaneSizes, lines: number): Readonly<Record<string, number>> {
  return {
    [`${side}Lanes`]: planes.words === 0 ? lines : planes.lanes,
    [`${side}Words`]: wordsOf(planes),
    [`${side}GroupBits`]: planes.words === 0 ? 0 : planes.groupBits,
  };
}

function wordsOf({ words }: PlaneSizes): number {
  return Math.max(1, words);
}
