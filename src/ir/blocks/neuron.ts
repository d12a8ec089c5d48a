/** Block: neurons of a layer behind the accumulators, stepped by the program's command. */
import { bitsFor } from '../bit-width.js';
import type { ControllerSizes, Register } from '../legal.js';
import type { NeuronSettings, NeuronSizes } from '../neuron-model.js';
import { cellParameters, type CellParameter } from './cell-parameters.js';

/** Bits of `neuron_kind`. */
export const NEURON_RECTIFIES = 1;
export const NEURON_SUBTRACTS = 2;
/** Spikes go out as address events; spikes go into the planes of this array's columns. */
export const NEURON_SENDS = 4;
export const NEURON_RETURNS = 8;

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

type NeuronLines = Pick<ControllerSizes, 'columns' | 'columnBits'>;

/** Bits of a shift of a state. */
function leakBits({ stateBits }: NeuronConfig): number {
  return bitsFor(stateBits - 1);
}

export function neuronRegisters(config: NeuronConfig): readonly Register[] {
  const { settings, stateBits, refractoryBits } = config;
  return [
    {
      ...tuned('neuron_kind', 0x1a4, 'what a neuron does'),
      fields: [
        bit(0, 'rectifies', 'activations, else integrate and fire', settings.kind === 'rectify'),
        bit(1, 'subtracts', 'a spike takes off the threshold, else it leaves zero', settings.subtracts),
        bit(2, 'sends', 'spikes go out as address events', config.sends),
        bit(3, 'returns', 'spikes go into the planes of the columns', config.returns),
      ],
    },
    {
      ...tuned('neuron_leak', 0x1a8, 'shift of decay, 0 for none; of an activation where neurons rectify'),
      fields: [value(leakBits(config), settings.leak)],
    },
    {
      ...tuned('neuron_threshold', 0x1ac, "threshold, two's complement"),
      fields: [value(stateBits, settings.threshold < 0 ? settings.threshold + 2 ** stateBits : settings.threshold)],
    },
    {
      ...tuned('neuron_refractory', 0x1b0, 'steps without input after a spike'),
      fields: [value(refractoryBits, settings.refractory)],
    },
  ];
}

/** Parameters of ion_neuron. */
export function neuronParameters(lines: NeuronLines, config: NeuronConfig): readonly CellParameter[] {
  return cellParameters({
    Columns: lines.columns,
    ColumnW: lines.columnBits,
    AccW: config.accumulatorBits,
    StateW: config.stateBits,
    LeakW: leakBits(config),
    RefractoryW: config.refractoryBits,
    Bits: config.activationBits,
  });
}

/** Sizes of the block's model. */
export function neuronModelSizes({ columns }: NeuronLines, config: NeuronConfig): NeuronSizes {
  return { columns, stateBits: config.stateBits, activationBits: config.activationBits };
}

function tuned(name: string, offset: number, summary: string) {
  return { name, offset, access: 'rw', lockedWhile: 'busy', summary } as const;
}

function bit(lsb: number, name: string, summary: string, isSet: boolean) {
  return { name, lsb, width: 1, reset: Number(isSet), summary };
}

function value(width: number, reset: number) {
  return { name: 'value', lsb: 0, width, reset, summary: 'value' };
}
