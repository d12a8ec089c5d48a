/** A device with every kind of spread, for tests that compare two executions of the same equations. */
import type { DeviceModel } from '../../src/devices/device-model.js';
import type { BinaryOperator, Expression } from '../../src/devices/expression.js';
import { CUBIC } from './cubic-tile.js';
import { ORIGIN } from './mapped-fixture.js';

const PROVENANCE = { source: "test 'with' */ marks", confidence: 'estimate' } as const;

const ref = (name: string): Expression => ({ kind: 'reference', name });
const num = (value: number): Expression => ({ kind: 'number', value });
const op = (left: Expression, operator: BinaryOperator, right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
});
const onePlus = (name: string): Expression => op(num(1), '+', ref(name));

const ENERGY = op(op(ref('g'), '*', ref('duration')), '*', op(ref('v'), '^', num(2)));

/** dg/dt = gain (1 + cycle) (v / 4 V)^3 uS/s; i = g v (1 + noise); E = g v^2 t. */
export const noisyDevice: DeviceModel = {
  name: 'noisyCubic',
  summary: 'cubic device with spreads',
  origin: ORIGIN,
  parameters: [
    {
      name: 'rate',
      value: CUBIC.siemensPerSecond,
      unit: { symbol: 'S', scale: 1 },
      provenance: PROVENANCE,
      origin: ORIGIN,
    },
  ],
  derived: [],
  pulse: { volts: CUBIC.volts, seconds: 0.01, provenance: PROVENANCE },
  readVoltage: { volts: 0.25, provenance: PROVENANCE },
  spreads: [
    {
      name: 'gain',
      distribution: 'normal',
      mean: 1,
      deviation: 0.1,
      per: 'device',
      provenance: PROVENANCE,
      origin: ORIGIN,
    },
    {
      name: 'cycle',
      distribution: 'normal',
      mean: 0,
      deviation: 0.02,
      per: 'pulse',
      provenance: PROVENANCE,
      origin: ORIGIN,
    },
    {
      name: 'noise',
      distribution: 'normal',
      mean: 0,
      deviation: 0.005,
      per: 'read',
      provenance: PROVENANCE,
      origin: ORIGIN,
    },
  ],
  states: [
    {
      name: 'g',
      unit: { symbol: 'S', scale: 1 },
      min: 1e-7,
      max: 1e-5,
      initial: ref('window.low'),
      rate: op(
        op(op(ref('gain'), '*', onePlus('cycle')), '*', ref('rate')),
        '*',
        op(op(ref('v'), '/', ref('pulse.voltage')), '^', num(3)),
      ),
      origin: ORIGIN,
    },
  ],
  modulators: [],
  pulseSteps: [],
  windows: [{ name: 'only', low: CUBIC.start, high: 2 * CUBIC.start, provenance: PROVENANCE, origin: ORIGIN }],
  defaultWindow: 'only',
  current: op(op(ref('g'), '*', ref('v')), '*', onePlus('noise')),
  pulseEnergy: ENERGY,
  pulseEnergyProvenance: PROVENANCE,
  energyTerms: [{ value: ENERGY, provenance: PROVENANCE, origin: ORIGIN }],
  powerTerms: [],
  invariants: [],
  ratings: [],
};
