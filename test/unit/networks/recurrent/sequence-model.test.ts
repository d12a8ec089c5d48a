/** Sequences to classes: derivatives of the whole model, learning by Adam, and taking up again where it was left. */
import { describe, expect, it } from 'vitest';
import { SequenceModel, type SequenceModelSetup } from '../../../../src/networks/recurrent/sequence-model.js';
import { gradientRuleOf } from '../../../../src/networks/recurrent/fast-weight-rule.js';
import { invariant } from '../../../../src/core/invariant.js';
import { compileText } from '../../../support/compile-text.js';
import { randomNumbers } from '../../../support/random-numbers.js';

/** The rule of the example, smaller bounds so that they are met. */
function setupOf(decay: string): SequenceModelSetup {
  const { network } = compileText(`rule stpn {
    param decay per synapse = 0.5 in ${decay}
    param gain per synapse = 0.3
    weight w : 1
    trace f : 1 per synapse
    transmit = w + f
    every 66.7 ms { f = decay * f + gain * pre.value * post.value }
    realize bias { weightLength = 1 }
  }`);
  const [rule] = network?.rules ?? [];
  invariant(rule, 'the text has a rule');
  const found = gradientRuleOf({ rule, modulations: [], origin: rule.origin });
  invariant('rule' in found && found.fast, 'the rule has a fast part');
  return { inputs: 4, units: 5, classes: 3, isRecurrent: true, fast: found.fast, seed: 3 };
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

describe('a model of sequences', () => {
  it('steps down the slope of its mean loss', () => {
    const batch = batchOf(6, 1);
    const model = new SequenceModel(SETUP);
    const { values, gradients } = model.layer;
    model.train(batch);
    const slopes = { weight: gradients.weight.slice(), gain: gradients.gain.slice(), bias: gradients.bias.slice() };
    const meanLoss = () => model.test(batch).loss / batch.labels.length;
    for (const name of ['weight', 'gain', 'bias'] as const) {
      for (let at = 0; at < values[name].length; at++) {
        const kept = values[name][at]!;
        values[name][at] = kept + 1e-6;
        const above = meanLoss();
        values[name][at] = kept - 1e-6;
        expect(slopes[name][at], `${name} ${at}`).toBeCloseTo((above - meanLoss()) / 2e-6, 7);
        values[name][at] = kept;
      }
    }
  });

  it('learns, and keeps parameters within their range', () => {
    const model = new SequenceModel(setupOf('0.4 .. 0.6'));
    const before = model.test(batchOf(200, 2)).loss;
    for (let step = 0; step < 300; step++) {
      model.train(batchOf(20, 10 + step));
      model.learn(10);
    }
    const after = model.test(batchOf(200, 2));
    expect(after.loss).toBeLessThan(before / 3);
    expect(after.correct).toBeGreaterThan(180);
    expect(Math.min(...model.layer.values.decay)).toBe(0.4);
    expect(Math.max(...model.layer.values.decay)).toBe(0.6);
  });

  it('begins alike for the same seed and otherwise for another', () => {
    const weightOf = (seed: number) => [...new SequenceModel({ ...SETUP, seed }).layer.values.weight];
    expect(weightOf(3)).toEqual(weightOf(3));
    expect(weightOf(3)).not.toEqual(weightOf(4));
    expect(Math.max(...weightOf(3).map(Math.abs))).toBeLessThanOrEqual(1 / Math.sqrt(5));
  });

  it('goes on from a snapshot with the same bits', () => {
    const steps = (model: SequenceModel, from: number, to: number) => {
      for (let step = from; step < to; step++) {
        model.train(batchOf(5, step));
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
