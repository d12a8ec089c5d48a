/** Faults that tests inject into a whole controller while it runs, and what becomes of the run. */
import { RAIL_LIMIT_WORD, RAIL_WINDOW } from '../../src/ir/blocks/rails.js';
import type { PinChange, Trouble } from './plant.js';

export interface Injection {
  readonly what: string;
  /** Code in `err_code`, 0 where the fault must do nothing. */
  readonly code: number;
  readonly trouble?: Trouble;
  /** Registers that are set for the run. */
  readonly registers?: Readonly<Record<string, number>>;
  /** A word of a window: its value for the run, and the one that is put back. */
  readonly word?: { readonly address: number; readonly value: number; readonly back: number };
  /** A bit of the program's first word is flipped for the run. */
  readonly damagesWord?: true;
  readonly isUnarmed?: true;
  /** Runs without a clear between them until the fault shows. */
  readonly runs?: number;
  /** Nothing may fire in the run. */
  readonly firesNothing?: true;
}

const pins = (...changes: readonly PinChange[]): Trouble => ({ pins: changes });

/** A row spikes: request and address. */
function spike(from: number, until: number): readonly PinChange[] {
  return [
    { pin: 'aer_in_addr_i', value: 5, from: 0 },
    { pin: 'aer_in_req_i', value: 1, from, until },
  ];
}

const FIRST_RAIL = { address: RAIL_WINDOW.base, value: 3, back: 3 };
const SECOND_LIMITS = { address: RAIL_WINDOW.base + 4 * (RAIL_LIMIT_WORD + 1), value: 0xff_0005, back: 0xff_0000 };

export const INJECTIONS: readonly Injection[] = [
  { what: 'a pulse of the work list is longer than `on_max`', code: 1, registers: { on_max_lo: 6 } },
  { what: 'pulses beyond `duty_max`', code: 2, registers: { duty_max: 6 } },
  { what: 'over-current', code: 3, trouble: pins({ pin: 'ocp_i', value: 1, from: 250, until: 251 }) },
  { what: 'over-temperature', code: 4, trouble: pins({ pin: 'otp_i', value: 1, from: 250, until: 251 }) },
  { what: 'emergency stop', code: 5, trouble: pins({ pin: 'estop_ni', value: 0, from: 250, until: 251 }) },
  { what: 'a run without the keys', code: 6, isUnarmed: true, firesNothing: true },
  { what: 'a converter falls silent', code: 7, trouble: { silentFrom: 3 } },
  { what: 'a converter answers before it is asked', code: 0, trouble: { answersUnasked: true } },
  { what: 'a converter answers twice', code: 0, trouble: { answerClocks: 2 } },
  { what: 'the field never comes into its window', code: 8, trouble: pins({ pin: 'in_window_i', value: 0, from: 78 }) },
  {
    what: 'the field leaves its window',
    code: 9,
    trouble: pins({ pin: 'in_window_i', value: 0, from: 120, until: 125 }),
  },
  { what: 'the coil fails on its way', code: 9, trouble: pins({ pin: 'coil_fault_i', value: 1, from: 78, until: 83 }) },
  { what: "a rail's converter never answers", code: 10, trouble: { rails: 'silent' } },
  { what: "a rail's converter never lets go", code: 10, trouble: { rails: 'stuck' } },
  { what: 'a pulse is due while a rail still moves', code: 10, word: FIRST_RAIL, firesNothing: true },
  { what: 'a segment is late in a strict run', code: 11, registers: { strict: 1 } },
  { what: 'a bit of a program word flips', code: 12, damagesWord: true, firesNothing: true },
  { what: 'the code of a rail is outside its limits', code: 13, word: SECOND_LIMITS },
  { what: 'nobody takes the events that go out', code: 14, trouble: { isDeaf: true }, runs: 4 },
  { what: 'a line spikes twice', code: 17, trouble: pins(...spike(170, 180), ...spike(200, 210)) },
  { what: 'a request of one clock at the event input', code: 0, trouble: pins(...spike(170, 171)) },
  { what: 'a request that never goes', code: 0, trouble: pins(...spike(170, Infinity)) },
  { what: 'the work list is empty', code: 19, registers: { limit: 0 } },
  { what: 'more results than there is room for', code: 20, registers: { loop0_last: 7 } },
  { what: 'a tick comes before the last one was taken', code: 21, registers: { tick_div: 30 } },
];
