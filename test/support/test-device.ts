/** Small devices for tests of kernels: one state `g` between 0 and 1, everything that matters given as text. */
import type { DeviceModel, Spread } from '../../src/devices/device-model.js';
import { equation } from './equation.js';

const origin = {
  file: 'test.ion',
  start: { offset: 0, line: 1, column: 1 },
  end: { offset: 0, line: 1, column: 1 },
};
const provenance = { source: 'invented for a test', confidence: 'estimate' } as const;

/** What a test device may set; the rest is plain: constant rate 1/s at 1 V, current g v, energy v^2. */
export interface TestDevice {
  readonly parameters?: Readonly<Record<string, number>>;
  readonly derived?: Readonly<Record<string, string>>;
  /** Normal where nothing else is said. */
  readonly spreads?: readonly (Pick<Spread, 'name' | 'mean' | 'deviation' | 'per'> & Partial<Spread>)[];
  readonly min?: number;
  readonly max?: number;
  readonly initial?: string;
  readonly rate?: string;
  readonly current?: string;
  readonly pulseEnergy?: string;
}

export function testDevice(given: TestDevice): DeviceModel {
  const { parameters = {}, derived = {}, spreads = [] } = given;
  return {
    name: 'testDevice',
    summary: 'invented',
    origin,
    parameters: Object.entries(parameters).map(([name, value]) => ({
      name,
      value,
      unit: { symbol: '1', scale: 1 },
      provenance,
      origin,
    })),
    derived: Object.entries(derived).map(([name, text]) => ({ name, value: equation(text), origin })),
    pulse: { volts: 1, seconds: 0.01, provenance },
    readVoltage: { volts: 0.1, provenance },
    spreads: spreads.map((spread) => ({ distribution: 'normal', ...spread, provenance, origin })),
    states: [
      {
        name: 'g',
        unit: { symbol: 'S', scale: 1 },
        min: given.min ?? 0,
        max: given.max ?? 1,
        initial: equation(given.initial ?? 'window.low'),
        rate: equation(given.rate ?? 'v'),
        origin,
      },
    ],
    modulators: [],
    pulseSteps: [],
    windows: [{ name: 'whole', low: 0.2, high: 0.8, provenance, origin }],
    defaultWindow: 'whole',
    current: equation(given.current ?? 'g * v'),
    pulseEnergy: equation(given.pulseEnergy ?? 'v ^ 2'),
    pulseEnergyProvenance: provenance,
    energyTerms: [{ value: equation(given.pulseEnergy ?? 'v ^ 2'), provenance, origin }],
    powerTerms: [],
    invariants: [],
    ratings: [],
  };
}

/** `device` with other values of parameters. */
export function withParameters(device: DeviceModel, values: Readonly<Record<string, number>>): DeviceModel {
  const parameters = device.parameters.map((parameter) => ({
    ...parameter,
    value: values[parameter.name] ?? parameter.value,
  }));
  return { ...device, parameters };
}
