/** `ionloom energy`: what an experiment costs, component by component, with sources. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { TECHNOLOGIES, TECHNOLOGY_NAMES, type TechnologyName } from '../../backends/energy/terms.js';
import type { EnergyEstimate } from '../../ir/energy-estimate.js';
import { ESTIMATE_DIGITS, formatCount, formatInterval, formatQuantity } from '../../units/format-quantity.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { loadExperiments } from '../experiments.js';
import { experimentOption, jsonOption, seedOption, setOption, type ExperimentOptions } from '../options.js';
import { renderTable } from '../table.js';
import type { Colors } from '../terminal.js';

interface EnergyOptions extends ExperimentOptions {
  readonly technology: TechnologyName;
}

interface NamedEstimate {
  readonly name: string;
  readonly estimate: EnergyEstimate;
}

/** Adds the command to `program`. */
export function registerEnergy(program: Command, execute: Execute): void {
  program
    .command('energy')
    .summary('estimate the energy of experiments')
    .description('Count what an experiment does (first seed) and price it, every figure with its source.')
    .argument('<file>', 'source file')
    .addOption(new Option('--technology <name>', 'parts around the array').choices(TECHNOLOGY_NAMES).default('board'))
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
  const experiments = await loadExperiments(file, options, context);
  if (!experiments) return undefined;
  const estimates: NamedEstimate[] = [];
  for (const mapped of experiments) {
    context.terminal.progress(`simulating ${mapped.experiment.name} ...`);
    const result = simulate(withOneSeed(mapped), context.diagnostics);
    if (!result) return undefined;
    const estimate = estimateEnergy(result, mapped, TECHNOLOGIES[options.technology]);
    estimates.push({ name: mapped.experiment.name, estimate });
  }
  return estimates;
}

function estimateDocument({ name, estimate }: NamedEstimate): object {
  const { technology, total, components, groups } = estimate;
  return { name, technology, total_J: total.energy_J, low_J: total.low_J, high_J: total.high_J, components, groups };
}

function renderEstimate({ name, estimate }: NamedEstimate, colors: Colors): string {
  const { components, technology, total } = estimate;
  // Sources are long: the table refers to them by number
  const sources = [...new Set(components.map(({ source }) => source))];
  const row = (component: EnergyEstimate['components'][number]): readonly string[] => [
    component.name,
    formatCount(component.count),
    formatQuantity(component.energy_J, 'J', ESTIMATE_DIGITS),
    formatInterval(component.low_J, component.high_J, 'J'),
    component.confidence,
    `[${sources.indexOf(component.source) + 1}]`,
  ];
  const sum = ['total', '', formatQuantity(total.energy_J, 'J', ESTIMATE_DIGITS)].map(colors.strong);
  const header = ['component', 'count', 'energy', 'interval', 'confidence', 'source'].map(colors.faint);
  const rows = [header, ...components.map(row), [...sum, formatInterval(total.low_J, total.high_J, 'J')]];
  return [
    `${colors.strong(name)}, technology ${technology}`,
    renderTable(rows, ['left', 'right', 'right', 'right']),
    '',
    ...sources.map((source, index) => colors.faint(`  [${index + 1}] ${source}`)),
  ].join('\n');
}
