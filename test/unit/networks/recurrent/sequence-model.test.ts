/** Sequences to classes: derivatives of the whole model, learning by Adam, and taking up again where it was left. */
import { describe, expect, it } from 'vitest';
import type { Loss } from '../../../../src/networks/layers/loss.js';
import type { SequenceOutput } from '../../../../src/networks/recurrent/sequence-loss.js';
import { SequenceModel, type SequenceModelSetup } from '../../../../src/networks/recurrent/sequence-model.js';
import { gradientRuleOf } from '../../../../src/networks/recurrent/fast-weight-rule.js';
import { invariant } from '../../../../src/core/invariant.js';
import { compileText } from '../../../support/compile-text.js';
import { stpnRule } from '../../../support/stpn-rule.js';
import { randomNumbers } from '../../../support/random-numbers.js';

/** The rule of the example, smaller bounds so that they are met. */
function setupOf(decay: string, scope = 'synapse'): SequenceModelSetup {
  const { network } = compileText(
    stpnRule({ decay: `per ${scope} = 0.5 in ${decay}`, gain: 0.3, bias: 'weightLength = 1' }),
  );
  const [rule] = network?.rules ?? [];
  invariant(rule, 'the text has a rule');
  const found = gradientRuleOf({ rule, modulations: [], origin: rule.origin });
  invariant('rule' in found && found.fast, 'the rule has a fast part');
  const layer = { name: 'memory', units: 5, activation: 'tanh', isRecurrent: true, fast: found.fast } as const;
  return { inputs: 4, layers: [layer], output: { name: 'answer', model: 'softmax', size: 3 }, seed: 3 };
}

/** One-hot sequences of 4 steps; the class is which of the first three words came first. */
function batchOf(count: number, seed: number) {
  const below = randomNumbers(seed);
  const features = new Float32Array(count * 16);
  const labels = new Int32Array(count);
  for (let sequence = 0; sequence < count; sequence++) {
    for (let step = 0; step < 4; step++) features[sequence * 16 + step * 4 + below(4)] = 1;
    labels[sequence] = Math.max(0, features.subarray(sequence * 16, sequence * 16 + 3).indexOf(1));
  }
  return { features, labels };
}

const SETUP = setupOf('0.08 .. 0.92');
const [FAST_LAYER] = SETUP.layers;
invariant(FAST_LAYER, 'the model has a layer');

/** Layers of plain weights, recurrent but for the second one. */
const PLAIN = (['relu', 'sigmoid', 'linear', 'tanh'] as const).map((activation, index) => ({
  ...{ name: activation, units: 3 + (index % 2), activation },
  isRecurrent: index !== 1,
}));
const OUTPUTS: readonly (readonly [SequenceOutput['model'], number, Loss])[] = [
  ['softmax', 3, 'crossEntropy'],
  ['linear', 3, 'crossEntropy'],
  ['sigmoid', 3, 'crossEntropy'],
  ['softmax', 3, 'meanSquare'],
  ['linear', 3, 'meanSquare'],
  ['linear', 1, 'meanSquare'],
  ['tanh', 3, 'meanSquare'],
  ['sigmoid', 3, 'meanSquare'],
];

function withOutput([model, size]: (typeof OUTPUTS)[number], layers: SequenceModelSetup['layers']): SequenceModelSetup {
  return { inputs: 4, layers, output: { name: 'answer', model, size }, seed: 5 };
}

/** All derivatives that a batch leaves, against finite differences of its mean loss. */
function checkSlopes(setup: SequenceModelSetup, loss: Loss): void {
  const batch = batchOf(6, 1);
  const model = new SequenceModel(setup);
  model.train(batch, loss);
  const slopes = model.trained.map(({ gradients }) => gradients.slice());
  const begin = model.snapshot();
  const lossAt = (name: string, at: number, change: number): number => {
    const values = Float64Array.from(begin[name] ?? []);
    values[at] = values[at]! + change;
    model.restore({ ...begin, [name]: values });
    return model.test(batch, loss).loss / batch.labels.length;
  };
  model.trained.forEach(({ name, values }, index) => {
    for (let at = 0; at < values.length; at++) {
      const slope = (lossAt(name, at, 1e-6) - lossAt(name, at, -1e-6)) / 2e-6;
      expect(slopes[index]?.[at], `${name} ${at}`).toBeCloseTo(slope, 7);
    }
  });
}

