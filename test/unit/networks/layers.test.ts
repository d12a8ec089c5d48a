/** Layers: derivatives against differences, normalisation against its definition, connectivity. */
import { describe, expect, it } from 'vitest';
import { BatchNorm } from '../../../src/networks/layers/batch-norm.js';
import { FeedForward } from '../../../src/networks/layers/feed-forward.js';
import type { Loss } from '../../../src/networks/layers/loss.js';
import { synapseMask } from '../../../src/networks/layers/synapse-mask.js';
import { cloudSamples, mapTraining } from '../../support/trained-network.js';

interface Net {
  readonly body: string;
  readonly shape: readonly number[];
  readonly classes: number;
  readonly loss: Loss;
}

const NETS: Readonly<Record<string, Net>> = {
  'two dense layers and softmax': {
    body: `population a : rates[5]
  population b : tanh[4]
  population c : softmax[3] { temperature = 2 }
  projection first : a -> b dense { learn descent }
  projection second : b -> c dense { learn descent }`,
    shape: [5],
    classes: 3,
    loss: 'crossEntropy',
  },
  'batch normalisation and rectifiers': {
    body: `population a : rates[5]
  population b : relu[6] { batchNorm = 10 %, gain = 0.7 }
  population c : softmax[3] { batchNorm = 10 % }
  projection first : a -> b all-to-all { learn descent }
  projection second : b -> c all-to-all { learn descent }`,
    shape: [5],
    classes: 3,
    loss: 'crossEntropy',
  },
  'logits of linear neurons and lengths': {
    body: `population a : rates[5]
  population b : sigmoid[6] { normalize = 2, gain = 1.5 }
  population c : linear[3]
  projection first : a -> b dense { learn descent }
  projection second : b -> c dense { learn descent }`,
    shape: [5],
    classes: 3,
    loss: 'crossEntropy',
  },
  'one sigmoid': {
    body: `population a : rates[4]
  population b : tanh[3]
  population c : sigmoid[1]
  projection first : a -> b dense { learn descent }
  projection second : b -> c dense { learn descent }`,
    shape: [4],
    classes: 2,
    loss: 'crossEntropy',
  },
  'squares of softmax': {
    body: `population a : rates[4]
  population c : softmax[3]
  projection first : a -> c dense { learn descent }`,
    shape: [4],
    classes: 3,
    loss: 'meanSquare',
  },
  'convolution and pooling': {
    body: `population a : rates[2, 6, 6]
  population maps : tanh[3, 6, 6]
  population low : linear[3, 3, 3]
  population high : linear[3, 2, 2]
  population c : softmax[3]
  projection conv : a -> maps convolution 3 x 3 stride 1 padding 1 { learn descent }
  projection mean : maps -> low pool average 2 x 2 stride 2
  projection most : low -> high pool max 2 x 2 stride 1
  projection last : high -> c dense { learn descent }`,
    shape: [2, 6, 6],
    classes: 3,
    loss: 'crossEntropy',
  },
  'gaps, parts and ways around': {
    body: `population a : rates[6]
  population b : tanh[6]
  population c : softmax[3]
  projection some : a -> b where (pre.index + post.index) % 2 == 0 { learn descent }
  projection drawn : a -> b probability 50 % seed 3 { learn descent }
  projection part : a[1 .. 3] -> b[2 .. 4] one-to-one { learn descent }
  projection last : b -> c dense { learn descent }
  projection around : a -> c in-degree 2 seed 4 { learn descent }`,
    shape: [6],
    classes: 3,
    loss: 'crossEntropy',
  },
};

const EXPERIMENT = 'experiment Try { run Net on Bench train on points.train { batch = 7, loss = crossEntropy } }\n';

function prepared({ body, shape, classes }: Net) {
  const mapped = mapTraining(`network Net {\n  ${body}\n}\n${EXPERIMENT}`, shape, 8);
  const { features, labels } = cloudSamples(7, shape, classes);
  return { mapped, batch: { features, labels: labels! } };
}

