/** Schema of devices, for reading IR text. */
import { z } from 'zod';
import { expression, number, provenance } from './schema-expression.js';
import { spanSchema as span } from './schema-span.js';

export const deviceSchema = z.strictObject({
  name: z.string(),
  summary: z.string(),
  origin: span,
  parameters: z.array(
    z.strictObject({
      name: z.string(),
      value: number,
      unit: z.strictObject({ symbol: z.string(), scale: number }),
      provenance,
      origin: span,
    }),
  ),
  derived: z.array(z.strictObject({ name: z.string(), value: expression, origin: span })),
  pulse: z.strictObject({ volts: number, seconds: number, provenance }),
  readVoltage: z.strictObject({ volts: number, provenance }),
  spreads: z.array(
    z.strictObject({
      name: z.string(),
      mean: number,
      deviation: number,
      per: z.enum(['device', 'pulse', 'read']),
      provenance,
      origin: span,
    }),
  ),
  states: z.array(
    z.strictObject({ name: z.string(), min: number, max: number, initial: expression, rate: expression, origin: span }),
  ),
  windows: z.array(
    z.strictObject({
      name: z.string(),
      low: number,
      high: number,
      step: number.exactOptional(),
      provenance,
      origin: span,
    }),
  ),
  defaultWindow: z.string(),
  current: expression,
  pulseEnergy: expression,
  pulseEnergyProvenance: provenance,
  ratings: z.array(
    z.strictObject({ quantity: z.enum(['voltage', 'duration']), max: number, provenance, origin: span }),
  ),
});
