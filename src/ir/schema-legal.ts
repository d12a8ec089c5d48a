/** The shape of phase `legal`. */
import { z } from 'zod';
import { BUS_PROTOCOLS } from './chip.js';
import type { EntryFieldName, LegalModule, OpFieldName, RegisterName } from './legal.js';
import { railSetSchema } from './schema-rail-set.js';
import { spanSchema as span } from './schema-span.js';

const index = z.int().nonnegative();
const lanes = z.array(index);
// Names are data here: the encoder and the register model own the lists.
const opField = z.string() as unknown as z.ZodType<OpFieldName>;
const entryField = z.string() as unknown as z.ZodType<EntryFieldName>;
const registerName = z.string() as unknown as z.ZodType<RegisterName>;

function wordFormat<Name extends string>(name: z.ZodType<Name>) {
  return z.strictObject({
    width: index,
    fields: z.array(z.strictObject({ name, lsb: index, width: index, summary: z.string() })),
  });
}

const memoryWindow = z.strictObject({ base: index, depth: index, width: index, lanes: index, laneStride: index });

const register = z.strictObject({
  name: registerName,
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
    entryColumnBits: index,
    railBits: index,
    addressBits: index,
    counterBits: index,
    entryBits: index,
    magnitudeBits: index,
    tickExponent: index,
    dwellBits: index,
    onTimeBits: index,
    scanBits: index,
    muxBits: index,
    planeLanes: index,
    planeWords: index,
    planeGroupBits: index,
  }),
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
  limits: z.strictObject({ restClocks: index, onTimeClocks: index, answerClocks: index }),
  opFormat: wordFormat(opField),
  entryFormat: wordFormat(entryField),
  program: z.strictObject({
    words: z.array(lanes),
    listing: z.array(z.strictObject({ address: index, text: z.string(), origin: span.exactOptional() })),
    entry: index,
    entryWithoutWork: index,
  }),
  windows: z.strictObject({ program: memoryWindow, work: memoryWindow, plane: memoryWindow, result: memoryWindow }),
  registers: z.array(register),
  dataSets: z.array(
    z.strictObject({
      name: z.string(),
      entry: index,
      entries: z.array(lanes),
      planes: z.array(lanes),
      resultSteps: index,
      origin: span,
    }),
  ),
});
