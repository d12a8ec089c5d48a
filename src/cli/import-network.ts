/** From a NIR file to a description on disk: read, repaired, written with its tables, all or nothing. */
import path from 'node:path';
import { DiagnosticBag } from '../core/diagnostic.js';
import { invariant } from '../core/invariant.js';
import { readHdf5 } from '../data/hdf5.js';
import { formatSource } from '../dsl/format.js';
import { NIR_CATALOGUE } from '../nir/catalogue.js';
import { importGraph, type ImportedNetwork } from '../nir/import-graph.js';
import { NIR_LIMITS } from '../nir/read-graph.js';
import { REPAIR_NAMES } from '../nir/repairs.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext, CommandResult } from './command.js';
import type { ImportOptions } from './commands/import.js';
import { foreignReason, ownText } from './own-files.js';
import { renderTable } from './table.js';
import { writeTogether } from './write-output.js';

/** What the files say about who made them. */
const COMMAND = 'import nir';

/** Imports and writes; undefined after reporting why nothing is written. */
export async function importNetwork(
  file: string,
  options: ImportOptions,
  context: CommandContext,
): Promise<CommandResult | undefined> {
  const { host, diagnostics } = context;
  const bytes = host.readBytes(file, NIR_LIMITS.bytes);
  if (!(bytes instanceof Uint8Array)) {
    diagnostics.report(CLI_CATALOGUE, 'unreadable-file', { file, reason: bytes.text });
    return undefined;
  }
  const root = await readHdf5(bytes, NIR_LIMITS);
  if (root.kind === 'data-fault') {
    diagnostics.report(NIR_CATALOGUE, 'unreadable-file', { file, reason: root.reason });
    return undefined;
  }
  const { output, timeUnit: unit, dt, repair, strict } = options;
  const stem = path.basename(output, '.ion');
  const refused = new Set(strict ? REPAIR_NAMES : repair);
  const time = { ...(unit !== undefined && { unit }), ...(dt !== undefined && { dt }) };
  const request = { file, name: options.name ?? networkName(stem), stem: fileStem(stem), time, refused };
  const network = importGraph(root, request, diagnostics);
  return network && write(network, options, context);
}

/** `braille-noise` names the network `BrailleNoise`. */
function networkName(stem: string): string {
  const words = stem.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(name) ? name : `Network${name}`;
}

/** Names of tables stand between quotes and are plain. */
function fileStem(stem: string): string {
  const plain = stem.replace(/[^A-Za-z0-9_.-]+/g, '_');
  return /^[A-Za-z0-9_]/.test(plain) ? plain : `n${plain}`;
}

async function write(
  network: ImportedNetwork,
  { output, force }: ImportOptions,
  { host, diagnostics, terminal }: CommandContext,
): Promise<CommandResult | undefined> {
  const folder = path.dirname(output);
  const tables = network.tables.map(({ name, text }) => ({ path: name, content: ownText(COMMAND, '#', text) }));
  const files = [...tables, { path: path.basename(output), content: ownText(COMMAND, '//', canonical(network.text)) }];
  for (const { path: name } of force ? [] : files) {
    const place = path.join(folder, name);
    const reason = foreignReason(COMMAND, place, host);
    if (reason !== undefined) diagnostics.report(CLI_CATALOGUE, 'not-own', { path: place, reason });
  }
  if (diagnostics.hasErrors || !(await writeTogether(folder, files, diagnostics))) return undefined;
  const { repairs, time, version, populations, projections } = network;
  return {
    fields: {
      ...{ output, tables: network.tables.map(({ name }) => path.join(folder, name)) },
      ...{ version, populations, projections, repairs, time },
    },
    text: resultText(network, output, terminal.colors.strong),
    passed: true,
  };
}

function canonical(text: string): string {
  const diagnostics = new DiagnosticBag();
  const formatted = formatSource('import.ion', text, diagnostics);
  invariant(formatted !== undefined, `an imported network is well formed: ${diagnostics.all[0]?.message ?? ''}`);
  return formatted;
}

function resultText(network: ImportedNetwork, output: string, strong: (text: string) => string): string {
  const { populations, projections, repairs, time, tables } = network;
  const counts = new Map<string, number>();
  for (const { repair } of repairs) counts.set(repair, (counts.get(repair) ?? 0) + 1);
  const rows = [...counts].map(([name, count]) => [name, counted(count, 'place')]);
  return [
    `${strong(output)}: ${counted(populations, 'population')}, ${counted(projections, 'projection')}, ${counted(tables.length, 'table')}`,
    ...time.reasons.map((reason) => `  ${reason}`),
    ...(rows.length === 0 ? ['  no repairs'] : ['repairs', renderTable(rows)]),
  ].join('\n');
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
