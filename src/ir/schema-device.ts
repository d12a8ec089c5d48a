/** Schema of devices, for reading IR text; the compiler checks it against the type. */
import { z } from 'zod';
import { RATED_UNITS, SPREAD_OCCASIONS, type DeviceModel, type RatedQuantity } from '../devices/device-model.js';
import {
  bounds,
  displayUnit,
  distributionName,
  expression,
  invariant,
  number,
  provenance,
  statement,
} from './schema-expression.js';
import { spanSchema as span } from './schema-span.js';

const energyTerm = z.strictObject({ name: z.string().exactOptional(), value: expression, provenance, origin: span });

const parameter = z.strictObject({
  name: z.string(),
  value: number,
  unit: displayUnit,
  bounds: bounds.exactOptional(),
  provenance,
  origin: span,
});

const modulator = z.strictObject({
  name: z.string(),
  unit: displayUnit,
  initial: number,
  bounds: bounds.exactOptional(),
  provenance: provenance.exactOptional(),
  origin: span,
});

const spread = z.strictObject({
  name: z.string(),
  distribution: distributionName,
  mean: number,
  deviation: number,
  per: z.enum(SPREAD_OCCASIONS),
  scales: z.string().exactOptional(),
  provenance,
  origin: span,
});

const state = z.strictObject({
  name: z.string(),
  unit: displayUnit,
  min: number,
  max: number,
  initial: expression,
  rate: expression.exactOptional(),
  origin: span,
});

const window = z.strictObject({
  name: z.string(),
  low: number,
  high: number,
  step: number.exactOptional(),
  provenance,
  origin: span,
});

// The keys are exactly the quantities.
const ratedQuantity = z.enum(Object.keys(RATED_UNITS) as [RatedQuantity, ...RatedQuantity[]]);

export const deviceSchema: z.ZodType<DeviceModel> = z.strictObject({
  name: z.string(),
  summary: z.string(),
  origin: span,
  parameters: z.array(parameter),
  derived: z.array(z.strictObject({ name: z.string(), value: expression, origin: span })),
  modulators: z.array(modulator),
  pulse: z.strictObject({ volts: number, seconds: number, provenance }),
  readVoltage: z.strictObject({ volts: number, provenance }),
  spreads: z.array(spread),
  states: z.array(state),
  pulseSteps: z.array(
    z.strictObject({ condition: expression.exactOptional(), body: z.array(statement), origin: span }),
  ),
  windows: z.array(window),
  defaultWindow: z.string().exactOptional(),
  current: expression,
  gated: z.literal(true).exactOptional(),
  pulseEnergy: expression,
  pulseEnergyProvenance: provenance,
  energyTerms: z.array(energyTerm),
  powerTerms: z.array(energyTerm),
  retention: z.strictObject({ loss: number, seconds: number, provenance, origin: span }).exactOptional(),
  endurance: z.strictObject({ pulses: number, provenance, origin: span }).exactOptional(),
  ratings: z.array(z.strictObject({ quantity: ratedQuantity, max: number, provenance, origin: span })),
  invariants: z.array(invariant),
});
