/** The generated files of a harness's experiments on networks: their mapped form as data, and the entries. */
import type { Artifact } from '../../core/artifact.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { isGame, isInference, isSpiking } from '../../ir/study-kind.js';
import { DataPrinter, sourceName, stringLiteral } from './data-literal.js';
import { filesOfPoints } from './network-samples.js';
import { printTypescript, type NamedImport } from './typescript-file.js';

/** Folder of a harness in which its data files are looked for. */
export const DATA_FOLDER = 'data';

/** `src/networks/points.ts`, `main.ts` and `worker.ts` under `root` (a folder's name and a slash). */
export function emitNetworks(root: string, studies: readonly MappedNetwork[]): readonly Artifact[] {
  const creator = creatorOf(studies);
  const files = [
    ['points', emitPoints(studies)],
    ['main', emitNetworkMain(creator)],
    ['worker', emitWorker(creator)],
  ] as const;
  return files.map(([name, text]) => ({ path: `${root}src/networks/${name}.ts`, kind: 'typescript', text }));
}

/** The names that data files have in the harness, by their paths. */
export function dataFileNames(studies: readonly MappedNetwork[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const file of filesOfPoints(studies)) {
    const base = file.split(/[\\/]/).at(-1) ?? 'samples';
    const isTaken = [...names.values()].includes(`${DATA_FOLDER}/${base}`);
    names.set(file, `${DATA_FOLDER}/${isTaken ? `${String(names.size)}-` : ''}${base}`);
  }
  return names;
}

function emitPoints(studies: readonly MappedNetwork[]): string {
  const names = dataFileNames(studies);
  const renamed = (file: string): string => names.get(file) ?? file;
  const points = studies.map((mapped) => ({
    ...mapped,
    data: mapped.data.map(({ file, labels, ...set }) => ({
      ...set,
      file: renamed(file),
      ...(labels && { labels: labels.kind === 'file' ? { ...labels, file: renamed(labels.file) } : labels }),
    })),
    projections: mapped.projections.map((projection) => {
      const { weights } = projection;
      return weights?.kind === 'file'
        ? { ...projection, weights: { ...weights, file: renamed(weights.file) } }
        : projection;
    }),
  }));
  const printer = new DataPrinter(true);
  const value = printer.print(points);
  const sources = printer.files.map((file, index) => ({
    name: sourceName(index),
    value: `placesIn(${stringLiteral(file)})`,
    isExported: false,
  }));
  const lists = printer.lists.map(({ name, text }) => ({
    name,
    type: 'readonly number[]',
    value: text,
    isLaidOut: true as const,
    isExported: false,
  }));
  return printTypescript({
    header: [
      'Experiments on networks, one entry for every point of their sweeps: modules and loops written out, parameters set.',
      'All numbers are SI base units. Change them and run again.',
    ],
    imports: [
      { names: [{ name: 'placesIn' }], from: '../runtime/backends/harness/places-in.js' },
      { names: [{ name: 'MappedNetwork' }], from: '../runtime/ir/mapped-network.js', isTypeOnly: true },
    ],
    constants: [
      ...sources,
      ...lists,
      { name: 'points', type: 'readonly MappedNetwork[]', value, isLaidOut: true, isExported: true },
    ],
    statements: [],
  });
}

/** The function that makes the runs, and its module below `networks`. */
interface Creator {
  readonly name: string;
  readonly module: string;
}

/** The one that knows no more kinds of runs than the studies are of: what it imports is copied with it. */
function creatorOf(studies: readonly MappedNetwork[]): Creator {
  if (studies.every(isSpiking)) return { name: 'createSpikeRun', module: 'spikes/spike-run' };
  if (studies.every(isGame)) return { name: 'createGameRun', module: 'games/game-run' };
  if (studies.every(isInference)) return { name: 'createInferenceRun', module: 'inference/inference-run' };
  if (!studies.some((study) => isSpiking(study) || isGame(study) || isInference(study)))
    return { name: 'createTrainingRun', module: 'run/training-run' };
  return { name: 'createStudyRun', module: 'run/create-study-run' };
}

function runImports({ name, module }: Creator): readonly NamedImport[] {
  return [
    { names: [{ name }], from: `../runtime/networks/${module}.js` },
    { names: [{ name: 'points' }], from: './points.js' },
  ];
}

function emitNetworkMain(creator: Creator): string {
  return printTypescript({
    header: [
      'Runs the experiments on networks in Node; their data files are expected in the folder `data` of the project.',
    ],
    imports: [
      { names: [{ name: 'fileURLToPath' }], from: 'node:url' },
      { names: [{ name: 'runNetworks' }], from: '../runtime/backends/harness/run-networks.js' },
      ...runImports(creator),
    ],
    constants: [{ name: 'root', value: "fileURLToPath(new URL('../..', import.meta.url))", isExported: false }],
    statements: [
      `process.exitCode = await runNetworks({ points, create: ${creator.name}, root, words: process.argv.slice(2) });`,
    ],
  });
}

function emitWorker(creator: Creator): string {
  return printTypescript({
    header: [
      'Runs the experiments on networks in a worker of a browser: `new Worker(url, { type: "module" })`.',
      'What it is told and what it answers stands in src/runtime/backends/harness/network-worker.ts.',
    ],
    imports: [
      { names: [{ name: 'serveNetworks' }], from: '../runtime/backends/harness/network-worker.js' },
      {
        names: [{ name: 'WorkerScope' }],
        from: '../runtime/backends/harness/network-worker.js',
        isTypeOnly: true,
      },
      ...runImports(creator),
    ],
    constants: [],
    statements: [`serveNetworks(points, ${creator.name}, globalThis as unknown as WorkerScope);`],
  });
}
