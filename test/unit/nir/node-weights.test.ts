/** Weights of single nodes: `weights from nir "file" at "node"`. */
import { describe, expect, it } from 'vitest';
import { mapStudy } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { writeHdf5 } from '../../../src/data/hdf5.js';
import { compileSource } from '../../../src/dsl/front-end.js';
import { loadWeights, readWeightGraphs } from '../../../src/load-weights.js';
import { nirArray, type NirGraph, type NirNode } from '../../../src/nir/graph.js';
import { nodeWeights } from '../../../src/nir/node-weights.js';
import { graphTree } from '../../../src/nir/write-graph.js';
import { memoryHost } from '../../support/memory-host.js';
import { BENCH, experimentOn, idxHeader } from '../../support/study-text.js';
import { DESCENT } from '../../support/trained-network.js';

function node(type: NirNode['type'], fields: NirNode['fields']): NirNode {
  return { kind: 'node', type, fields, metadata: undefined };
}

function graph(nodes: Readonly<Record<string, NirNode | NirGraph>>): NirGraph {
  return { kind: 'graph', nodes: new Map(Object.entries(nodes)), edges: [], metadata: undefined };
}

/** Three neurons before, two behind: weights are stored behind x before. */
const WEIGHT = nirArray([1, 2, 3, 4, 5, 6], [2, 3], 'float32');
const LINEAR = node('Linear', { weight: WEIGHT });
const AFFINE = node('Affine', { weight: WEIGHT, bias: nirArray([7, 8], [2], 'float32') });
const NET = graph({
  plain: LINEAR,
  inner: graph({ 'fc.1': AFFINE }),
  neurons: node('Threshold', { threshold: WEIGHT }),
});

function valuesOf(place: string | undefined, hasBiases: boolean, of = NET): readonly number[] | string {
  const found = nodeWeights(of, { ...(place !== undefined && { node: place }), hasBiases });
  return typeof found === 'string' ? found : [found.rows, found.columns, ...found.values];
}

describe('the weights of a node', () => {
  it('have a row for every neuron before, and for `dense` one of biases, of zeros where there are none', () => {
    expect(valuesOf('plain', false)).toEqual([3, 2, 1, 4, 2, 5, 3, 6]);
    expect(valuesOf('plain/weight', true)).toEqual([4, 2, 1, 4, 2, 5, 3, 6, 0, 0]);
    expect(valuesOf('inner/fc.1', true)).toEqual([4, 2, 1, 4, 2, 5, 3, 6, 7, 8]);
    expect(valuesOf(undefined, false, graph({ only: LINEAR }))).toEqual([3, 2, 1, 4, 2, 5, 3, 6]);
  });

  it.each([
    ['inner/fc.1', false, /has biases, which connections have that are `dense`/],
    ['inner', true, /`inner` is a graph; with weights are `plain`, `inner\/fc.1`/],
    ['fc1', true, /there is no node `fc1`; with weights are/],
    ['neurons', true, /node `neurons`: it has no weights/],
    [undefined, true, /say which node by `at`: `plain`, `inner\/fc.1`/],
  ] as const)('of %s with biases %s are refused with a reason', (place, hasBiases, reason) => {
    expect(valuesOf(place, hasBiases)).toMatch(reason);
  });
});

describe('a network with weights in a graph', () => {
  const text = (place: string): string => `data points {
  from "points.idx"
  labels "labels.idx"
}
network Net {
  population a : rates[3]
  population c : softmax[2]
  projection p : a -> c dense {
    learn descent
    weights from nir "net.nir" ${place}
  }
}
`;

  async function loaded(place: string, bytes?: Uint8Array) {
    const file = bytes ?? (await writeHdf5(graphTree(NET)));
    const source = BENCH + DESCENT + text(place) + experimentOn('Net', 'train on points { loss = crossEntropy }');
    const files = { 'points.idx': idxHeader(8, 3), 'labels.idx': idxHeader(8), 'net.nir': file as Uint8Array };
    const host = memoryHost({ ...files, 'input.ion': source });
    const diagnostics = new DiagnosticBag();
    const network = compileSource('input.ion', host, new Map(), diagnostics);
    const [study] = network?.studies ?? [];
    const where = { file: 'input.ion', host, overrides: new Map<string, string>() };
    const mapped = network && study && mapStudy({ network, study, point: [] }, where, diagnostics);
    const all = mapped && loadWeights([mapped], host, diagnostics, await readWeightGraphs([mapped], host));
    return { table: all?.[0]?.projections[0]?.weightTable, found: diagnostics.all };
  }

  it('begins with them', async () => {
    expect(await loaded('at "inner/fc.1"')).toEqual({ table: Float32Array.of(1, 4, 2, 5, 3, 6, 7, 8), found: [] });
  });

  it('is told what is wrong with the graph', async () => {
    const missing = await loaded('at "fc1"');
    expect(missing.found[0]).toMatchObject({ code: 'study/weights-unusable' });
    expect(missing.found[0]?.message).toContain('there is no node `fc1`');
    const damaged = await loaded('at "plain"', new TextEncoder().encode('no HDF5'));
    expect(damaged.found[0]).toMatchObject({ code: 'study/weights-unusable' });
  });
});
