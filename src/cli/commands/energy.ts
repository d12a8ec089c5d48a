/** `ionloom energy`: what an experiment costs, component by component, with sources. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { TECHNOLOGIES, TECHNOLOGY_NAMES, type TechnologyName } from '../../backends/energy/terms.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { estimateDocument, renderEstimate, type NamedEstimate } from '../energy-text.js';
import { loadDesign } from '../experiments.js';
import type { StudyPricing } from '../price-studies.js';
import { periodOption } from '../period-option.js';
import { experimentOption, jsonOption, seedOption, setOption, type ExperimentOptions } from '../options.js';

interface EnergyOptions extends ExperimentOptions {
  readonly technology: TechnologyName;
  /** From run to run [s]. */
  readonly every?: number;
}

/** Adds the command to `program`. */
export function registerEnergy(program: Command, execute: Execute): void {
  program
    .command('energy')
    .summary('estimate the energy of experiments')
    .description('Count what an experiment does (first seed) and price it, every figure with its source.')
    .argument('<file>', 'source file')
    .addOption(new Option('--technology <name>', 'parts around the array').choices(TECHNOLOGY_NAMES).default('board'))
    .addOption(periodOption())
    .addOption(experimentOption())
    .addOption(seedOption())
    .addOption(setOption())
    .addOption(jsonOption())
    .action((file: string, options: EnergyOptions) =>
      execute(options.json, (context) => energy(file, options, context)),
    );
}

async function energy(
  file: string,
  options: EnergyOptions,
  context: CommandContext,
): Promise<CommandResult | undefined> {
  const { terminal } = context;
  const estimates = await estimateAll(file, options, context);
  return (
    estimates && {
      fields: { experiments: estimates.map(estimateDocument) },
      text: estimates.map((estimate) => renderEstimate(estimate, terminal.colors)).join('\n\n'),
      passed: true,
    }
  );
}

async function estimateAll(
  file: string,
  options: EnergyOptions,
  context: CommandContext,
): Promise<readonly NamedEstimate[] | undefined> {
  const { simulate } = await import('../../compiler.js');
  const { withOneSeed } = await import('../build-artifacts.js');
  const { estimateEnergy } = await import('../../backends/energy/estimate-energy.js');
  const { programLifetime } = await import('../../backends/lifetime/program-lifetime.js');
  const design = await loadDesign(file, options, context);
  if (!design) return undefined;
  const technology = TECHNOLOGIES[options.technology];
  const estimates: NamedEstimate[] = [];
  for (const mapped of design.experiments) {
    context.terminal.progress(`simulating ${mapped.experiment.name} ...`);
    const result = simulate(withOneSeed(mapped), context.diagnostics);
    if (!result) return undefined;
    const estimate = estimateEnergy(result, mapped, technology);
    const lifetime = programLifetime(result, mapped, estimate, options.every);
    estimates.push({ name: mapped.experiment.name, estimate, lifetime });
  }
  const priced = await estimateStudies(design.studies, { technology, everySeconds: options.every }, context);
  return priced && [...estimates, ...priced];
}

async function estimateStudies(
  studies: readonly MappedNetwork[],
  pricing: StudyPricing,
  context: CommandContext,
): Promise<readonly NamedEstimate[] | undefined> {
  const { priceStudies } = await import('../price-studies.js');
  const { pointName } = await import('../../networks/run/run-points.js');
  const priced = await priceStudies(studies, pricing, context);
  return priced?.map(({ result: { name, point, baselines }, estimate, lifetime }) => {
    return { name: pointName({ study: { name }, point }), estimate, baselines, ...(lifetime && { lifetime }) };
  });
}
