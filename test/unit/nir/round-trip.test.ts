/**
 * Random graphs through our writer, the reader and writer of the package `nir`, and our reader: equal. The number of
 * graphs is IONLOOM_NIR_GRAPHS, 40 where nothing is said.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { readHdf5, writeHdf5 } from '../../../src/data/hdf5.js';
import type { NirGraph } from '../../../src/nir/graph.js';
import { NODE_TYPE_NAMES, type NodeType } from '../../../src/nir/node-types.js';
import { NIR_LIMITS, readGraph } from '../../../src/nir/read-graph.js';
import { graphTree } from '../../../src/nir/write-graph.js';
import { arbitraryNir, sorted } from '../../support/arbitrary-nir.js';
import { hasPythonPackages, PYTHON } from '../../support/python.js';
import { mustRunIn, withWorkFolder } from '../../support/work-folder.js';

const COUNT = Number(process.env['IONLOOM_NIR_GRAPHS'] ?? 40);
const graphs = fc.sample(arbitraryNir, { numRuns: COUNT, seed: 20_260 });

async function bytesOf(graph: NirGraph): Promise<Uint8Array> {
  const bytes = await writeHdf5(graphTree(graph));
  if (!(bytes instanceof Uint8Array)) throw new Error(bytes.reason);
  return bytes;
}

async function graphOf(bytes: Uint8Array): Promise<NirGraph | string> {
  const root = await readHdf5(bytes, NIR_LIMITS);
  if (root.kind === 'data-fault') return root.reason;
  const diagnostics = new DiagnosticBag();
  const file = readGraph(root, 'random.nir', diagnostics);
  return file?.graph ?? diagnostics.all.map(({ message }) => message).join('\n');
}

it('draws every node type, loops and nested graphs', () => {
  const types = new Set<NodeType | 'graph'>();
  const collect = ({ nodes }: NirGraph): void => {
    for (const node of nodes.values()) {
      types.add(node.kind === 'graph' ? 'graph' : node.type);
      if (node.kind === 'graph') collect(node);
    }
  };
  graphs.forEach(collect);
  expect([...types].sort()).toEqual([...NODE_TYPE_NAMES, 'graph'].sort());
});

it('reads what it writes', async () => {
  for (const graph of graphs.slice(0, 20)) expect(await graphOf(await bytesOf(graph))).toEqual(graph);
});

const SCRIPT = `
import nir, sys
for index in range(int(sys.argv[1])):
    nir.write(f'out/{index}.nir', nir.read(f'in/{index}.nir'))
`;

describe.skipIf(!hasPythonPackages('nir'))('the package nir', () => {
  it(`reads and writes ${COUNT} graphs, which stay as they are`, { timeout: 60_000 + 2000 * COUNT }, async () => {
    await withWorkFolder(async (folder) => {
      for (const side of ['in', 'out']) mkdirSync(path.join(folder, side));
      for (const [index, graph] of graphs.entries()) {
        writeFileSync(path.join(folder, 'in', `${index}.nir`), await bytesOf(graph));
      }
      // One process for all: it takes longer to start than to read
      mustRunIn(folder, PYTHON, ['-c', SCRIPT, String(COUNT)]);
      for (const [index, graph] of graphs.entries()) {
        const found = await graphOf(readFileSync(path.join(folder, 'out', `${index}.nir`)));
        expect(typeof found === 'string' ? found : sorted(found), `graph ${index}`).toEqual(sorted(graph));
      }
    });
  });
});
