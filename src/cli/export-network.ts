/** From a description to a NIR file on disk. */
import { loadNetwork } from '../compiler.js';
import { exportNir } from '../export-nir.js';
import { writeHdf5 } from '../data/hdf5.js';
import { invariant } from '../core/invariant.js';
import { NIR_CATALOGUE } from '../nir/catalogue.js';
import { graphTree } from '../nir/write-graph.js';
import type { CommandContext, CommandResult } from './command.js';
import type { ExportOptions } from './commands/export.js';
import { writeFile } from './write-output.js';

/** Exports and writes; undefined after reporting why nothing is written. */
export async function exportNetwork(
  file: string,
  { set, network: name, output }: ExportOptions,
  { host, diagnostics, terminal }: CommandContext,
): Promise<CommandResult | undefined> {
  const module = loadNetwork(file, host, set, diagnostics);
  if (!module) return undefined;
  // Modules with settings are networks, too, but nobody has declared them so
  const declared = module.networks.filter(({ inputs, outputs }) => inputs.length === 0 && outputs.length === 0);
  const chosen = name === undefined ? declared : declared.filter((network) => network.name === name);
  const [network] = chosen;
  if (!network || chosen.length > 1) {
    diagnostics.report(NIR_CATALOGUE, 'no-network', { file, known: declared.map((each) => each.name), name });
    return undefined;
  }
  const graph = await exportNir(module, network, host, diagnostics);
  if (!graph) return undefined;
  const bytes = await writeHdf5(graphTree(graph));
  invariant(bytes instanceof Uint8Array, `a graph can be written: ${'reason' in bytes ? bytes.reason : ''}`);
  if (!(await writeFile(output, bytes, diagnostics))) return undefined;
  const { nodes, edges } = graph;
  return {
    fields: { output, network: network.name, nodes: nodes.size, edges: edges.length, bytes: bytes.length },
    text: `${terminal.colors.strong(output)}: network ${network.name}, ${nodes.size} nodes, ${edges.length} edges`,
    passed: true,
  };
}
