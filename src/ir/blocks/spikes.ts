/** Block: ticks, and the planes of lines that spiked in each of the last ticks. */
import { ceilLog2 } from '../bit-width.js';
import type { ControllerSizes, Register } from '../legal.js';
import type { SpikeSizes } from '../spike-planes.js';
import { aerAddressBits } from './aer.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';
import { tunedRegister } from './tuned-register.js';

/** Events that wait behind the one that is looked at, coming or going: more than come while a plane is wiped. */
export const EVENT_BUFFER_DEPTH = 16;

/** Memory of spikes [ticks] and its time base [clocks]. */
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
  'rows' | 'columns' | 'rowBits' | 'columnBits' | `${'row' | 'column'}Plane${'Lanes' | 'Words' | 'GroupBits'}`
>;

/** The oldest age that can be loaded: one tick may come meanwhile, and the oldest plane is being wiped. */
export function maxSpikeAge({ planes }: Pick<SpikeConfig, 'planes'>): number {
  return planes - 3;
}

/** Planes of a ring whose oldest age is `age` ticks. */
export function spikePlanesFor(age: number): number {
  return 2 ** Math.max(2, ceilLog2(age + 3));
}

/** A tick may not be shorter, or wiping falls behind [clocks]. */
export function minTickClocks(lines: SpikeLines): number {
  return Math.max(1, lines.rowPlaneWords, lines.columnPlaneWords);
}

/** Registers of the tick [clocks] and of the refractory time [ticks]. */
export function spikeRegisters({ planes, tickClocks, refractoryTicks, tickBits }: SpikeConfig): readonly Register[] {
  return [
    tunedRegister({
      name: 'tick_div',
      offset: 0x038,
      width: tickBits,
      reset: tickClocks,
      summary: 'clocks of a tick, 0 for no ticks',
    }),
    tunedRegister({
      name: 'spike_refractory',
      offset: 0x1a0,
      width: ceilLog2(planes),
      reset: refractoryTicks,
      summary: 'ticks in which a line may spike once, 0 for any number of spikes',
    }),
  ];
}

/** Parameters of ion_spikes. */
export function spikeParameters(lines: SpikeLines, { planes }: SpikeConfig): readonly CellParameter[] {
  return cellParameters({
    Planes: planes,
    BufferDepth: EVENT_BUFFER_DEPTH,
    Rows: lines.rows,
    RowW: lines.rowBits,
    RowLanes: lines.rowPlaneLanes,
    RowWords: Math.max(1, lines.rowPlaneWords),
    RowGroupBits: lines.rowPlaneGroupBits,
    Columns: lines.columns,
    ColumnW: lines.columnBits,
    ColumnLanes: lines.columnPlaneLanes,
    ColumnWords: Math.max(1, lines.columnPlaneWords),
    ColumnGroupBits: lines.columnPlaneGroupBits,
    AddrW: aerAddressBits(lines),
  });
}

/** Sizes of the block's model. */
export function spikeModelSizes(lines: SpikeLines, { planes }: SpikeConfig): SpikeSizes {
  return {
    lines: { row: lines.rows, column: lines.columns },
    planes,
    words: minTickClocks(lines),
    bufferDepth: EVENT_BUFFER_DEPTH,
  };
}
