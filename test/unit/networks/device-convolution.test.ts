/** Convolutions whose kernels lie in cells: every window is a read, updates are summed over windows, runs go on as they were. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MappedNetwork } from '../../../src/ir/mapped-network.js';
import type { ArrayPlace } from '../../../src/networks/arrays/create-array.js';
import { createArray } from '../../../src/networks/arrays/create-array.js';
import type { DeviceArray } from '../../../src/networks/arrays/device-array.js';
import { FeedForward } from '../../../src/networks/layers/feed-forward.js';
import { initialWeights } from '../../../src/networks/layers/initial-weights.js';
import { createStudyRun } from '../../../src/networks/run/create-study-run.js';
import { synapseMatrix } from '../../../src/ir/synapse-matrix.js';
import { deviceArray, learnt } from '../../support/device-array.js';
import { cloudSamples, mapTraining } from '../../support/trained-network.js';

const ENCODE = 'encode differential window mid scale 2 uS';

/** A network on cells: two convolutions, pooling between them, and a dense layer; matrices take several tiles of 8 x 8. */
const DEEP = (realization: string): string => `import device yszEcram from "std/devices"
rule cells {
  param eta = 0.5
  weight w : 1 in -1 .. 1
  on sample { w -= eta * pre.value * post.error }
  realize ${realization}
}
network Net {
  population a : rates[2, 6, 6]
  population maps : tanh[3, 6, 6]
  population low : linear[3, 3, 3]
  population high : tanh[5, 2, 2]
  population c : softmax[3]
  projection wide : a -> maps convolution 3 x 3 padding 1 on yszEcram { learn cells weights ~ uniform(-0.3, 0.3) seed 1 ${ENCODE} }
  projection mean : maps -> low pool average 2 x 2
  projection strided : low -> high convolution 2 x 2 on yszEcram { learn cells weights ~ uniform(-0.4, 0.4) seed 2 ${ENCODE} }
  projection last : high -> c dense on yszEcram { learn cells weights ~ uniform(-0.4, 0.4) seed 3 ${ENCODE} }
}
`;
const experiment = (...clauses: readonly string[]): string =>
  `experiment Try {\n  run Net on Bench\n  ${clauses.join('\n  ')}\n}\n`;
const TRAINING = experiment(
  'train on points.train { batch = 4, loss = crossEntropy, epochs = 2 }',
  'test on points.test',
);
const SHAPE = [2, 6, 6];

/** Cells that are read and known exactly, with one weight of one projection moved. */
function exactCells(
  mapped: MappedNetwork,
  moved?: { readonly name: string; readonly cell: number; readonly by: number },
) {
  const create = (place: ArrayPlace): DeviceArray => {
    const size = synapseMatrix(place.projection, mapped.populations);
    const weights = initialWeights({ ...place, size });
    if (moved?.name === place.projection.name) weights[moved.cell] = weights[moved.cell]! + moved.by;
    return deviceArray({ ...size, weights, inputBits: 24, learning: learnt('programming', 0.5).learning });
  };
  return new FeedForward(mapped, 1, 5, create);
}

describe('derivatives through cells', () => {
  const mapped = mapTraining(DEEP('programming') + TRAINING, SHAPE, 8);
  const { features, labels } = cloudSamples(5, SHAPE, 3);
  const batch = { features, labels: labels! };

  it('are those of differences, summed over all windows', () => {
    const net = exactCells(mapped);
    const arrays = net.arrays as ReadonlyMap<string, DeviceArray>;
    const before = new Map([...arrays].map(([name, array]) => [name, array.wanted!.slice()]));
    net.train(batch, 'crossEntropy');
    net.learn(5);
    expect([...arrays].map(([name, { rows, columns }]) => [name, rows, columns])).toEqual([
      ['wide', 18, 3],
      ['strided', 12, 5],
      ['last', 21, 3],
    ]);
    for (const [name, array] of arrays) {
      const start = before.get(name)!;
      for (let cell = 0; cell < start.length; cell += 7) {
        const lossAt = (by: number) => exactCells(mapped, { name, cell, by }).train(batch, 'crossEntropy').loss / 5;
        const step = 5e-3;
        const slope = (8 * (lossAt(step / 2) - lossAt(-step / 2)) - (lossAt(step) - lossAt(-step))) / (6 * step);
        // The rule takes half of the derivative off
        const derivative = (start[cell]! - array.wanted![cell]!) / 0.5;
        expect(Math.abs(derivative - slope)).toBeLessThan(3e-4 + 1e-2 * Math.abs(slope));
      }
    }
  });
});

