/** The register map: one table from which RTL, host driver and document are made. */
import { invariant } from '../core/invariant.js';
import type { TunedRegister } from './chip.js';
import { coreRegisters, type CoreRegisterInputs } from './core-registers.js';
import type { Register } from './legal.js';
import { registerFaults } from './register-faults.js';

/** Keys that arm the drivers, in this order. */
export const ARM_KEYS = [0xa5c3_5a3c, 0x3ca5_c35a] as const;

/** Bits of `status`, `ctrl` and of the interrupt registers. */
export const STATUS_BUSY = 1;
export const STATUS_ARMED = 2;
export const CTRL_CLEAR = 1;
export const INTR_DONE = 1;
export const INTR_FAULT = 2;

/** What the whole map follows from. */
export interface RegisterMapInputs extends CoreRegisterInputs {
  /** Registers that the blocks of this controller bring, at addresses of their own. */
  readonly blocks?: readonly (readonly Register[])[];
  /** What the source makes constant. */
  readonly constants?: readonly TunedRegister[];
}

/**
 * All registers in order of address. Throws where two share an address or a name, or a field does not fit: blocks and
 * core must agree.
 */
export function registerMap(inputs: RegisterMapInputs): readonly Register[] {
  const registers = [...coreRegisters(inputs), ...(inputs.blocks ?? []).flat()]
    .map((register) => (isConstant(register, inputs.constants) ? withoutWrites(register) : register))
    .sort((a, b) => a.offset - b.offset);
  const faults = registerFaults(registers);
  invariant(faults.length === 0, faults.join('; '));
  return registers;
}

/** Whether the source makes `register`, or the number of which it is a part, constant. */
export function isConstant({ name }: Register, constants: readonly TunedRegister[] = []): boolean {
  return constants.some((constant) => [constant, `${constant}_lo`, `${constant}_hi`].includes(name));
}

/** The reset value as a constant of the hardware. */
function withoutWrites({ lockedWhile: _, ...register }: Register): Register {
  return { ...register, access: 'ro', from: 'constant' };
}
