/** Registers that the blocks of a controller bring. */
import type { ControllerSizes, Register } from '../legal.js';
import { registerField } from '../register-fields.js';
import type { ConverterScan } from '../scheduled.js';
import { accumulateRegisters } from './accumulate.js';
import { aerRegisters } from './aer.js';
import type { ControllerBlocks } from './controller-blocks.js';
import { fieldRegisters } from './field.js';
import { guardConfig, guardRegisters } from './guard.js';
import { neuronRegisters } from './neuron.js';
import { railRegisters } from './rails.js';
import { roundingRegisters } from './rounding.js';
import { scanRegisters } from './scan.js';
import { spikeRegisters } from './spikes.js';
import { transferRegisters } from './transfer.js';
import { verifyRegisters } from './verify.js';
import { wearRegisters } from './wear.js';

/** What `blocks` add to the register map, block by block. */
export function blockRegisters(
  blocks: ControllerBlocks,
  sizes: ControllerSizes,
  scan: ConverterScan,
): readonly (readonly Register[])[] {
  const { accumulate, verify, transfer, rounding, spikes, neuron, rails, field, wear } = blocks;
  return [
    scanRegisters(blocks.scan, scan),
    guardRegisters(guardConfig(blocks, sizes)),
    accumulate ? accumulateRegisters(accumulate, sizes, scan) : [],
    verify ? verifyRegisters(verify, scan) : [],
    transfer ? transferRegisters(transfer, scan) : [],
    accumulate || transfer ? [SATURATION] : [],
    rounding ? roundingRegisters(rounding, sizes) : [],
    spikes ? [...spikeRegisters(spikes), ...aerRegisters()] : [],
    neuron ? neuronRegisters(neuron) : [],
    rails ? railRegisters(rails) : [],
    field ? fieldRegisters(field) : [],
    wear ? wearRegisters(wear) : [],
  ];
}

/** Sums that have met an end of their range. */
const SATURATION: Register = {
  name: 'converter_status',
  offset: 0x0ec,
  access: 'ro',
  from: 'hardware',
  summary: 'sums that have met an end of their range since the last clear',
  fields: [
    registerField({ name: 'sum', lsb: 0, width: 1 }, 'a sum of codes'),
    registerField({ name: 'transfer', lsb: 1, width: 1 }, 'a sum between arrays'),
  ],
};
