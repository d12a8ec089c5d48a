/** From a file to the experiments that a command is about, each mapped onto its chip. */
import { nearestName } from '../core/nearest.js';
import type { MappedModule } from '../ir/mapped.js';
import type { Experiment, NetworkModule } from '../ir/network.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext } from './command.js';
import type { ExperimentOptions } from './options.js';

/** The experiments of `file` that `options` choose, mapped; undefined after reporting why not. */
export async function loadExperiments(
  file: string,
  options: ExperimentOptions,
  { host, diagnostics }: CommandContext,
): Promise<readonly MappedModule[] | undefined> {
  // Loaded here so that `--help` and usage errors do not wait for the compiler
  const { loadNetwork, mapExperiment } = await import('../compiler.js');
  const network = loadNetwork(file, host, options.set, diagnostics);
  if (!network) return undefined;
  const chosen = chooseExperiments(network, options, diagnostics);
  const mapped = chosen.map((experiment) => mapExperiment(network, experiment, diagnostics));
  const complete = mapped.filter((module) => module !== undefined);
  return diagnostics.hasErrors ? undefined : complete;
}

function chooseExperiments(
  { source, experiments }: NetworkModule,
  { experiment: name, seed }: ExperimentOptions,
  diagnostics: CommandContext['diagnostics'],
): readonly Experiment[] {
  const known = experiments.map((experiment) => experiment.name);
  if (known.length === 0) diagnostics.report(CLI_CATALOGUE, 'no-experiment', { file: source });
  else if (name !== undefined && !known.includes(name)) {
    diagnostics.report(CLI_CATALOGUE, 'unknown-experiment', { name, known, nearest: nearestName(name, known) });
  }
  const chosen = experiments.filter((experiment) => name === undefined || experiment.name === name);
  return seed === undefined ? chosen : chosen.map((experiment) => ({ ...experiment, firstSeed: seed }));
}