describe('derivatives of the mean loss by all that is trained', () => {
  it.each(['synapse', 'post'])('with a fast part, decays per %s', (scope) => {
    checkSlopes(setupOf('0.08 .. 0.92', scope), 'crossEntropy');
  });

  it.each(OUTPUTS)('through layers of all functions, to %s [%i] by %s', (...output) => {
    checkSlopes(withOutput(output, PLAIN), output[2]);
  });

  it('through a layer with a fast part between layers without', () => {
    const [first, second] = PLAIN;
    invariant(first && second, 'there are plain layers');
    checkSlopes(withOutput(['softmax', 3, 'crossEntropy'], [first, FAST_LAYER, second]), 'crossEntropy');
  });
});

describe('a model of sequences', () => {
  it('has one decay for all synapses into a neuron where the rule says so', () => {
    const [layer] = new SequenceModel(setupOf('0.08 .. 0.92', 'post')).layers;
    const rows = Array.from({ length: 5 }, (_, unit) => [...layer!.values.decay.subarray(9 * unit, 9 * unit + 9)]);
    expect(rows.map((row) => new Set(row).size)).toEqual([1, 1, 1, 1, 1]);
    expect(new Set(rows.map(([first]) => first)).size).toBe(5);
  });

  it('learns by plain recurrent neurons and a mean square', () => {
    const model = new SequenceModel(
      withOutput(['linear', 3, 'meanSquare'], [{ ...PLAIN[0]!, activation: 'tanh', units: 8 }]),
    );
    const before = model.test(batchOf(200, 2), 'meanSquare').loss;
    for (let step = 0; step < 500; step++) {
      model.train(batchOf(20, 10 + step), 'meanSquare');
      model.learn(5);
    }
    const after = model.test(batchOf(200, 2), 'meanSquare');
    expect(after.loss).toBeLessThan(before / 3);
    expect(after.correct).toBeGreaterThan(170);
  });

  it('learns, and keeps parameters within their range', () => {
    const model = new SequenceModel(setupOf('0.4 .. 0.6'));
    const before = model.test(batchOf(200, 2), 'crossEntropy').loss;
    for (let step = 0; step < 300; step++) {
      model.train(batchOf(20, 10 + step), 'crossEntropy');
      model.learn(10);
    }
    const after = model.test(batchOf(200, 2), 'crossEntropy');
    expect(after.loss).toBeLessThan(before / 3);
    expect(after.correct).toBeGreaterThan(180);
    expect(Math.min(...model.layers[0]!.values.decay)).toBe(0.4);
    expect(Math.max(...model.layers[0]!.values.decay)).toBe(0.6);
  });

  it('begins alike for the same seed and otherwise for another', () => {
    const weightOf = (seed: number) => [...new SequenceModel({ ...SETUP, seed }).layers[0]!.values.weight];
    expect(weightOf(3)).toEqual(weightOf(3));
    expect(weightOf(3)).not.toEqual(weightOf(4));
    expect(Math.max(...weightOf(3).map(Math.abs))).toBeLessThanOrEqual(1 / Math.sqrt(5));
  });

  it('goes on from a snapshot with the same bits', () => {
    const steps = (model: SequenceModel, from: number, to: number) => {
      for (let step = from; step < to; step++) {
        model.train(batchOf(5, step), 'crossEntropy');
        model.learn();
      }
      return model.snapshot();
    };
    const whole = steps(new SequenceModel(SETUP), 0, 6);
    const half = steps(new SequenceModel(SETUP), 0, 3);
    const other = new SequenceModel({ ...SETUP, seed: 99 });
    other.restore(half);
    expect(steps(other, 3, 6)).toEqual(whole);
  });
});
