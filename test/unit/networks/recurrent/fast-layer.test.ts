/** The layer with fast parts: its equations written down again, and its derivatives against finite differences. */
import { describe, expect, it } from 'vitest';
import { FastLayer, widthOf, type FastLayerShape } from '../../../../src/networks/recurrent/fast-layer.js';
import type { FastNorm } from '../../../../src/networks/recurrent/fast-weight-rule.js';
import { randomNumbers } from '../../../support/random-numbers.js';

const NORMS: readonly FastNorm[] = [
  { of: 'nothing', length: 0 },
  { of: 'weights', length: 1 },
  { of: 'weights', length: 1.7 },
  { of: 'inputs', length: 1 },
  { of: 'inputs', length: 0.6 },
];

const STEPS = 5;

/** A layer with values that make all terms matter; every third input is silent throughout. */
function layerWith(norm: FastNorm, isRecurrent: boolean) {
  const shape: FastLayerShape = { units: 3, inputs: 6, isRecurrent, norm, activation: 'tanh' };
  const layer = new FastLayer(shape);
  const draw = randomNumbers(7);
  const next = () => draw(2 ** 20) / 2 ** 20;
  const fill = (values: Float64Array, low: number, high: number) => {
    for (let at = 0; at < values.length; at++) values[at] = low + (high - low) * next();
  };
  fill(layer.values.weight, -1, 1);
  fill(layer.values.decay, 0.1, 0.9);
  fill(layer.values.gain, -0.8, 0.8);
  fill(layer.values.bias, -0.3, 0.3);
  const inputs = Float64Array.from({ length: STEPS * shape.inputs }, (_, at) => (at % 3 === 0 ? 0 : next() - 0.4));
  return { layer, inputs, target: Float64Array.from({ length: shape.units }, () => next() - 0.5) };
}

/** The equations of the authors' layer, word for word, and of the variant with scaled inputs. */
function outputsByHand({ values, shape }: FastLayer, inputs: Float64Array): number[] {
  const { units, norm } = shape;
  const width = widthOf(shape);
  let fast = Array.from({ length: units }, () => new Array<number>(width).fill(0));
  let outputs = new Array<number>(units).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const outside = [...inputs.subarray(step * shape.inputs, (step + 1) * shape.inputs)];
    let before = shape.isRecurrent ? [...outside, ...outputs] : outside;
    if (norm.of === 'inputs') before = before.map((value) => (value * norm.length) / Math.hypot(...before));
    const total = fast.map((row, unit) => row.map((part, at) => part + values.weight[unit * width + at]!));
    const scale = total.map((row) => (norm.of === 'weights' ? norm.length / (Math.hypot(...row) + 1e-16) : 1));
    const h = total.map((row, unit) =>
      Math.tanh(scale[unit]! * row.reduce((sum, each, at) => sum + each * before[at]!, 0) + values.bias[unit]!),
    );
    fast = fast.map((row, unit) =>
      row.map((part, at) => {
        const cell = unit * width + at;
        return values.decay[cell]! * part * scale[unit]! + values.gain[cell]! * h[unit]! * before[at]!;
      }),
    );
    outputs = h;
  }
  return outputs;
}

/** Errors behind the last step alone. */
function lastOf(errors: Float64Array): Float64Array {
  const all = new Float64Array(STEPS * errors.length);
  all.set(errors, all.length - errors.length);
  return all;
}

function lossOf(layer: FastLayer, inputs: Float64Array, target: Float64Array): number {
  const outputs = layer.forward(inputs, STEPS);
  return outputs.reduce((sum, output, unit) => sum + (output - target[unit]!) ** 2, 0);
}

describe.each([true, false])('recurrent: %s', (isRecurrent) => {
  it.each(NORMS)('computes the equations, norm %j', (norm) => {
    const { layer, inputs } = layerWith(norm, isRecurrent);
    const found = [...layer.forward(inputs, STEPS)];
    outputsByHand(layer, inputs).forEach((output, unit) => {
      expect(found[unit]).toBeCloseTo(output, 12);
    });
  });

  it.each(NORMS)('knows its derivatives, norm %j', (norm) => {
    const { layer, inputs, target } = layerWith(norm, isRecurrent);
    const outputs = layer.forward(inputs, STEPS);
    layer.backward(lastOf(outputs.map((output, unit) => 2 * (output - target[unit]!))));
    const step = 1e-6;
    for (const name of ['weight', 'decay', 'gain', 'bias'] as const) {
      const values = layer.values[name];
      for (let at = 0; at < values.length; at++) {
        const kept = values[at]!;
        values[at] = kept + step;
        const above = lossOf(layer, inputs, target);
        values[at] = kept - step;
        const slope = (above - lossOf(layer, inputs, target)) / (2 * step);
        values[at] = kept;
        expect(layer.gradients[name][at], `${name} ${at}`).toBeCloseTo(slope, 7);
      }
    }
  });
});

it('adds derivatives up over sequences', () => {
  const { layer, inputs, target } = layerWith({ of: 'weights', length: 1 }, true);
  const learn = () => {
    layer.forward(inputs, STEPS);
    layer.backward(lastOf(target));
  };
  learn();
  const once = layer.gradients.weight.slice();
  learn();
  expect([...layer.gradients.weight]).toEqual([...once.map((value) => 2 * value)]);
});

it('shows fast parts where inputs are', () => {
  const { layer, inputs } = layerWith({ of: 'nothing', length: 0 }, true);
  layer.forward(inputs, STEPS);
  const first = layer.outputsAt(0);
  const out = new Float64Array(3 * widthOf(layer.shape));
  layer.fastPartAt(1, out);
  out.forEach((part, cell) => {
    const [unit, column] = [Math.floor(cell / 9), cell % 9];
    const before = column < 6 ? inputs[column]! : 0;
    expect(part).toBeCloseTo(layer.values.gain[cell]! * first[unit]! * before, 14);
  });
});
