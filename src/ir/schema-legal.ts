/** The shape of phase `legal`. */
import { z } from 'zod';
import { BUS_PROTOCOLS } from './chip.js';
import type { EntryFieldName, LegalModule, OpFieldName } from './legal.js';
import { blocksSchema } from './schema-blocks.js';
import { constants } from './schema-chip.js';
import { railSetSchema } from './schema-rail-set.js';
import { spanSchema as span } from './schema-span.js';

const index = z.int().nonnegative();
const lanes = z.array(index);
// Names are data here: the encoder and the register model own the lists.
const opField = z.string() as unknown as z.ZodType<OpFieldName>;
const entryField = z.string() as unknown as z.ZodType<EntryFieldName>;

function wordFormat<Name extends string>(name: z.ZodType<Name>) {
  return z.strictObject({
    width: index,
    fields: z.array(z.strictObject({ name, lsb: index, width: index, summary: z.string() })),
  });
}

const memoryWindow = z.strictObject({ base: index, depth: index, width: index, lanes: index, laneStride: index });

const register = z.strictObject({
  name: z.string(),
  offset: index,
  access: z.enum(['ro', 'rw', 'wo', 'rw1c']),
  summary: z.string(),
  lockedWhile: z.enum(['busy', 'armed']).exactOptional(),
  from: z.enum(['constant', 'hardware']).exactOptional(),
  freezesOnRead: z.literal(true).exactOptional(),
  fields: z.array(z.strictObject({ name: z.string(), lsb: index, width: index, reset: index, summary: z.string() })),
});

export const legalSchema: z.ZodType<LegalModule> = z.strictObject({
  phase: z.literal('legal'),
  name: z.string(),
  source: z.string(),
  specHash: index,
  clockHz: z.number(),
  bus: z.enum(BUS_PROTOCOLS),
  sizes: z.strictObject({
    rows: index,
    columns: index,
    rowBits: index,
    columnBits: index,
    entryRowBits: index,
    entryColumnBits: index,
    levelBits: index,
    railBits: index,
    addressBits: index,
    counterBits: index,
    entryLoops: index,
    countedLoops: index,
    entryBits: index,
    magnitudeBits: index,
    tickExponent: index,
    dwellBits: index,
    onTimeBits: index,
    scanBits: index,
    muxBits: index,
    rowPlaneBits: index,
    columnPlaneBits: index,
    rowPlaneLanes: index,
    rowPlaneWords: index,
    rowPlaneGroupBits: index,
    columnPlaneLanes: index,
    columnPlaneWords: index,
    columnPlaneGroupBits: index,
    hasRandom: z.boolean(),
    hasSpikes: z.boolean(),
    hasMarks: z.boolean(),
    conditions: index,
    units: index,
    hasSet: z.boolean(),
    tiles: index,
  }),
  blocks: blocksSchema,
  scan: z.strictObject({
    converters: index,
    shares: index,
    bits: index,
    minAmperes: z.number(),
    maxAmperes: z.number(),
    settleClocks: index,
    conversionClocks: index,
    oversampling: index.exactOptional(),
    compares: z.boolean().exactOptional(),
  }),
  railSets: z.array(railSetSchema),
  limits: z.strictObject({
    restClocks: index,
    onTimeClocks: index,
    answerClocks: index,
    loopLasts: z.array(index),
    randomPlanes: index,
  }),
  opFormat: wordFormat(opField),
  entryFormat: wordFormat(entryField),
  program: z.strictObject({
    words: z.array(lanes),
    listing: z.array(z.strictObject({ address: index, text: z.string(), origin: span.exactOptional() })),
    entry: index,
    entryWithoutWork: index,
  }),
  isFrozen: z.literal(true).exactOptional(),
  windows: z.strictObject({
    program: memoryWindow,
    target: memoryWindow,
    work: memoryWindow,
    columnPlane: memoryWindow,
    rowPlane: memoryWindow,
    result: memoryWindow,
    accumulator: memoryWindow,
    transfer: memoryWindow,
    update: memoryWindow,
    wear: memoryWindow,
    rail: memoryWindow,
  }),
  registers: z.array(register),
  constants: constants.exactOptional(),
  dataSets: z.array(
    z.strictObject({
      name: z.string(),
      entry: index,
      entries: z.array(lanes),
      rowPlanes: z.array(lanes),
      columnPlanes: z.array(lanes),
      targets: z.array(z.strictObject({ word: index, value: index })),
      resultSteps: index,
      origin: span,
    }),
  ),
});
