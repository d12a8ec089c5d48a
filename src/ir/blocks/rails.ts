/** Block: codes of the rails' converters and of bias groups, with limits that the host may tighten and lock. */
import { indexBits } from '../bit-width.js';
import { input, output, portGroup, type ControllerPortGroup } from '../controller-port.js';
import type { MemoryWindow, Register } from '../legal.js';
import { WINDOWS } from '../window-map.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';
import { tunedRegister } from './tuned-register.js';

/** Rails that the table's addresses have room for. */
export const MAX_RAILS = 16;

/** Words of the window from which on limits stand: {highest, lowest} from bits 16 and 0 on. */
export const RAIL_LIMIT_WORD = 16;

/** Window of the codes and of the limits, a word for every rail. */
export const RAIL_WINDOW: MemoryWindow = {
  base: WINDOWS.rail.base,
  depth: 2 * MAX_RAILS,
  width: 32,
  lanes: 1,
  laneStride: 1,
};

/** One rail or bias group; all values are codes of its converter. */
export interface Rail {
  /** Code after reset, and the lowest and highest that are ever sent. */
  readonly code: number;
  readonly low: number;
  readonly high: number;
}

/** Rails behind one bus, widths [bits] and reset values of its times. */
export interface RailConfig {
  /** Rails, then bias groups: all behind the same bus; at most {@link MAX_RAILS}. */
  readonly rails: readonly Rail[];
  readonly codeBits: number;
  readonly countBits: number;
  /** Reset values: settling after the last code, and longest wait for an answer, both at least 1 [clocks]. */
  readonly settleClocks: number;
  readonly answerClocks: number;
}

/** Parameters of ion_rail; tables are concatenations with the first rail lowest. */
export function railParameters({ rails, codeBits, countBits }: RailConfig): readonly CellParameter[] {
  const table = (codeOf: (rail: Rail) => number): string =>
    `{${rails
      .toReversed()
      .map((rail) => `${String(codeBits)}'d${String(codeOf(rail))}`)
      .join(', ')}}`;
  return [
    ...cellParameters({ Rails: rails.length, IndexW: indexBits(rails.length), CodeW: codeBits, CountW: countBits }),
    { port: 'Codes', signal: table((rail) => rail.code) },
    { port: 'Lows', signal: table((rail) => rail.low) },
    { port: 'Highs', signal: table((rail) => rail.high) },
  ];
}

/** Registers beside the tables, which the cell keeps itself. */
export function railRegisters({ countBits, settleClocks, answerClocks }: RailConfig): readonly Register[] {
  return [
    tunedRegister({
      name: 'rail_settle',
      offset: 0x0b0,
      width: countBits,
      reset: settleClocks,
      summary: 'settling after the last rail code, at least 1 [clocks]',
    }),
    tunedRegister({
      name: 'rail_limit',
      offset: 0x0b4,
      width: countBits,
      reset: answerClocks,
      summary: "longest wait for a rail converter's answer, at least 1 [clocks]",
    }),
  ];
}

/** Pins of the bus to the rail converters. */
export function railPorts({ rails, codeBits }: RailConfig): ControllerPortGroup {
  return portGroup(
    'Rail converters, four-phase: index and code stand from request to answer',
    output('dac_req_o', 1, 'request'),
    output('dac_idx_o', indexBits(rails.length), 'rail'),
    output('dac_code_o', codeBits, 'code'),
    input('dac_ack_i', 1, 'answer'),
  );
}
