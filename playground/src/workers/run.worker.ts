/** The compiler in a worker: builds and runs. The page ends the worker where somebody cancels. */
import packageText from '../../../package.json?raw';
import { TECHNOLOGIES, TECHNOLOGY_NAMES, type Technology } from '../../../src/backends/energy/terms.js';
import type { CommandContext } from '../../../src/cli/command.js';
import { loadDesign, type Design } from '../../../src/cli/experiments.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { recordReads, type RecordingHost } from '../../../src/core/recording-host.js';
import { FileStore } from '../host/files.js';
import { PACKAGE_ROOT } from '../host/package-place.js';
import { statusTerminal } from '../host/terminal.js';
import type { Built, RunAnswer, RunRequest, Simulated } from '../protocol.js';

const store = new FileStore();
store.add(new Map([[`${PACKAGE_ROOT}package.json`, packageText]]));

addEventListener('message', ({ data }: MessageEvent<RunRequest>) => {
  void answer(data)
    .then((found) => {
      postMessage(found);
    })
    .catch((error: unknown) => {
      postMessage({ kind: 'failure', reason: failureText(error) } satisfies RunAnswer);
    });
});

function failureText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function answer(request: RunRequest): Promise<RunAnswer> {
  store.files = request.project.files;
  const diagnostics = new DiagnosticBag();
  const terminal = statusTerminal((text) => {
    postMessage({ kind: 'progress', text } satisfies RunAnswer);
  });
  const context = { host: recordReads(store), diagnostics, terminal };
  const options = { json: true, set: new Map<string, string>(), ...experimentOf(request) };
  const needsExperiment = request.kind === 'simulate' || request.targets.join() !== 'interop';
  terminal.progress('compiling ...');
  const design = await loadDesign(request.project.main, options, context, needsExperiment ? 'needed' : 'welcome');
  if (request.kind === 'build') {
    const build = design && (await buildDesign(design, request, context));
    return { kind: 'built', build, diagnostics: diagnostics.all };
  }
  const technology = TECHNOLOGY_NAMES.find((name) => name === request.technology) ?? 'board';
  const results = design && (await simulateAll(design, request, { context, technology: TECHNOLOGIES[technology] }));
  return { kind: 'simulated', results, diagnostics: diagnostics.all };
}

function experimentOf({ experiment }: RunRequest): { readonly experiment?: string } {
  return experiment === undefined ? {} : { experiment };
}

async function buildDesign(
  design: Design,
  { project, targets, freezes }: RunRequest & { readonly kind: 'build' },
  context: CommandContext & { readonly host: RecordingHost },
): Promise<Built | undefined> {
  const { buildArtifacts } = await import('../../../src/cli/build-artifacts.js');
  const { createManifest } = await import('../../../src/cli/manifest.js');
  const { readVersion } = await import('../../../src/cli/version.js');
  if (targets.includes('systemverilog')) store.add((await import('../host/hardware-files.js')).HARDWARE_FILES);
  if (targets.includes('harness')) store.add((await import('../host/harness-files.js')).HARNESS_FILES);
  context.terminal.progress('building ...');
  const built = await buildArtifacts(design, { targets, freezes }, context);
  if (!built) return undefined;
  const experiment = design.experiments[0]?.experiment.name ?? design.studies[0]?.study.name;
  const { top, controllers, artifacts } = built;
  const header = {
    version: readVersion(context.host),
    source: project.main,
    sources: context.host.filesRead(),
    ...(experiment !== undefined && { experiment }),
    ...(top !== undefined && { top }),
    ...(controllers.length > 0 && { controllers }),
  };
  const all = [...artifacts, createManifest(header, artifacts)];
  return { artifacts: all.sort((left, right) => (left.path < right.path ? -1 : 1)) };
}

interface SimulationSetup {
  readonly context: CommandContext;
  readonly technology: Technology;
}

/** Runs everything once, and makes of it what `sim`, `energy` and `report` say. */
async function simulateAll(
  design: Design,
  { project }: RunRequest,
  { context, technology }: SimulationSetup,
): Promise<Simulated | undefined> {
  const { simulateDesign } = await import('../../../src/cli/simulate-design.js');
  const results = await simulateDesign(design, undefined, context);
  if (!results) return undefined;
  context.terminal.progress('drawing the report ...');
  const { describeResults } = await import('./describe-results.js');
  return describeResults(results, design, { context, technology, source: project.main });
}
