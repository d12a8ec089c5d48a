/** What the monitor of a controller is told: faults, events, state at a fault; what is absent is tied. */
import { eventBit, faultBit, infoCounters } from '../../ir/blocks/monitor.js';
import type { LegalModule } from '../../ir/legal.js';
import { CONDITION_CODE, UNIT_CODE, type CommandUnit } from '../../ir/microcode.js';
import { joinSignals, selectBits } from './declaration.js';
import type { Line } from './views.js';

export interface MonitorTexts {
  /** Further bits of `fault`, of the monitor's events, and its status. */
  readonly faults: readonly Line[];
  readonly events: readonly Line[];
  readonly fieldOk: string;
  readonly railsSettled: string;
  /** What a pulse needs to begin, and that one did not for want of the keys. */
  readonly mayFire: string;
  readonly refusedUnarmed: string;
  /** State that is kept with the first fault. */
  readonly info: string;
  readonly infoBits: number;
}

/** A unit is told something by the program. */
export function told(unit: CommandUnit): string {
  return `command & (command_unit == 4'd${String(UNIT_CODE[unit])})`;
}

/** Faults that not every controller can raise, each with its signal and what it needs. */
function unitFaults({ blocks, isFrozen, sizes }: LegalModule): readonly (readonly [number, string, unknown])[] {
  const { spikes, rails, field, wear } = blocks;
  return [
    [8, 'field_timeout', field],
    [9, 'field_fault', field],
    [10, 'rail_unsettled | (refused & armed)', rails],
    [12, 'word_damaged', isFrozen === true ? undefined : true],
    [13, 'rail_refused', rails],
    [14, 'in_overflow | out_overflow', spikes],
    // A program that looks at the wear decides by itself
    [16, 'wear_reached', looksAtWear(sizes) ? undefined : wear],
    [17, 'spike_overlap', spikes],
    [21, 'tick_late', spikes],
  ];
}

/** The program tells the host something: bit 0 of the argument that a cell was not written. */
const HOST_TOLD = told('host');

/** Faults that every controller can raise: those of the guard without its duty, of the scan and of the sequencer. */
const COMMON_FAULTS = [1, 3, 4, 5, 6, 7, 11, 19, 20] as const;
const DUTY_FAULT = 2;

/** Codes of the faults that the hardware of `module` can raise. */
export function raisedFaults(module: LegalModule): ReadonlySet<number> {
  const ofUnits = unitFaults(module).flatMap(([code, , block]) => (block === undefined ? [] : [code]));
  return new Set([...COMMON_FAULTS, ...(module.blocks.duty ? [DUTY_FAULT] : []), ...ofUnits]);
}

/** Interrupts of units that `module` lacks, by name: the host can test them, nothing else raises them. */
export function silentInterrupts({ blocks, sizes }: LegalModule): ReadonlySet<string> {
  const units: readonly (readonly [string, boolean])[] = [
    ['verify_fail', tellsHost(sizes.units)],
    ['host_wait', tellsHost(sizes.units)],
    ['event_lost', blocks.spikes !== undefined],
    ['wear_limit', blocks.wear !== undefined],
    ['field_ready', blocks.field !== undefined],
  ];
  return new Set(units.flatMap(([name, isThere]) => (isThere ? [] : [name])));
}

/** Texts of the monitor, and of what asks it and the guard. */
export function monitorTexts(module: LegalModule): MonitorTexts {
  const { blocks, sizes } = module;
  const { spikes, rails, field, wear } = blocks;
  const events = Array.from({ length: 6 }, () => "1'b0");
  events[eventBit('result_ready')] = 'result_ready';
  if (tellsHost(sizes.units)) {
    events[eventBit('host_wait')] = HOST_TOLD;
    events[eventBit('verify_fail')] = `${HOST_TOLD} & command_argument[0]`;
  }
  if (spikes) events[eventBit('event_lost')] = 'in_overflow | out_overflow';
  if (wear) events[eventBit('wear_limit')] = 'wear_reached';
  if (field) events[eventBit('field_ready')] = 'field_ready';
  return {
    faults: unitFaults(module)
      .filter(([, , block]) => block !== undefined)
      .map(([code, signal]) => ({ text: `fault[${String(faultBit(code))}] = ${signal};` })),
    events: joinSignals('assign unit_event = {', events.toReversed()),
    fieldOk: field ? 'field_ok' : "1'b0",
    railsSettled: rails ? 'rails_settled' : "1'b0",
    // A pulse that was due before the rails had settled is not begun either
    mayFire: rails ? 'armed & rails_settled' : 'armed',
    refusedUnarmed: rails ? '(refused & ~armed)' : 'refused',
    ...infoTexts(sizes),
  };
}

/** The loop counters as the monitor keeps them. */
function infoTexts(sizes: LegalModule['sizes']) {
  const counters = infoCounters(sizes);
  const last = counters.at(-1);
  const selected = counters.map(({ loop, width }) => selectBits('loop_count', loop * sizes.counterBits, width));
  return {
    info: counters.length === 0 ? "1'b0" : `{${selected.toReversed().join(', ')}}`,
    infoBits: last ? last.lsb + last.width : 1,
  };
}

function looksAtWear({ conditions }: Pick<LegalModule['sizes'], 'conditions'>): boolean {
  return (conditions >> CONDITION_CODE.wear) % 2 === 1;
}

function tellsHost(units: number): boolean {
  return (units >> UNIT_CODE.host) % 2 === 1;
}
