/** From a file to the experiments that a command is about, each mapped onto its chip. */
import { nearestName } from '../core/nearest.js';
import type { MappedModule } from '../ir/mapped.js';
import type { Experiment, NetworkModule } from '../ir/network.js';
import type { Study } from '../ir/study.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext } from './command.js';
import type { ExperimentOptions } from './options.js';

/** What a file declares, and the experiments that a command is about. */
export interface Design {
  readonly network: NetworkModule;
  readonly experiments: readonly MappedModule[];
}

/** The experiments of `file` that `options` choose, mapped; undefined after reporting why not. */
export async function loadExperiments(
  file: string,
  options: ExperimentOptions,
  context: CommandContext,
): Promise<readonly MappedModule[] | undefined> {
  return (await loadDesign(file, options, context, 'needed'))?.experiments;
}

/** The same with everything else that `file` declares; where experiments are not needed, it may have none. */
export async function loadDesign(
  file: string,
  options: ExperimentOptions,
  { host, diagnostics }: CommandContext,
  experiments: 'needed' | 'welcome',
): Promise<Design | undefined> {
  // Loaded here so that `--help` and usage errors do not wait for the compiler
  const { loadNetwork, mapExperiment } = await import('../compiler.js');
  const network = loadNetwork(file, host, options.set, diagnostics);
  if (!network) return undefined;
  const isWithout = experiments === 'welcome' && options.experiment === undefined && network.experiments.length === 0;
  const chosen = isWithout ? [] : chooseExperiments(network, options, diagnostics);
  const mapped = chosen.map((experiment) => mapExperiment(network, experiment, diagnostics));
  const complete = mapped.filter((module) => module !== undefined);
  return diagnostics.hasErrors ? undefined : { network, experiments: complete };
}

function chooseExperiments(
  network: NetworkModule,
  { experiment: name, seed }: ExperimentOptions,
  diagnostics: CommandContext['diagnostics'],
): readonly Experiment[] {
  const chosen = network.experiments.filter((experiment) => name === undefined || experiment.name === name);
  const studies = network.studies.filter((study) => name === undefined || study.name === name);
  if (chosen.length === 0 && studies.length === 0) reportNone(network, name, diagnostics);
  reportStudies(studies, chosen.length, diagnostics);
  return seed === undefined ? chosen : chosen.map((experiment) => ({ ...experiment, firstSeed: seed }));
}

function reportNone(
  { source, experiments, studies }: NetworkModule,
  name: string | undefined,
  diagnostics: CommandContext['diagnostics'],
): void {
  const known = [...experiments, ...studies].map((experiment) => experiment.name);
  if (name === undefined || known.length === 0) diagnostics.report(CLI_CATALOGUE, 'no-experiment', { file: source });
  else diagnostics.report(CLI_CATALOGUE, 'unknown-experiment', { name, known, nearest: nearestName(name, known) });
}

/** Says of experiments on networks that they are not run; that is a mistake where nothing else is left to run. */
function reportStudies(studies: readonly Study[], runnable: number, diagnostics: CommandContext['diagnostics']): void {
  const [first] = studies;
  if (!first) return;
  const names = studies.map(({ name }) => name);
  const code = runnable === 0 ? 'network-not-scheduled' : 'network-skipped';
  diagnostics.report(CLI_CATALOGUE, code, { names }, { span: first.origin });
}
