/** Block: neurons of a layer behind the accumulators, stepped by the program's command. */
import { bitsFor, ceilLog2 } from '../bit-width.js';
import type { ControllerSizes, Register } from '../legal.js';
import type { NeuronSettings, NeuronSizes } from '../neuron-model.js';
import { registerField } from '../register-fields.js';
import type { ConverterScan } from '../scheduled.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';
import { tunedRegister } from './tuned-register.js';

/**
 * Places of the bits of `neuron_kind`: a rectifier instead of a neuron that fires; a spike takes the threshold off the
 * state, else it leaves zero; spikes go out as address events; spikes go into the planes of this array's columns.
 */
export const NEURON_KIND_BIT = { rectifies: 0, subtracts: 1, sends: 2, returns: 3 } as const;

/** Name of a bit of `neuron_kind`. */
export type NeuronKindBit = keyof typeof NEURON_KIND_BIT;

/** Widths [bits] and reset values of neurons, one for each column. */
export interface NeuronConfig {
  readonly stateBits: number;
  readonly accumulatorBits: number;
  /** Fewer than those of the state. */
  readonly activationBits: number;
  readonly refractoryBits: number;
  /** Reset values. */
  readonly settings: NeuronSettings;
  readonly sends: boolean;
  readonly returns: boolean;
}

/** Sides and widths that the block follows from. */
export type NeuronLines = Pick<ControllerSizes, 'columns' | 'columnBits' | 'muxBits'>;

/** Bits of a shift of a state. */
function leakBits({ stateBits }: NeuronConfig): number {
  return bitsFor(stateBits - 1);
}

/** Registers of kind, leak [bits of a shift], threshold [state] and refractory time [steps]. */
export function neuronRegisters(config: NeuronConfig): readonly Register[] {
  const { settings, stateBits, refractoryBits } = config;
  const { threshold } = settings;
  return [
    kindRegister(config),
    tunedRegister({
      name: 'neuron_leak',
      offset: 0x1a8,
      width: leakBits(config),
      reset: settings.leak,
      summary: 'shift of decay, 0 for none; of an activation where neurons rectify',
    }),
    tunedRegister({
      name: 'neuron_threshold',
      offset: 0x1ac,
      width: stateBits,
      reset: threshold < 0 ? threshold + 2 ** stateBits : threshold,
      summary: "threshold, two's complement",
    }),
    tunedRegister({
      name: 'neuron_refractory',
      offset: 0x1b0,
      width: refractoryBits,
      reset: settings.refractory,
      summary: 'steps without input after a spike',
    }),
  ];
}

function kindRegister({ settings, sends, returns }: NeuronConfig): Register {
  const bit = (name: NeuronKindBit, isSet: boolean, summary: string) =>
    registerField({ name, lsb: NEURON_KIND_BIT[name], width: 1 }, summary, Number(isSet));
  return {
    name: 'neuron_kind',
    offset: 0x1a4,
    access: 'rw',
    lockedWhile: 'busy',
    summary: 'what a neuron does',
    fields: [
      bit('rectifies', settings.kind === 'rectify', 'activations, else integrate and fire'),
      bit('subtracts', settings.subtracts, 'a spike takes off the threshold, else it leaves zero'),
      bit('sends', sends, 'spikes go out as address events'),
      bit('returns', returns, 'spikes go into the planes of the columns'),
    ],
  };
}

/** Parameters of ion_neuron. */
export function neuronParameters(
  lines: NeuronLines,
  config: NeuronConfig,
  { converters, shares }: ConverterScan,
): readonly CellParameter[] {
  return cellParameters({
    Columns: lines.columns,
    ColumnW: lines.columnBits,
    Shares: shares,
    MuxW: lines.muxBits,
    SelBits: ceilLog2(converters),
    AccW: config.accumulatorBits,
    StateW: config.stateBits,
    LeakW: leakBits(config),
    RefractoryW: config.refractoryBits,
    Bits: config.activationBits,
  });
}

/** Sizes of the block's model. */
export function neuronModelSizes({ columns }: Pick<NeuronLines, 'columns'>, config: NeuronConfig): NeuronSizes {
  return { columns, stateBits: config.stateBits, activationBits: config.activationBits };
}
