/** The registers of every controller: what it is, commands and interrupts, counters, tuned numbers, loops and seeds. */
import type { ControllerLimits, ControllerSizes, Register } from './legal.js';
import { infoFields } from './blocks/monitor.js';
import { CONDITION_CODE, LOOP_DEPTHS } from './microcode.js';
import { bitField as bit, registerField as field, valueField as value, wideRegisters } from './register-fields.js';
import type { ConverterScan } from './scheduled.js';

/** `ION1` in ASCII. */
export const CONTROLLER_ID = 0x494f_4e31;

/** What the core registers follow from; reset values are those of the program that was compiled. */
export interface CoreRegisterInputs {
  readonly sizes: ControllerSizes;
  readonly limits: ControllerLimits;
  readonly scan: ConverterScan;
  readonly specHash: number;
}

/** The core registers, without those that blocks bring. */
export function coreRegisters(inputs: CoreRegisterInputs): readonly Register[] {
  return [...identity(inputs), ...control(inputs.sizes), ...activity(), ...tuning(inputs), ...sequencing(inputs)];
}

function identity({ sizes, scan, specHash }: CoreRegisterInputs): readonly Register[] {
  const constant = { access: 'ro', from: 'constant' } as const;
  return [
    { name: 'id', offset: 0x000, ...constant, summary: '`ION1`', fields: [value(32, CONTROLLER_ID)] },
    {
      name: 'cap_lines',
      offset: 0x004,
      ...constant,
      summary: 'lines of the array',
      fields: [
        field({ name: 'rows', lsb: 0, width: 16 }, 'rows', sizes.rows),
        field({ name: 'columns', lsb: 16, width: 16 }, 'columns', sizes.columns),
      ],
    },
    {
      name: 'cap_converters',
      offset: 0x008,
      ...constant,
      summary: 'column converters',
      fields: [
        field({ name: 'converters', lsb: 0, width: 12 }, 'converters', scan.converters),
        field({ name: 'shares', lsb: 12, width: 12 }, 'columns that share one', scan.shares),
        field({ name: 'bits', lsb: 24, width: 8 }, 'bits of a code', scan.bits),
      ],
    },
    {
      name: 'spec_hash',
      offset: 0x00c,
      ...constant,
      summary: 'what this controller was compiled from; a host refuses another',
      fields: [value(32, specHash)],
    },
  ];
}

function control(sizes: ControllerSizes): readonly Register[] {
  return [
    {
      name: 'ctrl',
      offset: 0x010,
      access: 'wo',
      summary: 'commands',
      fields: [bit('clear', 0, 'clears counters and the error code'), bit('disarm', 1, 'disarms the drivers')],
    },
    {
      name: 'status',
      offset: 0x014,
      access: 'ro',
      from: 'hardware',
      summary: 'state of the run',
      fields: [
        bit('busy', 0, 'a program runs'),
        bit('armed', 1, 'the drivers are armed'),
        bit('field_ok', 2, 'the field has settled'),
        bit('rails_settled', 3, 'all rails have settled'),
        field({ name: 'causes', lsb: 8, width: 6 }, 'what has disarmed, bit k for fault k + 1'),
        field({ name: 'address', lsb: 16, width: 16 }, 'program address of the running segment'),
      ],
    },
    {
      name: 'arm',
      offset: 0x018,
      access: 'wo',
      summary: 'A5C3_5A3C, then 3CA5_C35A within 256 clocks, arm; any other word disarms',
      fields: [value(32, 0)],
    },
    {
      name: 'abort',
      offset: 0x01c,
      access: 'wo',
      summary: 'any write ends the run, all lines to REST, and disarms',
      fields: [value(1, 0)],
    },
    ...interrupts(),
    ...run(sizes),
  ];
}

function interrupts(): readonly Register[] {
  const causes = [
    bit('done', 0, 'a run has ended'),
    bit('fault', 1, 'a fault has ended a run'),
    bit('underrun', 2, 'a segment was not ready in time'),
    bit('result_ready', 3, 'results can be read'),
    bit('verify_fail', 4, 'a cell could not be written within its attempts'),
    bit('event_lost', 5, 'an event found no room'),
    bit('wear_limit', 6, 'a row has had all pulses that it may have'),
    bit('field_ready', 7, 'the field has settled'),
    bit('host_wait', 8, 'the program waits for the host'),
  ];
  return [
    { name: 'intr_state', offset: 0x020, access: 'rw1c', summary: 'interrupts', fields: causes },
    {
      name: 'intr_enable',
      offset: 0x024,
      access: 'rw',
      summary: 'interrupts that raise `irq_o`',
      fields: [value(causes.length, 0)],
    },
    { name: 'intr_test', offset: 0x028, access: 'wo', summary: 'sets interrupts', fields: causes },
  ];
}