describe('a convolution with one window', () => {
  const PULSED = `import device magnetoIonic from "std/devices"
rule depress {
  weight w : Ohm
  trace up : pulses per synapse
  trace down : pulses per synapse
  on sample {
    let count = 2000 pulses/Ohm * abs(post.error * pre.value * 1 Ohm)
    if post.error * pre.value > 0 { down += count } else { up += count }
  }
  realize pulses { stochastic = 1, fraction = 3 bit }
}
`;
  const text = (connectivity: string, realization: string): string => {
    const isPulsed = realization === 'pulses';
    const head = isPulsed ? PULSED : DEEP(realization).split('network')[0]!;
    const holder = isPulsed
      ? 'on magnetoIonic { learn depress encode differential }'
      : `on yszEcram { learn cells ${ENCODE} }`;
    return `${head}network Net {
  population a : rates[2, 3, 3]
  population b : tanh[4, 1, 1]
  population c : softmax[3]
  projection first : a -> b ${connectivity} ${holder}
  projection second : b -> c dense { learn descent }
}
${experiment('train on points.train { batch = 4, loss = crossEntropy, epochs = 3 }')}`;
  };

  it.each(['programming', 'outerProduct', 'host', 'programming { levels = 50, attempts = 3 pulses }', 'pulses'])(
    'is all to all, bit by bit: %s',
    (realization) => {
      const samples = cloudSamples(16, [2, 3, 3], 3);
      const [convolution, matrix] = ['convolution 3 x 3', 'all-to-all'].map((connectivity) => {
        const run = createStudyRun(mapTraining(text(connectivity, realization), [2, 3, 3], 16), () => samples);
        while (run.step()) continue;
        return { ...run.result(), seconds: 0 };
      });
      expect(convolution!.activity).toEqual(matrix!.activity);
      expect(convolution!.curve).toEqual(matrix!.curve);
      expect(convolution!.activity.pulses).toBeGreaterThan(0);
    },
  );
});

describe('a training of convolutions on tiles', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each(['programming { levels = 100 }', 'outerProduct { slots = 15 }'])(
    'goes on with the same bits: %s',
    (method) => {
      const mapped = mapTraining(DEEP(method) + TRAINING, SHAPE, 16);
      const samples = cloudSamples(16, SHAPE, 3);
      // A clock that is always over its time: a step is a batch
      let now = 0;
      vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
      const whole = createStudyRun(mapped, () => samples);
      while (whole.step()) continue;
      let run = createStudyRun(mapped, () => samples);
      while (run.step()) run = createStudyRun(mapped, () => samples, structuredClone(run.checkpoint()));
      expect({ ...run.result(), seconds: 0 }).toEqual({ ...whole.result(), seconds: 0 });
      expect(whole.result().activity.pulses).toBeGreaterThan(0);
    },
  );

  it('counts a vector for each window and tile, and a scan of all columns for each plane of bits', () => {
    const mapped = mapTraining(DEEP('programming') + TRAINING, SHAPE, 16);
    const array = createArray({ network: mapped, projection: mapped.projections[0]!, index: 0, seed: 1, batch: 36 });
    const inputs = { count: 36, width: 18, values: new Float32Array(36 * 18).fill(1) };
    array.forward(inputs, { count: 36, width: 3, values: new Float32Array(36 * 3) });
    // 18 x 6 cells are three tiles of 8 x 8; inputs that are alike take one plane
    expect(array.counts).toMatchObject({ reads: 3 * 36, conversions: 3 * 36 * 6 });
  });

  it('is refused where not all pairs of a matrix have cells', () => {
    const part = DEEP('programming').replace('high -> c dense', 'high -> c probability 50 % seed 1');
    const mapped = mapTraining(part + TRAINING, SHAPE, 16);
    expect(() => new FeedForward(mapped, 1, 4)).toThrow('not all pairs are connected');
  });
});
