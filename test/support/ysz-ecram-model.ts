/** The library's yszEcram as data, without the front end. */
import type { ConductanceWindow, DeviceModel } from '../../src/devices/device-model.js';
import { testDevice } from './test-device.js';

const plain = testDevice({
  parameters: {
    stepAtUnit: 7.54e-9,
    stepExponent: 0.883,
    fieldVoltage: 0.5,
    curvature: 0,
    gateCapacitance: 1e-12,
    chargePerConductance: 10e-3,
  },
  derived: {
    centre: 'sqrt(window.low * window.high)',
    step: 'stepAtUnit * (centre / 1e-6) ^ stepExponent',
  },
  spreads: [
    { name: 'gain', mean: 1, deviation: 0.12, per: 'device' },
    { name: 'cycle', mean: 0, deviation: 0.023, per: 'pulse' },
    { name: 'noise', mean: 0, deviation: 0.005, per: 'read' },
  ],
  min: 0.05e-6,
  max: 260e-6,
  initial: 'window.low',
  rate:
    'gain * (1 + cycle) * step / pulse.width * (g / centre) ^ (curvature * stepExponent)' +
    ' * sinh(v / fieldVoltage) / sinh(pulse.voltage / fieldVoltage)',
  current: 'g * v * (1 + noise)',
  pulseEnergy: 'gateCapacitance * v ^ 2 + chargePerConductance * abs(change.g) * abs(v)',
});

const { provenance } = plain.pulse;
const { origin } = plain;

function window(name: string, low: number, high: number, step: number): ConductanceWindow {
  return { name, low, high, step, provenance, origin };
}

export const yszEcram: DeviceModel = {
  ...plain,
  name: 'yszEcram',
  pulse: { volts: 5, seconds: 0.1, provenance },
  windows: [
    window('lowest', 0.1e-6, 0.2e-6, 1e-9),
    window('low', 0.4e-6, 1e-6, 6e-9),
    window('mid', 2e-6, 4e-6, 20e-9),
    window('upper', 15e-6, 30e-6, 150e-9),
    window('high', 60e-6, 100e-6, 400e-9),
    window('highest', 170e-6, 230e-6, 600e-9),
  ],
  defaultWindow: 'mid',
};

/** `device` with other values of parameters. */
export function withParameters(device: DeviceModel, values: Readonly<Record<string, number>>): DeviceModel {
  const parameters = device.parameters.map((parameter) => ({
    ...parameter,
    value: values[parameter.name] ?? parameter.value,
  }));
  return { ...device, parameters };
}
