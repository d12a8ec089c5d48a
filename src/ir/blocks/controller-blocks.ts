/**
 * Which blocks a controller has beside sequencer, lines, guard and monitor, and the reset values of what they do. A
 * block that is absent here is absent from the RTL, the register map, the ports and the interpreter.
 */
import { PLAIN_CONVERTERS, type ConverterBlocks } from './converter-blocks.js';
import type { FieldConfig } from './field.js';
import type { GuardConfig } from './guard.js';
import type { SerialLines } from './line-serial.js';
import type { NeuronConfig } from './neuron.js';
import type { RailConfig } from './rails.js';
import type { SpikeConfig } from './spikes.js';
import type { WearConfig } from './wear.js';

/** Blocks beside sequencer, lines, scan and guard; one that is absent costs nothing and has no registers. */
export interface ControllerBlocks extends ConverterBlocks {
  /** Ticks, spikes that arrive as address events, and the planes of their ages. */
  readonly spikes?: SpikeConfig;
  /** Neurons behind the sums; needs `accumulate`. */
  readonly neuron?: NeuronConfig;
  /** Activations that become planes of rows; needs `neuron` and planes of rows. */
  readonly turn?: { readonly isPresent: true };
  /** Duty that the guard limits beside the on-time. */
  readonly duty?: NonNullable<GuardConfig['duty']>;
  readonly rails?: RailConfig;
  readonly field?: FieldConfig;
  readonly wear?: WearConfig;
  /** Lines behind shift registers of boards instead of pins. */
  readonly serial?: SerialLines;
}

/** Codes are stored, rails stand: what writing and reading a picture needs. */
export const PLAIN_BLOCKS: ControllerBlocks = PLAIN_CONVERTERS;
