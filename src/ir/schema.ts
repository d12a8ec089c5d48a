/** The shape of every phase as schemas, for reading IR text; the compiler checks them against the types. */
import { z } from 'zod';
import type { TileStart } from './calibrate.js';
import { BUS_PROTOCOLS } from './chip.js';
import { METRICS, type MetricName } from './network.js';
import type { NetworkModule } from './network.js';
import type { MappedArray, MappedModule } from './mapped.js';
import type { PulseProgram, ScheduledArray, ScheduledModule } from './scheduled.js';
import { chipSchema, constants, converter, pitch } from './schema-chip.js';
import { deviceSchema as device } from './schema-device.js';
import { comparison, index, number, provenance } from './schema-expression.js';
import { networkGraphSchema } from './schema-graph.js';
import { mappedNetworkSchema } from './schema-mapped-network.js';
import { legalSchema } from './schema-legal.js';
import { blocksSchema } from './schema-blocks.js';
import { operationSchema } from './schema-operation.js';
import { railSetSchema as railSet } from './schema-rail-set.js';
import { ruleSchema } from './schema-rule.js';
import { spanSchema as span } from './schema-span.js';
import { dataSchema, gameSchema, studySchema } from './schema-study.js';

const pulseBias = z.enum(['half', 'third']);

const image = z.strictObject({ name: z.string(), rows: index, columns: index, siemens: z.array(number), origin: span });

const program = z.strictObject({
  name: z.string(),
  origin: span,
  device: z.string(),
  window: z.strictObject({ name: z.string(), low: number, high: number, origin: span }),
  images: z.array(image),
  write: z.strictObject({ order: z.enum(['serial', 'rows']), origin: span }),
  readBack: z.strictObject({ origin: span }).exactOptional(),
  disturbBudget: z.strictObject({ fraction: number, origin: span }),
});

const metricName = z.enum(Object.keys(METRICS) as [MetricName, ...MetricName[]]); // the keys are exactly these
const operand = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), value: number }),
  z.strictObject({ kind: z.literal('metric'), name: metricName }),
  z.strictObject({ kind: z.literal('mean'), name: metricName }),
]);

const calibration = z.strictObject({ spread: z.string(), pulses: index, origin: span });

const experiment = z.strictObject({
  name: z.string(),
  origin: span,
  program,
  chip: z.string(),
  firstSeed: index,
  seedCount: index,
  without: z.array(z.string()),
  calibration: calibration.exactOptional(),
  expectations: z.array(
    z.strictObject({ text: z.string(), origin: span, left: operand, operator: comparison, right: operand }),
  ),
});

const networkSchema: z.ZodType<NetworkModule> = z.strictObject({
  phase: z.literal('network'),
  source: z.string(),
  devices: z.array(device),
  chips: z.array(chipSchema),
  programs: z.array(program),
  experiments: z.array(experiment),
  rules: z.array(ruleSchema),
  networks: z.array(networkGraphSchema),
  data: z.array(dataSchema),
  games: z.array(gameSchema).exactOptional(),
  studies: z.array(studySchema),
});

const arrayFields = {
  device,
  clockHz: number,
  bus: z.enum(BUS_PROTOCOLS),
  tileOrigin: span,
  rows: index,
  columns: index,
  railSets: z.array(railSet),
  timer: z.strictObject({ bits: index, origin: span }),
  settleSeconds: number,
  converters: z.strictObject({ ...converter, count: index }),
  constants: constants.exactOptional(),
  lineFarads: number,
  lineProvenance: provenance,
  pitch: pitch.exactOptional(),
  wires: z
    .strictObject({ ohmsPerCell: number, driverOhms: number, bothEnds: z.boolean(), origin: span })
    .exactOptional(),
  bias: pulseBias,
};

const mappedSchema: z.ZodType<MappedModule> = z.strictObject({
  phase: z.literal('mapped'),
  source: z.string(),
  experiment,
  ...arrayFields,
  images: z.array(image),
});

/** The array alone, whatever it is used for: what is beside it is left out. */
const mappedArraySchema: z.ZodType<MappedArray> = z.object({ source: z.string(), ...arrayFields });

const occasion = z.strictObject({
  activity: z.string(),
  epoch: index.exactOptional(),
  batch: index.exactOptional(),
  samples: z.strictObject({ data: z.string(), indices: z.array(index) }).exactOptional(),
  step: index.exactOptional(),
  spikes: z.array(z.strictObject({ side: z.enum(['row', 'column']), line: index, seconds: number })).exactOptional(),
});

const programLearning = z.strictObject({
  rules: z.array(z.strictObject({ name: z.string(), origin: span })),
  ofCells: z.array(index.nullable()).exactOptional(),
});

const dataSet = z.strictObject({
  name: z.string(),
  entries: z.array(
    z.strictObject({ row: index, column: index, negative: z.boolean(), magnitude: index, last: z.boolean() }),
  ),
  rowPlanes: z.array(z.array(index)),
  columnPlanes: z.array(z.array(index)),
  spikes: z.array(z.strictObject({ tick: index, side: z.enum(['row', 'column']), line: index })).exactOptional(),
  modulators: z.array(z.strictObject({ modulator: z.string(), value: number })).exactOptional(),
  occasion: occasion.exactOptional(),
  targetCodes: z.array(index.nullable()).exactOptional(),
  believed: z.array(number),
  targets: z.array(number),
  changed: index,
  disturb: number,
  origin: span,
});

const pulseProgram: z.ZodType<PulseProgram> = z.strictObject({
  name: z.string(),
  origin: span,
  clockHz: number,
  rows: index,
  columns: index,
  railSets: z.array(railSet),
  tickExponent: index,
  magnitudeBits: index,
  restClocks: index,
  restBias: z.strictObject({ modulator: z.string(), minVolts: number, maxVolts: number }).exactOptional(),
  tiles: index,
  randomPlanes: index,
  scan: z.strictObject({
    converters: index,
    shares: index,
    bits: index,
    minAmperes: number,
    maxAmperes: number,
    settleClocks: index,
    conversionClocks: index,
    oversampling: index.exactOptional(),
    compares: z.boolean().exactOptional(),
  }),
  blocks: blocksSchema,
  operations: z.array(operationSchema),
  dataSets: z.array(dataSet),
  room: z.strictObject({ entries: index, rowPlanes: index, columnPlanes: index }).exactOptional(),
  learning: programLearning.exactOptional(),
});

const scheduledSchema: z.ZodType<ScheduledModule> = z.strictObject({
  phase: z.literal('scheduled'),
  mapped: mappedSchema,
  program: pulseProgram,
});

/** A schedule of anything that runs on one array; of its array it keeps what every array has. */
export const scheduledArraySchema: z.ZodType<ScheduledArray> = z.strictObject({
  phase: z.literal('scheduled'),
  mapped: mappedArraySchema,
  program: pulseProgram,
});

/** What a tile is like before its first program. */
export const tileStartSchema: z.ZodType<TileStart> = z.strictObject({
  window: z.strictObject({ low: number, high: number }).exactOptional(),
  without: z.array(z.string()),
  calibration: calibration.exactOptional(),
  initial: z.array(number).exactOptional(),
});

export const schemaByPhase = {
  network: networkSchema,
  mapped: z.union([mappedSchema, mappedNetworkSchema]),
  scheduled: scheduledSchema,
  legal: legalSchema,
} as const;

export type PhaseName = keyof typeof schemaByPhase;
export type Module = z.infer<(typeof schemaByPhase)[PhaseName]>;
