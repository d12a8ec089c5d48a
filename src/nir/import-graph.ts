/** From the tree of a NIR file to a network in text: read, repaired, understood, planned, written. */
import type { DiagnosticBag } from '../core/diagnostic.js';
import type { Hdf5Group } from '../data/hdf5-tree.js';
import { Doctor } from './doctor.js';
import { flatGraph } from './flat-graph.js';
import { inferShapes } from './infer-shapes.js';
import { noteOf, TIME_NOTE } from './notes.js';
import { planNetwork } from './plan-network.js';
import { readGraph } from './read-graph.js';
import { repairEdges } from './repair-edges.js';
import { repairNodes } from './repair-nodes.js';
import type { Repair, RepairName } from './repairs.js';
import { networkSource, type NetworkSource } from './source-text.js';
import { timeScale, type TimeChoice, type TimeScale } from './time-scale.js';

export interface ImportRequest {
  /** The file's name for messages. */
  readonly file: string;
  /** Name of the network. */
  readonly name: string;
  /** Begins the names of the tables. */
  readonly stem: string;
  readonly time: TimeChoice;
  readonly refused: ReadonlySet<RepairName>;
}

export interface ImportedNetwork extends NetworkSource {
  /** Version of the package that wrote the file. */
  readonly version: string | undefined;
  readonly repairs: readonly Repair[];
  readonly time: TimeScale;
  readonly populations: number;
  readonly projections: number;
}

/** The network; undefined after reporting why there is none. */
export function importGraph(
  root: Hdf5Group,
  request: ImportRequest,
  diagnostics: DiagnosticBag,
): ImportedNetwork | undefined {
  const { file, name, stem, refused, time: choice } = request;
  const read = readGraph(root, file, diagnostics);
  if (!read) return undefined;
  const doctor = new Doctor(file, refused, diagnostics);
  const graph = flatGraph(repairEdges(repairNodes(read.graph, doctor), doctor), doctor);
  if (diagnostics.hasErrors) return undefined;
  const shapes = inferShapes(graph, doctor);
  const stated = noteOf(read.graph.metadata, TIME_NOTE);
  const time = shapes && timeScale(graph, { ...choice, stated }, doctor);
  const plan = time && planNetwork({ graph, shapes, seconds: time.seconds }, doctor);
  // A repair that was refused is an error, too
  if (!plan || diagnostics.hasErrors) return undefined;
  const { version } = read;
  const from = `Imported from ${file.split('/').at(-1) ?? file}${version === undefined ? '' : `, NIR ${version}`}.`;
  const remarks = [from, ...time.reasons.map(sentence)];
  const source = networkSource(plan, { name, stem, remarks, summary: `Imported from NIR` });
  return {
    ...source,
    ...{ version, repairs: doctor.repairs, time },
    populations: plan.populations.length,
    projections: plan.projections.length,
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
