/** Schema of chips, for reading IR text; the compiler checks it against the type. */
import { z } from 'zod';
import { BIAS_SCHEMES, BUS_PROTOCOLS, LIMIT_UNITS, TUNED_REGISTERS, type Chip, type LimitedQuantity } from './chip.js';
import { index, number, provenance } from './schema-expression.js';
import { spanSchema as span } from './schema-span.js';

export const converter = {
  origin: span,
  bits: index,
  minAmperes: number,
  maxAmperes: number,
  conversionSeconds: number,
  settleSeconds: number,
  sharedBy: index,
};

export const constants = z.array(z.enum(TUNED_REGISTERS));

const voltageConverter = { minVolts: number, maxVolts: number, bits: index, origin: span };

export const pitch = z.strictObject({ metres: number, cellFarads: number.exactOptional(), provenance, origin: span });

const drive = z.strictObject({ amperes: number, ohms: number, henries: number });

const fault = z.discriminatedUnion('kind', [
  z.strictObject({ tile: index, kind: z.literal('stuck'), row: index, column: index, siemens: number }),
  z.strictObject({ tile: index, kind: z.literal('row'), row: index }),
  z.strictObject({ tile: index, kind: z.literal('column'), column: index }),
]);

const tile = z.strictObject({
  origin: span,
  rows: index,
  columns: index,
  grid: z.strictObject({ rows: index, columns: index }),
  bias: z.strictObject({ scheme: z.enum(BIAS_SCHEMES), origin: span }),
  rails: z.strictObject(voltageConverter),
  dac: z.strictObject({ ...voltageConverter, samplesPerSecond: number }).exactOptional(),
  timer: z.strictObject({ bits: index, origin: span }),
  settleSeconds: number,
  adc: z.strictObject(converter),
  constants: constants.exactOptional(),
  line: z.strictObject({ farads: number, ohmsPerCell: number.exactOptional(), provenance, origin: span }),
  spare: z.strictObject({ rows: index, columns: index, origin: span }).exactOptional(),
  faults: z.strictObject({ file: z.string(), all: z.array(fault), origin: span }).exactOptional(),
  pitch: pitch.exactOptional(),
  drivers: z.strictObject({ ohms: number, bothEnds: z.boolean(), provenance, origin: span }).exactOptional(),
});

const quantities = Object.keys(LIMIT_UNITS) as [LimitedQuantity, ...LimitedQuantity[]]; // the keys are exactly these

export const chipSchema: z.ZodType<Chip> = z.strictObject({
  name: z.string(),
  origin: span,
  clockHz: number,
  bus: z.strictObject({ protocol: z.enum(BUS_PROTOCOLS), origin: span }),
  tile,
  aer: z.array(z.strictObject({ direction: z.enum(['in', 'out']), bits: index, origin: span })),
  coil: z
    .strictObject({
      minTesla: number,
      maxTesla: number,
      bits: index,
      settleSeconds: number,
      drive: drive.exactOptional(),
      provenance,
      origin: span,
    })
    .exactOptional(),
  limits: z.array(z.strictObject({ quantity: z.enum(quantities), max: number, provenance, origin: span })),
  temperature: z.strictObject({ kelvin: number, origin: span.exactOptional() }),
});
