/** legal -> legal: the program becomes part of the hardware. */
import type { LegalModule, Register } from '../legal.js';

/**
 * `module` with its program as a read-only memory: no host can change what the chip does, and the bus refuses the
 * program's window. It is another chip than the one that is loaded, so its hash is another one, too.
 */
export function freeze(module: LegalModule): LegalModule {
  const specHash = ~module.specHash >>> 0;
  return {
    ...module,
    isFrozen: true,
    specHash,
    windows: { ...module.windows, program: { ...module.windows.program, depth: 0, lanes: 0, laneStride: 1 } },
    registers: module.registers.map((register) =>
      register.name === 'spec_hash' ? withValue(register, specHash) : register,
    ),
  };
}

function withValue(register: Register, value: number): Register {
  return { ...register, fields: register.fields.map((field) => ({ ...field, reset: value })) };
}
