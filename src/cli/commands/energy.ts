/** `ionloom energy`: what an experiment costs, component by component, with sources. */
import type { Command } from 'commander';
import { Option } from 'commander';
import {
  ADC_CHOICES,
  TECHNOLOGIES,
  TECHNOLOGY_NAMES,
  withConverter,
  type AdcChoice,
  type Technology,
  type TechnologyName,
} from '../../backends/energy/terms.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { CLI_CATALOGUE } from '../catalogue.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { estimateDocument, renderEstimate, type NamedEstimate } from '../energy-text.js';
import { loadDesign, type Design } from '../experiments.js';
import type { StudyPricing } from '../price-studies.js';
import { periodOption } from '../period-option.js';
import { experimentOption, jsonOption, seedOption, setOption, type ExperimentOptions } from '../options.js';

interface EnergyOptions extends ExperimentOptions {
  readonly technology: TechnologyName;
  /** From run to run [s]. */
  readonly every?: number;
  readonly adc?: AdcChoice;
  readonly counters?: string;
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
    .addOption(
      new Option(
        '--adc <preset>',
        'converters of a chip: presets after the survey of published ones (typical without it), or small ones per column',
      ).choices(ADC_CHOICES),
    )
    .option('--counters <file.json>', 'price what a controller has counted: registers and their values')
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
  const technology = chooseTechnology(options, context);
  const design = technology && (await loadDesign(file, options, context));
  if (!design) return undefined;
  if (options.counters !== undefined) return estimateCounted(design, options.counters, technology, context);
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

/** The one experiment of `design`, as often as the counters say that its program ran. */
async function estimateCounted(
  { experiments, studies }: Design,
  file: string,
  technology: Technology,
  context: CommandContext,
): Promise<readonly NamedEstimate[] | undefined> {
  const { simulate } = await import('../../compiler.js');
  const { withOneSeed } = await import('../build-artifacts.js');
  const { estimateEnergy } = await import('../../backends/energy/estimate-energy.js');
  const { countedActivity } = await import('../../backends/energy/counted-activity.js');
  const { readCounters } = await import('../read-counters.js');
  const { diagnostics } = context;
  const [mapped] = experiments;
  if (!mapped || experiments.length + studies.length > 1) {
    const names = experiments.map(({ experiment }) => experiment.name);
    diagnostics.report(CLI_CATALOGUE, 'counters-without-program', { names });
    return undefined;
  }
  const counters = readCounters(file, context);
  const result = counters && simulate(withOneSeed(mapped), diagnostics);
  if (!result) return undefined;
  const hardware = { clockHz: mapped.clockHz, converters: mapped.converters.count };
  const activity = countedActivity(result.activity, counters, hardware);
  if ('fault' in activity) {
    if (activity.fault === 'foreign') diagnostics.report(CLI_CATALOGUE, 'counters-foreign', activity);
    else diagnostics.report(CLI_CATALOGUE, 'counters-short', activity);
    return undefined;
  }
  const estimate = estimateEnergy({ ...result, activity }, mapped, technology);
  const omitted = [...estimate.omitted, 'a count of transitions: lines and rails follow the program, in proportion'];
  return [{ name: mapped.experiment.name, estimate: { ...estimate, omitted } }];
}

/** The technology with its converter; undefined after reporting that it has no choice of one. */
function chooseTechnology({ technology, adc }: EnergyOptions, { diagnostics }: CommandContext): Technology | undefined {
  if (adc === undefined) return TECHNOLOGIES[technology];
  const chosen = withConverter(TECHNOLOGIES[technology], adc);
  if (!chosen) diagnostics.report(CLI_CATALOGUE, 'converter-given', { technology });
  return chosen;
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
