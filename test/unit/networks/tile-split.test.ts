/** With ideal devices and exact codes, products do not depend on how a matrix is cut into tiles, bit for bit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MappedNetwork } from '../../../src/ir/mapped-network.js';
import { synapseMatrix } from '../../../src/ir/synapse-matrix.js';
import { countParts } from '../../../src/ir/tile-parts.js';
import { createArray } from '../../../src/networks/arrays/create-array.js';
import { FeedForward } from '../../../src/networks/layers/feed-forward.js';
import { initialWeights } from '../../../src/networks/layers/initial-weights.js';
import { idealChip, IDEAL, mappedText } from '../../support/mapped-text.js';

const EXPERIMENT = 'experiment Try {\n  run Net on Bench\n  wait 1 s\n}\n';

/** A layer with whole weights from -8 to 8, or from 1 to 8 for single cells. */
function layerText(rows: number, columns: number, scheme: 'single' | 'differential', connectivity: string): string {
  const spread = scheme === 'single' ? '1 + (7 * pre.index + 3 * post.index) % 8' : '(7 * pre.index + 3 * post.index) % 17 - 8'; // prettier-ignore
  return `network Net {
  population a : rates[${rows}]
  population b : linear[${columns}]
  projection w : a -> b ${connectivity} on ideal { weights = ${spread}
    encode ${scheme} scale 1 S }
}
`;
}

/** The whole product of `inputs` with the array of the only projection. */
function productOf(network: MappedNetwork, inputs: readonly number[], count: number): Float32Array {
  const [projection] = network.projections;
  const { rows, columns } = synapseMatrix(projection!, network.populations);
  const array = createArray({ network, projection: projection!, index: 0, seed: 1, batch: count });
  const values = Float32Array.from({ length: count * rows }, (_, at) => inputs[at % inputs.length]!);
  const out = { count, width: columns, values: new Float32Array(count * columns) };
  array.forward({ count, width: rows, values }, out);
  return out.values;
}

/** The same by whole numbers. */
function exactProduct(network: MappedNetwork, inputs: readonly number[], count: number): number[] {
  const [projection] = network.projections;
  const size = synapseMatrix(projection!, network.populations);
  const weights = initialWeights({ network, projection: projection!, index: 0, size, seed: 1 });
  return Array.from({ length: count * size.columns }, (_, at) => {
    const [sample, column] = [Math.floor(at / size.columns), at % size.columns];
    let sum = 0;
    for (let row = 0; row < size.rows; row++) sum += inputs[(sample * size.rows + row) % inputs.length]! * weights[row * size.columns + column]!; // prettier-ignore
    return sum;
  });
}

const side = fc.integer({ min: 1, max: 24 });
const tile = fc.record({ rows: fc.integer({ min: 1, max: 12 }), columns: fc.integer({ min: 2, max: 12 }), spare: fc.nat(1) }); // prettier-ignore

describe('the tile split', () => {
  it('does not show in products, for single cells and pairs, with and without biases', () => {
    const cuts: number[] = [];
    fc.assert(
      fc.property(
        fc.record({ rows: side, columns: side, scheme: fc.constantFrom('single', 'differential'), isDense: fc.boolean() }), // prettier-ignore
        fc.array(fc.integer({ min: -255, max: 255 }), { minLength: 7, maxLength: 7 }),
        fc.array(tile, { minLength: 2, maxLength: 2 }),
        ({ rows, columns, scheme, isDense }, drawn, tiles) => {
          // Largest of every vector: the unit of inputs is then one
          const inputs = [255, ...drawn];
          const text = IDEAL + layerText(rows, columns, scheme, isDense ? 'dense' : 'all-to-all') + EXPERIMENT;
          const whole = mappedText(text + idealChip('64 x 64'));
          const count = 1;
          const expected = exactProduct(whole, inputs, count);
          for (const each of tiles) {
            const spare = each.rows > 1 && each.columns > 2 && each.spare === 1 ? 'spare 1 rows 1 columns' : '';
            const cut = mappedText(
              text + idealChip(`${String(each.rows)} x ${String(each.columns)} grid 9 x 9`, spare),
            );
            cuts.push(countParts(cut.projections[0]!.parts));
            expect([...productOf(cut, inputs, count)]).toEqual(expected);
          }
          expect([...productOf(whole, inputs, count)]).toEqual(expected);
        },
      ),
      { numRuns: 15, seed: 1 },
    );
    expect(Math.max(...cuts)).toBeGreaterThan(20);
  });

  it('does not show in convolutions, whose windows are moved or unrolled', () => {
    const outputsOf = (network: MappedNetwork, features: Float32Array): number[] => {
      const layers = new FeedForward(network, 1, 1, createArray);
      layers.test({ features, labels: Int32Array.of(0) }, undefined);
      return [...layers.output.outputs.subarray(0, layers.output.size)];
    };
    fc.assert(
      fc.property(
        fc.record({ channels: fc.integer({ min: 1, max: 2 }), side: fc.integer({ min: 3, max: 5 }), window: fc.integer({ min: 1, max: 3 }), padding: fc.nat(1), stride: fc.integer({ min: 1, max: 2 }), maps: fc.integer({ min: 1, max: 3 }) }), // prettier-ignore
        fc.record({ rows: fc.integer({ min: 4, max: 12 }), columns: fc.integer({ min: 4, max: 12 }) }),
        fc.array(fc.integer({ min: -255, max: 255 }), { minLength: 11, maxLength: 11 }),
        ({ channels, side: edge, window, padding, stride, maps }, { rows, columns }, drawn) => {
          const out = Math.floor((edge + 2 * padding - window) / stride) + 1;
          const text = (unrolled: string): string => `${IDEAL}network Net {
  population a : rates[${channels}, ${edge}, ${edge}]
  population b : linear[${maps}, ${out}, ${out}]
  projection w : a -> b convolution ${window} x ${window} stride ${stride} padding ${padding} on ideal {
    weights = (5 * pre.channel + 7 * post.channel + 3) % 11 - 5
    encode differential scale 1 S ${unrolled}
  }
}
${EXPERIMENT}`;
          // Every window has the largest input in it, so that inputs are counted in ones
          const features = Float32Array.from({ length: channels * edge * edge }, (_, at) => drawn[at % drawn.length]! > 0 ? 255 : 0); // prettier-ignore
          const [small, large] = [idealChip(`${String(rows)} x ${String(columns)} grid 9 x 9`), idealChip('128 x 128')];
          const [first, ...others] = [small, large].flatMap((chip) => ['', 'unrolled'].map((clause) => outputsOf(mappedText(text(clause) + chip), features))); // prettier-ignore
          for (const other of others) expect(other).toEqual(first);
        },
      ),
      { numRuns: 8, seed: 2 },
    );
  });
});
