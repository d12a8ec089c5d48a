/** Block: how faults and events of the blocks reach the monitor. */
import { invariant } from '../../core/invariant.js';
import type { ControllerSizes, Register } from '../legal.js';
import { LOOP_DEPTHS, type LoopDepth } from '../microcode.js';
import { registerField, valueField } from '../register-fields.js';

/** Interrupts in the order of their bits. */
export const INTERRUPTS = [
  'done',
  'fault',
  'underrun',
  'result_ready',
  'verify_fail',
  'event_lost',
  'wear_limit',
  'field_ready',
  'host_wait',
] as const;
/** Name of an interrupt; its place in {@link INTERRUPTS} is its bit. */
export type Interrupt = (typeof INTERRUPTS)[number];

/** Codes of faults, the most urgent first: of several in one clock the monitor tells the first in this list. */
export const FAULT_PRIORITY = [5, 3, 4, 1, 2, 6, 10, 13, 9, 8, 7, 12, 18, 11, 21, 19, 20, 17, 14, 15, 16] as const;

/** Bit of the monitor's `fault_i` for an error code. */
export function faultBit(code: number): number {
  invariant(code >= 1 && code <= FAULT_PRIORITY.length, `${String(code)} is the code of a fault`);
  return code - 1;
}

/** Bit of the monitor's `event_i` for an interrupt that another block raises. */
export function eventBit(interrupt: Exclude<Interrupt, 'done' | 'fault' | 'underrun'>): number {
  return INTERRUPTS.indexOf(interrupt) - INTERRUPTS.indexOf('result_ready');
}

/** Sizes that the counters kept with a fault follow from. */
type CounterSizes = Pick<ControllerSizes, 'hasSet' | 'entryLoops' | 'countedLoops' | 'counterBits'>;

/** Where a loop counter stands in `err_info`. */
export interface InfoCounter {
  readonly loop: LoopDepth;
  readonly lsb: number;
  readonly width: number;
}

/** Counters of the loops that a program has, packed from bit 0 on; long ones lose their highest bits. */
export function infoCounters(sizes: CounterSizes): readonly InfoCounter[] {
  const used = LOOP_DEPTHS.filter(
    (depth) => sizes.hasSet || ((sizes.entryLoops | sizes.countedLoops) >> depth) % 2 === 1,
  );
  const width = Math.min(sizes.counterBits, Math.floor(32 / Math.max(1, used.length)));
  return used.map((loop, index) => ({ loop, lsb: index * width, width }));
}

/** Fields of the register `err_info`. */
export function infoFields(sizes: CounterSizes): Register['fields'] {
  const counters = infoCounters(sizes);
  if (counters.length === 0) return [valueField(32, 0)];
  return counters.map(({ loop, lsb, width }) => {
    const name = `loop${String(loop)}`;
    return registerField({ name, lsb, width }, `index of loop ${String(loop)} at the first fault`);
  });
}