describe('derivatives', () => {
  it.each(Object.keys(NETS))('are those of differences: %s', (name) => {
    const net = NETS[name]!;
    const { mapped, batch } = prepared(net);
    const learnt = new FeedForward(mapped, 1, 7);
    const before = new Map([...learnt.arrays].map(([key, array]) => [key, array.weights()]));
    const other = new FeedForward(mapped, 1, 7);
    const starts = new Map([...other.arrays].map(([key, array]) => [key, array.snapshot()]));
    learnt.train(batch, net.loss);
    learnt.learn(7);
    for (const [key, array] of learnt.arrays) {
      const after = array.weights();
      const start = before.get(key)!;
      for (let cell = 0; cell < start.length; cell += Math.ceil(start.length / 11)) {
        const step = 5e-3;
        const lossAt = (change: number): number => {
          const snapshot = structuredClone(starts.get(key)!);
          const matrix = snapshot['matrix'] as Float32Array;
          const stride = matrix.length / (8 * Math.ceil(array.rows / 8));
          const at = Math.floor(cell / array.columns) * stride + (cell % array.columns);
          if (matrix[at] === 0) return NaN;
          matrix[at] = matrix[at]! + change;
          other.arrays.get(key)!.restore(snapshot);
          const { loss } = other.train(batch, net.loss);
          other.arrays.get(key)!.restore(starts.get(key)!);
          return loss / 7;
        };
        const slope = (8 * (lossAt(step / 2) - lossAt(-step / 2)) - (lossAt(step) - lossAt(-step))) / (6 * step);
        // The rule takes half of the derivative off
        const derivative = (start[cell]! - after[cell]!) / 0.5;
        if (Number.isNaN(slope)) expect(derivative + 0).toBe(0);
        else expect(Math.abs(derivative - slope)).toBeLessThan(2e-4 + 5e-3 * Math.abs(slope));
      }
    }
  });
});

describe('batch normalisation', () => {
  const values = Float32Array.of(1, 10, 2, 20, 6, 60);

  it('brings every neuron to mean 0 and deviation 1 over the batch', () => {
    const norm = new BatchNorm(2, 3, 0.15);
    const out = values.slice();
    norm.forward(out, 3, true);
    for (const neuron of [0, 1]) {
      const own = [0, 1, 2].map((sample) => out[2 * sample + neuron]!);
      expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5);
      expect(own.reduce((sum, value) => sum + value * value, 0) / 3).toBeCloseTo(1, 4);
    }
  });

  it('follows batches as PyTorch does: mean 3 and unbiased variance 7 of 1, 2, 6, at 15 %', () => {
    const norm = new BatchNorm(2, 3, 0.15);
    norm.forward(values.slice(), 3, true);
    const { mean, variance } = norm.snapshot();
    expect(mean![0]).toBeCloseTo(0.45, 12);
    expect(variance![0]).toBeCloseTo(0.85 + 0.15 * 7, 12);
    const tested = Float32Array.of(1, 10);
    norm.forward(tested, 1, false);
    expect(tested[0]).toBeCloseTo((1 - 0.45) / Math.sqrt(1.9 + 1e-5), 6);
  });
});

describe('connectivity', () => {
  const { mapped } = prepared(NETS['gaps, parts and ways around']!);
  const maskOf = (name: string): Uint8Array =>
    synapseMask(
      mapped.projections.find((projection) => projection.name === name)!,
      mapped,
    )!;

  it('holds for the pairs of a condition', () => {
    expect([...maskOf('some')]).toEqual(Array.from({ length: 36 }, (_, cell) => Number((Math.floor(cell / 6) + cell) % 2 === 0))); // prettier-ignore
  });

  it('gives every neuron the same number of inputs', () => {
    const mask = maskOf('around');
    for (let column = 0; column < 3; column++) {
      expect([0, 1, 2, 3, 4, 5].filter((row) => mask[3 * row + column] === 1)).toHaveLength(2);
    }
  });

  it('is one to one for a part', () => {
    expect([...maskOf('part')]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });
});