function run(sizes: ControllerSizes): readonly Register[] {
  return [
    {
      name: 'err_code',
      offset: 0x02c,
      access: 'ro',
      from: 'hardware',
      summary: 'first fault since the last clear',
      fields: [
        field({ name: 'code', lsb: 0, width: 8 }, 'kind of the fault, 0 none'),
        field({ name: 'address', lsb: 16, width: 16 }, 'program address of the segment on the lines'),
      ],
    },
    {
      name: 'err_info',
      offset: 0x030,
      access: 'ro',
      from: 'hardware',
      summary: 'loop counters at the first fault',
      fields: infoFields(sizes),
    },
    {
      name: 'cmd',
      offset: 0x034,
      access: 'wo',
      lockedWhile: 'busy',
      summary: 'starts the program at this address',
      fields: [value(sizes.addressBits, 0)],
    },
    {
      name: 'limit',
      offset: 0x190,
      access: 'rw',
      lockedWhile: 'busy',
      summary: 'entries in the work list',
      fields: [value(sizes.entryBits + 1, 0)],
    },
  ];
}

function activity(): readonly Register[] {
  const live = { access: 'ro', from: 'hardware', fields: [value(32, 0)] } as const;
  return [
    { name: 'time_lo', offset: 0x03c, ...live, freezesOnRead: true, summary: 'clocks since reset; freezes `time_hi`' },
    { name: 'time_hi', offset: 0x040, ...live, summary: 'upper 16 bits of the clocks since reset' },
    { name: 'underrun', offset: 0x044, ...live, summary: 'segments that were not ready in time' },
    { name: 'pulses', offset: 0x048, ...live, summary: 'firing segments' },
    { name: 'adc_conv', offset: 0x050, ...live, summary: 'conversion steps' },
    {
      name: 'strict',
      offset: 0x060,
      access: 'rw',
      lockedWhile: 'busy',
      summary: 'a segment that is not ready in time ends the run',
      fields: [value(1, 0)],
    },
  ];
}

function tuning({ sizes, limits, scan }: CoreRegisterInputs): readonly Register[] {
  return [
    ...wideRegisters({
      name: 'on_max',
      offset: 0x080,
      width: sizes.onTimeBits,
      reset: limits.onTimeClocks,
      lockedWhile: 'armed',
      summary: 'longest pulse that the guard lets pass [clocks]',
    }),
    ...wideRegisters({
      name: 'rest',
      offset: 0x088,
      width: sizes.dwellBits,
      reset: limits.restClocks,
      lockedWhile: 'busy',
      summary: 'REST between pulses, 0 for none [clocks]',
    }),
    {
      name: 'adc_settle',
      offset: 0x0c0,
      access: 'rw',
      lockedWhile: 'busy',
      summary: 'settling before a conversion, 0 counts as 1 [clocks]',
      fields: [value(sizes.scanBits, scan.settleClocks)],
    },
    {
      name: 'adc_limit',
      offset: 0x0c4,
      access: 'rw',
      lockedWhile: 'busy',
      summary: 'longest wait for a converter, 0 counts as 1 [clocks]',
      fields: [value(sizes.scanBits, limits.answerClocks)],
    },
  ];
}

/** What the program reads while it runs; a controller has the registers that its program needs. */
function sequencing({ sizes, limits }: CoreRegisterInputs): readonly Register[] {
  const kept = { access: 'rw', lockedWhile: 'busy' } as const;
  const loops = LOOP_DEPTHS.filter((depth) => (sizes.countedLoops >> depth) % 2 === 1).map((depth): Register => ({
    name: `loop${String(depth)}_last`,
    offset: 0x180 + 4 * depth,
    ...kept,
    summary: `last turn of loop ${String(depth)}, counted from 0`,
    fields: [value(sizes.counterBits, limits.loopLasts[depth] ?? 0)],
  }));
  const go: Register = {
    name: 'host_go',
    offset: 0x18c,
    access: 'wo',
    summary: 'any write lets a program go on that waits for the host',
    fields: [value(1, 0)],
  };
  return [
    ...(sizes.hasRandom ? random(limits) : []),
    ...loops,
    ...((sizes.conditions >> CONDITION_CODE.host) % 2 === 1 ? [go] : []),
  ];
}

function random({ randomPlanes }: ControllerLimits): readonly Register[] {
  const seed = { access: 'rw', from: 'hardware', lockedWhile: 'busy', fields: [value(32, 1)] } as const;
  return [
    { name: 'seed_row', offset: 0x0e0, ...seed, summary: 'random register of the rows; 0 becomes 1' },
    { name: 'seed_column', offset: 0x0e4, ...seed, summary: 'random register of the columns; 0 becomes 1' },
    {
      name: 'random_planes',
      offset: 0x0e8,
      access: 'rw',
      lockedWhile: 'busy',
      summary: 'planes that a random selection draws from; a draw beyond them selects no line',
      fields: [value(4, randomPlanes)],
    },
  ];
}
