/** From a file to the experiments that a command is about, each mapped onto its chip. */
import { nearestName } from '../core/nearest.js';
import type { MappedModule } from '../ir/mapped.js';
import type { MappedNetwork } from '../ir/mapped-network.js';
import type { Experiment, NetworkModule } from '../ir/network.js';
import type { Study } from '../ir/study.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext } from './command.js';
import type { ExperimentOptions } from './options.js';

/** What a file declares, and the experiments that a command is about. */
export interface Design {
  readonly network: NetworkModule;
  /** Those that write programs. */
  readonly experiments: readonly MappedModule[];
  /** Those on networks, all points of their sweeps. */
  readonly studies: readonly MappedNetwork[];
}

/** Whether a file without experiments is welcome, too. */
export type DesignWish = 'needed' | 'welcome';

/** The experiments of `file` that `options` choose; undefined after reporting why not. */
export async function loadDesign(
  file: string,
  options: ExperimentOptions,
  context: CommandContext,
  experiments: DesignWish = 'needed',
): Promise<Design | undefined> {
  // Loaded here so that `--help` and usage errors do not wait for the compiler
  const { loadNetwork } = await import('../compiler.js');
  const network = loadNetwork(file, context.host, options.set, context.diagnostics);
  return network && mapDesign({ file, network }, options, context, experiments);
}

/** The same of a file that has been compiled with the parameters of `options`. */
export async function mapDesign(
  { file, network }: { readonly file: string; readonly network: NetworkModule },
  options: ExperimentOptions,
  { host, diagnostics }: Pick<CommandContext, 'host' | 'diagnostics'>,
  experiments: DesignWish = 'needed',
): Promise<Design | undefined> {
  const { mapExperiment, mapStudyPoints } = await import('../compiler.js');
  const isEmpty = network.experiments.length + network.studies.length === 0;
  const isWithout = experiments === 'welcome' && options.experiment === undefined && isEmpty;
  const chosen = isWithout ? { experiments: [], studies: [] } : chooseExperiments(network, options, diagnostics);
  const mapped = chosen.experiments.flatMap((experiment) => mapExperiment(network, experiment, diagnostics) ?? []);
  const source = { file, host, overrides: options.set };
  const studies = chosen.studies.flatMap((study) => mapStudyPoints({ network, study }, source, diagnostics));
  return diagnostics.hasErrors ? undefined : { network, experiments: mapped, studies };
}

function chooseExperiments(
  network: NetworkModule,
  { experiment: name, seed, oneSeedAt }: ExperimentOptions,
  diagnostics: CommandContext['diagnostics'],
): { readonly experiments: readonly Experiment[]; readonly studies: readonly Study[] } {
  const isChosen = (each: { readonly name: string }): boolean => name === undefined || each.name === name;
  const experiments = network.experiments.filter(isChosen);
  const studies = network.studies.filter(isChosen);
  if (experiments.length + studies.length === 0) reportNone(network, name, diagnostics);
  const withSeed = <Each extends Experiment | Study>(each: Each): Each => {
    const firstSeed = seed ?? each.firstSeed;
    return oneSeedAt === undefined
      ? { ...each, firstSeed }
      : { ...each, firstSeed: firstSeed + oneSeedAt, seedCount: 1 };
  };
  return { experiments: experiments.map(withSeed), studies: studies.map(withSeed) };
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
