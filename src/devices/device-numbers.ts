/** The numbers that equations of a device refer to by name, apart from its window, its modulators and what is drawn. */
import type { DeviceModel } from './device-model.js';

/** A number of the device under the name that equations use. */
export interface NamedNumber {
  readonly name: string;
  readonly value: number;
}

/** Parameters in their order, and the figures of the nominal pulse and read; all in SI base units. */
export function numbersOf({ parameters, pulse, readVoltage }: DeviceModel): readonly NamedNumber[] {
  return [
    ...parameters,
    { name: 'pulse.voltage', value: pulse.volts },
    { name: 'pulse.width', value: pulse.seconds },
    { name: 'read.voltage', value: readVoltage.volts },
  ];
}
