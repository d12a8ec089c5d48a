/** Block: what the guard limits beyond the on-time that every controller has: duty, temperature, and a lock. */
import { bitsFor } from '../bit-width.js';
import { input, type ControllerPort } from '../controller-port.js';
import type { ControllerSizes, Register } from '../legal.js';
import { valueField } from '../register-fields.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';
import type { ControllerBlocks } from './controller-blocks.js';

/** What the guard counts beside its fixed duties; on-times and duty are in clocks. */
export interface GuardConfig {
  readonly onTimeBits: number;
  /** On-time that the leaky bucket holds, and how much of all time leaks out of it: 2^-leak. */
  readonly duty?: { readonly clocks: number; readonly leak: number };
  /**
   * Whether pulses of one polarity that follow each other without a rest count as one, whatever lines they are on:
   * needs no trust in the program, but a program without rests does not run.
   */
  readonly isStrict: boolean;
}

/** The guard of a controller with `blocks`. */
export function guardConfig(
  { duty }: Pick<ControllerBlocks, 'duty'>,
  { onTimeBits }: Pick<ControllerSizes, 'onTimeBits'>,
): GuardConfig {
  return { onTimeBits, isStrict: false, ...(duty && { duty }) };
}

/** The most that `duty_leak` says: 1/128 of all time. */
export const MAX_DUTY_LEAK = 7;

/** Bits of `duty_max`; 0 where there is no duty limit. */
export function dutyBits({ duty }: GuardConfig): number {
  return duty ? bitsFor(duty.clocks) : 0;
}

/** Parameters of ion_guard. */
export function guardParameters(config: GuardConfig): readonly CellParameter[] {
  return cellParameters({ OnTimeW: config.onTimeBits, DutyW: dutyBits(config), Strict: Number(config.isStrict) });
}

/** Registers beside `on_max`. */
export function guardRegisters(config: GuardConfig): readonly Register[] {
  return [...dutyRegisters(config), LOCK];
}

const LOCK: Register = {
  name: 'lock',
  offset: 0x098,
  access: 'wo',
  summary: 'any write freezes the limits of guard and rails until reset',
  fields: [valueField(1, 0)],
};

function dutyRegisters(config: GuardConfig): readonly Register[] {
  const { duty } = config;
  if (!duty) return [];
  const limit = { access: 'rw', lockedWhile: 'armed' } as const;
  return [
    {
      name: 'duty_max',
      offset: 0x090,
      ...limit,
      summary: 'on-time beyond its leak after which pulses are cut, two clocks later [clocks]',
      fields: [valueField(dutyBits(config), duty.clocks)],
    },
    {
      name: 'duty_leak',
      offset: 0x094,
      ...limit,
      summary: 'on-time of 2^-duty_leak of all time is free; 0 for no limit',
      fields: [valueField(3, duty.leak)],
    },
  ];
}

/** Pins beside those for emergency stop and over-current. */
export function guardPorts(): readonly ControllerPort[] {
  return [input('otp_i', 1, 'over-temperature')];
}
