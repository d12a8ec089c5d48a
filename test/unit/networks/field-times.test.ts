/** Fields of a schedule: how long each lasts, how often it is switched to. */
import { describe, expect, it } from 'vitest';
import { beginFields, fieldTimes, switchField } from '../../../src/networks/run/field-times.js';
import { createTrainingRun } from '../../../src/networks/run/training-run.js';
import { cloudSamples, mapTraining } from '../../support/trained-network.js';

/** Waits in three settings; the chip gets a coil. */
const mapped = mapTraining(
  `import device magnetoIonic from "std/devices"
rule depress {
  weight w : Ohm
  trace up : pulses per synapse
  trace down : pulses per synapse
  on sample { if post.error * pre.value > 0 { down += 1 pulses } else { up += 1 pulses } }
  realize pulses { fraction = 4 bit }
}
network Net {
  population a : rates[4]
  population c : softmax[3]
  projection first : a -> c all-to-all on magnetoIonic { learn depress encode differential }
}
chip Magnet {
  clock 50 MHz
  bus apb
  coil 0 mT .. 100 mT by 8 bit settle 10 ms drive 2 A resistance 3 Ohm inductance 5 mH source "coil" confidence estimate
  tile 8 x 8 {
    bias half
    rails -6 V .. 6 V by 12 bit
    timer 16 bit
    settle 10 us
    adc 0 A .. 160 mA by 10 bit in 2 us settle 10 us shared by 4
    lines 20 pF source "bench" confidence estimate
  }
}
experiment Try {
  run Net on Magnet
  wait 1 s
  modulate field = 100 mT
  wait 2 s
  train on points.train { loss = crossEntropy, batch = 2 }
  modulate field = 100 mT
  wait 4 s
  modulate field = 50 mT
  wait 8 s
  modulate field = 100 mT
  wait 16 s
  modulate field = 0 mT
  wait 32 s
}
`,
  [4],
  8,
);

describe('fields', () => {
  it('of a training last as long as the experiment between their settings, pulses included', () => {
    const samples = cloudSamples(8, [4], 3);
    const run = createTrainingRun(mapped, () => samples);
    while (run.step()) continue;
    const { fields, seconds } = run.result().activity;
    const pulses = seconds - 63;
    expect(pulses).toBeGreaterThan(0);
    expect(fields?.map(({ tesla, switches }) => [tesla, switches])).toEqual([
      [0, 1],
      [0.1, 2],
      [0.05, 1],
    ]);
    const [none, full, half] = fields ?? [];
    expect(none?.seconds).toBeCloseTo(33, 9);
    expect(full?.seconds).toBeCloseTo(22 + pulses, 9);
    expect(half?.seconds).toBeCloseTo(8, 9);
  });

  it('begin as devices and projections say, and follow no other modulator', () => {
    const record = beginFields(mapped);
    if (!record) throw new Error('the device sees a field');
    switchField(record, { modulator: 'gain', value: 3 }, 1);
    switchField(record, { modulator: 'field', value: 0.1 }, 2);
    expect(fieldTimes(record, 5)).toEqual([
      { tesla: 0, seconds: 2, switches: 0 },
      { tesla: 0.1, seconds: 3, switches: 1 },
    ]);
    expect(beginFields({ projections: [] })).toBeUndefined();
  });
});
