/** Windows as tables and as lists of pairs, against sums that are written out. */
import { expect, it } from 'vitest';
import { countOf, nirArray, type NirNode } from '../../../src/nir/graph.js';
import { shapeBehind } from '../../../src/nir/node-shapes.js';
import { linearMap } from '../../../src/nir/weight-tables.js';

interface Window {
  readonly channels: readonly [before: number, behind: number];
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly groups: number;
}

const [ROWS, COLUMNS] = [6, 7];

function convolution({ channels: [before, behind], kernel, stride, padding, dilation, groups }: Window): NirNode {
  const shape = [behind, before / groups, ...kernel];
  const weights = Array.from({ length: countOf(shape) }, (_, index) => Math.sin(index + 1));
  const whole = (values: readonly number[]) => nirArray(values, undefined, 'int64');
  const fields = {
    weight: nirArray(weights, shape),
    ...{ stride: whole(stride), padding: whole(padding), dilation: whole(dilation) },
    groups: nirArray([groups], [], 'int64'),
    bias: nirArray(Array.from({ length: behind }, (_, index) => index - 0.5)),
  };
  return { kind: 'node', type: 'Conv2d', fields, metadata: undefined };
}

const pixel = (index: number): number => Math.cos(3 * index);

/** The sums of the definition, loop by loop. */
function summed(
  node: NirNode,
  { channels: [before, behind], kernel, stride, padding, dilation, groups }: Window,
  makes: readonly number[],
): number[] {
  const weight = node.fields['weight'];
  const values = typeof weight === 'object' ? weight.values : new Float64Array();
  const inner = before / groups;
  const out: number[] = [];
  for (let channel = 0; channel < behind; channel++) {
    for (let y = 0; y < (makes[1] ?? 0); y++) {
      for (let x = 0; x < (makes[2] ?? 0); x++) {
        let sum = channel - 0.5;
        for (let at = 0; at < values.length / behind; at++) {
          const [c, ky, kx] = [
            Math.floor(at / (kernel[0] * kernel[1])),
            Math.floor(at / kernel[1]) % kernel[0],
            at % kernel[1],
          ];
          const row = y * stride[0] + ky * dilation[0] - padding[0];
          const column = x * stride[1] + kx * dilation[1] - padding[1];
          if (row < 0 || row >= ROWS || column < 0 || column >= COLUMNS) continue;
          const source = Math.floor(channel / (behind / groups)) * inner + c;
          sum +=
            (values[channel * (values.length / behind) + at] ?? 0) * pixel((source * ROWS + row) * COLUMNS + column);
        }
        out.push(sum);
      }
    }
  }
  return out;
}

it.each<Window>([
  { channels: [2, 3], kernel: [3, 3], stride: [1, 1], padding: [1, 1], dilation: [1, 1], groups: 1 },
  { channels: [2, 3], kernel: [3, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1], groups: 1 },
  { channels: [2, 4], kernel: [3, 2], stride: [1, 2], padding: [1, 0], dilation: [1, 1], groups: 2 },
  { channels: [4, 4], kernel: [2, 3], stride: [2, 1], padding: [2, 1], dilation: [2, 1], groups: 4 },
])('says a convolution %j', (window) => {
  const node = convolution(window);
  const takes = [window.channels[0], ROWS, COLUMNS];
  const makes = shapeBehind(node, takes) as readonly number[];
  const map = linearMap(node, { takes, makes });
  if (typeof map === 'string') throw new Error(map);
  const found = Array.from({ length: countOf(makes) }, (_, index) => map.bias?.[index] ?? 0);
  const { synapses } = map;
  if (synapses.kind === 'pairs') {
    synapses.pre.forEach((pre, pair) => {
      const post = synapses.post[pair] ?? 0;
      found[post] = (found[post] ?? 0) + (synapses.weights.values[pair] ?? 0) * pixel(pre);
    });
  } else if (synapses.kind === 'convolution') {
    const { rows, columns, stride, padding, weights } = synapses;
    const places = countOf(makes.slice(1));
    for (const index of found.keys()) {
      const [channel, y, x] = [
        Math.floor(index / places),
        Math.floor(index / (makes[2] ?? 1)) % (makes[1] ?? 1),
        index % (makes[2] ?? 1),
      ];
      for (let row = 0; row < weights.rows; row++) {
        const [top, left] = [
          y * stride - padding + (Math.floor(row / columns) % rows),
          x * stride - padding + (row % columns),
        ];
        const inside = top >= 0 && top < ROWS && left >= 0 && left < COLUMNS;
        const source = (Math.floor(row / (rows * columns)) * ROWS + top) * COLUMNS + left;
        if (inside)
          found[index] = (found[index] ?? 0) + (weights.values[row * weights.columns + channel] ?? 0) * pixel(source);
      }
    }
  }
  expect(synapses.kind).toBe(window.groups === 1 ? 'convolution' : 'pairs');
  for (const [index, expected] of summed(node, window, makes).entries()) expect(found[index]).toBeCloseTo(expected, 10);
});
