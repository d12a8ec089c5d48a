/** Registers of spikes, address events and neurons: places, reset values, and how old a spike can be. */
import { describe, expect, it } from 'vitest';
import { aerRegisters } from '../../../src/ir/blocks/aer.js';
import { NEURON_KIND_BIT, neuronRegisters, type NeuronConfig } from '../../../src/ir/blocks/neuron.js';
import { maxSpikeAge, spikePlanesFor, spikeRegisters, type SpikeConfig } from '../../../src/ir/blocks/spikes.js';

const SPIKES: SpikeConfig = { planes: 8, tickClocks: 1000, refractoryTicks: 3, tickBits: 20 };
const NEURON: NeuronConfig = {
  stateBits: 12,
  accumulatorBits: 14,
  activationBits: 6,
  refractoryBits: 3,
  settings: { kind: 'rectify', subtracts: true, leak: 3, threshold: -5, refractory: 2 },
  sends: true,
  returns: true,
};

describe('registers of spikes and neurons', () => {
  const registers = [...aerRegisters(), ...spikeRegisters(SPIKES), ...neuronRegisters(NEURON)];

  it('have places of their own and reset values that fit', () => {
    expect(new Set(registers.map(({ offset }) => offset)).size).toBe(registers.length);
    for (const { fields } of registers) for (const { reset, width } of fields) expect(reset).toBeLessThan(2 ** width);
    const resets = Object.fromEntries(registers.map(({ name, fields }) => [name, fields.map(({ reset }) => reset)]));
    expect(resets).toMatchObject({ tick_div: [1000], neuron_kind: [1, 1, 1, 1], neuron_threshold: [4091] });
    expect(resets['neuron_kind']?.[0]).toBe(2 ** NEURON_KIND_BIT.rectifies);
  });

  it('remember as many ticks as the oldest age needs', () => {
    for (const age of [0, 1, 2, 5, 6, 13]) {
      const planes = spikePlanesFor(age);
      expect(maxSpikeAge({ planes })).toBeGreaterThanOrEqual(age);
      if (planes > 4) expect(maxSpikeAge({ planes: planes / 2 })).toBeLessThan(age);
    }
  });
});
