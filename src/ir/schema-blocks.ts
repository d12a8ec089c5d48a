/** The shape of the blocks of a controller. */
import { z } from 'zod';
import type { ControllerBlocks } from './blocks/controller-blocks.js';

const index = z.int().nonnegative();

const neuronSettings = z.strictObject({
  kind: z.enum(['fire', 'rectify']),
  subtracts: z.boolean(),
  leak: index,
  threshold: z.int(),
  refractory: index,
});

export const blocksSchema: z.ZodType<ControllerBlocks> = z.strictObject({
  scan: z.strictObject({ oversamples: z.boolean(), comparison: z.enum(['none', 'off', 'on']) }),
  accumulate: z.strictObject({ resultBits: index, offset: index }).exactOptional(),
  verify: z.strictObject({ tolerance: index }).exactOptional(),
  transfer: z.strictObject({ sumBits: index, zero: index, threshold: index }).exactOptional(),
  rounding: z
    .strictObject({ fractionBits: index, grainBits: index, isWhole: z.boolean(), valueBits: index })
    .exactOptional(),
  spikes: z.strictObject({ planes: index, tickClocks: index, refractoryTicks: index, tickBits: index }).exactOptional(),
  neuron: z
    .strictObject({
      stateBits: index,
      accumulatorBits: index,
      activationBits: index,
      refractoryBits: index,
      settings: neuronSettings,
      sends: z.boolean(),
      returns: z.boolean(),
    })
    .exactOptional(),
  turn: z.strictObject({ isPresent: z.literal(true) }).exactOptional(),
  duty: z.strictObject({ clocks: index, leak: index }).exactOptional(),
  rails: z
    .strictObject({
      rails: z.array(z.strictObject({ code: index, low: index, high: index })),
      codeBits: index,
      countBits: index,
      settleClocks: index,
      answerClocks: index,
    })
    .exactOptional(),
  field: z
    .strictObject({
      targets: z.array(z.strictObject({ code: index, isNegative: z.boolean() })),
      step: index,
      periodClocks: index,
      settleClocks: index,
      limitClocks: index,
      codeBits: index,
      stepBits: index,
    })
    .exactOptional(),
  wear: z.strictObject({ countBits: index, limit: index }).exactOptional(),
  serial: z.strictObject({ pins: index, divider: index }).exactOptional(),
});
