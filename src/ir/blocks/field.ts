/** Block: the coil of a magnetic device, its four field states, and how it gets from one to another. */
import { bitsFor } from '../bit-width.js';
import { input, output, portGroup, type ControllerPortGroup } from '../controller-port.js';
import type { FieldSettings, FieldTarget } from '../field-unit.js';
import type { Register } from '../legal.js';
import { registerField } from '../register-fields.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';
import { tunedRegister } from './tuned-register.js';

/** Field states that a command can name. */
export const FIELD_STATES = 4;

/** Settings of the coil after reset [codes, clocks], and bits of its current and of a step of the ramp. */
export interface FieldConfig extends FieldSettings {
  readonly codeBits: number;
  readonly stepBits: number;
}

/** Bits of all of the block's counts of clocks. */
function countBits({ periodClocks, settleClocks, limitClocks }: FieldConfig): number {
  return bitsFor(Math.max(periodClocks, settleClocks, limitClocks));
}

/** Parameters of ion_field. */
export function fieldParameters(config: FieldConfig): readonly CellParameter[] {
  return cellParameters({ CodeW: config.codeBits, StepW: config.stepBits, CountW: countBits(config) });
}

/** Registers of targets [codes], ramp [codes, clocks], settling and time-out [clocks]. */
export function fieldRegisters(config: FieldConfig): readonly Register[] {
  const clocks = (name: string, offset: number, reset: number, summary: string): Register =>
    tunedRegister({ name, offset, width: countBits(config), reset, summary: `${summary}, at least 1 [clocks]` });
  return [
    ...config.targets.map((target, state) => codeRegister(config, target, state)),
    tunedRegister({
      name: 'field_step',
      offset: 0x0b8,
      width: config.stepBits,
      reset: config.step,
      summary: 'change of the code in one step of a ramp',
    }),
    clocks('field_period', 0x0bc, config.periodClocks, 'time between the steps of a ramp'),
    clocks('field_settle', 0x0f0, config.settleClocks, 'time without a break in the window'),
    clocks('field_limit', 0x0f4, config.limitClocks, 'longest way to a state'),
  ];
}

function codeRegister({ codeBits }: FieldConfig, { code, isNegative }: FieldTarget, state: number): Register {
  return {
    name: `field_code${String(state)}`,
    offset: 0x0a0 + 4 * state,
    access: 'rw',
    lockedWhile: 'busy',
    summary: `field state ${String(state)}`,
    fields: [
      registerField({ name: 'code', lsb: 0, width: codeBits }, 'current, 0 for the coil off', code),
      registerField({ name: 'negative', lsb: codeBits, width: 1 }, 'polarity', Number(isNegative)),
    ],
  };
}

/** Pins of coil driver and field sensor. */
export function fieldPorts({ codeBits }: FieldConfig): ControllerPortGroup {
  return portGroup(
    'Coil: the polarity turns only with the coil off and code 0',
    output('coil_en_o', 1, 'coil on'),
    output('coil_pol_o', 1, 'negative polarity'),
    output('coil_code_o', codeBits, 'current'),
    input('in_window_i', 1, 'the field is where it should be'),
    input('coil_fault_i', 1, 'the coil has failed'),
  );
}
