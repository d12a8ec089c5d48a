/** The signals between the register file and the rest: one list for both sides. */
import type { LegalModule, Register } from '../../ir/legal.js';
import { isConstant } from '../../ir/register-map.js';
import type { Declared, DeclaredPort } from './declaration.js';

/** A net of a fixed value. */
export interface ConstantNet extends Declared {
  readonly value: number;
}

export interface RegisterSignal extends DeclaredPort {
  /** Name outside the register file: the port's without its suffix. */
  readonly net: string;
}

/** Nets that the registers of a source without `const` would drive, each with its value. */
export function constantNets({ registers, constants }: LegalModule): readonly ConstantNet[] {
  return registers
    .filter((register) => isConstant(register, constants))
    .map((register) => ({ name: register.name, width: registerWidth(register), value: resetOf(register) }));
}

/** The word that a register holds after reset. */
export function resetOf({ fields }: Register): number {
  return fields.reduce((word, field) => word + field.reset * 2 ** field.lsb, 0);
}

/** Signals of `registers` as ports of the register file. */
export function registerSignals(registers: readonly Register[]): readonly RegisterSignal[] {
  return registers.flatMap((register) => [...valueSignals(register), ...strobeSignals(register)]);
}

/** Bits that a kept register has: its fields' end. */
export function registerWidth({ fields }: Register): number {
  return Math.max(...fields.map((field) => field.lsb + field.width));
}

function valueSignals(register: Register): readonly RegisterSignal[] {
  const { name, access, from } = register;
  if (access === 'rw' && from !== 'hardware')
    return [{ name: `${name}_o`, net: name, direction: 'output', width: registerWidth(register) }];
  if (access === 'rw1c' || from === 'hardware')
    return [{ name: `${name}_i`, net: name, direction: 'input', width: 32 }];
  return [];
}

function strobeSignals({ name, access, from, freezesOnRead }: Register): readonly RegisterSignal[] {
  const strobe = (suffix: string): RegisterSignal => ({
    name: `${name}_${suffix}_o`,
    net: `${name}_${suffix}`,
    direction: 'output',
    width: 1,
  });
  return [
    ...(access === 'wo' || access === 'rw1c' || (access === 'rw' && from === 'hardware') ? [strobe('we')] : []),
    ...(freezesOnRead === true ? [strobe('re')] : []),
  ];
}
