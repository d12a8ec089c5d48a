/** `ionloom plan`: every pulse of a program as a table, or as a script for a bench instrument. */
import path from 'node:path';
import type { Command } from 'commander';
import { scheduleFirstSeed } from '../../compiler.js';
import { invariant } from '../../core/invariant.js';
import type { ScheduledModule } from '../../ir/scheduled.js';
import { formatCount } from '../../units/format-quantity.js';
import { CLI_CATALOGUE } from '../catalogue.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { loadDesign } from '../experiments.js';
import { experimentOption, jsonOption, seedOption, setOption, type ExperimentOptions } from '../options.js';
import { writeFile } from '../write-output.js';

interface PlanOptions extends ExperimentOptions {
  readonly output: string;
}

/** Adds the command to `program`. */
export function registerPlan(program: Command, execute: Execute): void {
  program
    .command('plan')
    .summary('list the pulses of a program for an instrument')
    .description(
      'Write every pulse of a program, for its first seed: when, the voltages of all lines, how long; as a table that an instrument can replay, or as a script that replays it on an ArC TWO.',
    )
    .argument('<file>', 'source file')
    .requiredOption('-o, --output <file>', 'what to write: .csv, .h5 (HDF5) or .py (pyarc2)')
    .addOption(experimentOption())
    .addOption(seedOption())
    .addOption(setOption())
    .addOption(jsonOption())
    .action((file: string, options: PlanOptions) => execute(options.json, (context) => plan(file, options, context)));
}

/** Files by ending. */
const WRITERS = { '.csv': csvText, '.h5': hdf5Bytes, '.py': scriptText } as const;

async function plan(file: string, options: PlanOptions, context: CommandContext): Promise<CommandResult | undefined> {
  const { diagnostics } = context;
  const { output } = options;
  const ending = path.extname(output);
  if (!isKnown(ending)) {
    diagnostics.report(CLI_CATALOGUE, 'plan-format', { path: output });
    return undefined;
  }
  const scheduled = await scheduleOne(file, options, context);
  const content = scheduled && (await WRITERS[ending](scheduled, context));
  if (!scheduled || content === undefined || !(await writeFile(output, content, diagnostics))) return undefined;
  const { planSteps } = await import('../../backends/interop/pulse-plan.js');
  let [steps, pulses, conversions] = [0, 0, 0];
  for (const step of planSteps(scheduled)) {
    steps += 1;
    pulses += Number(step.fires);
    conversions += step.conversions.length;
  }
  const { program, mapped } = scheduled;
  const figures = { steps, pulses, conversions, dataSets: program.dataSets.length };
  const told = `${formatCount(pulses)} pulses and ${formatCount(conversions)} conversions`;
  return {
    fields: { output, experiment: mapped.experiment.name, program: program.name, ...figures },
    text: `${output}: ${told} in ${formatCount(steps)} steps, ${formatCount(figures.dataSets)} data set${figures.dataSets === 1 ? '' : 's'}`,
    passed: true,
  };
}

function isKnown(ending: string): ending is keyof typeof WRITERS {
  return Object.hasOwn(WRITERS, ending);
}

/** The schedule of the one experiment that was chosen; undefined after reporting why there is none to be planned. */
async function scheduleOne(
  file: string,
  options: PlanOptions,
  context: CommandContext,
): Promise<ScheduledModule | undefined> {
  const { diagnostics } = context;
  const design = await loadDesign(file, options, context);
  if (!design) return undefined;
  const [mapped, ...others] = design.experiments;
  if (!mapped || others.length > 0) {
    const names = design.experiments.map(({ experiment }) => experiment.name);
    diagnostics.report(CLI_CATALOGUE, 'plan-which', { names });
    return undefined;
  }
  const scheduled = scheduleFirstSeed(mapped, diagnostics);
  if (!scheduled) return undefined;
  const { planObstacle } = await import('../../backends/interop/pulse-plan.js');
  const reason = planObstacle(scheduled);
  if (reason === undefined) return scheduled;
  const { name, origin } = scheduled.program;
  diagnostics.report(CLI_CATALOGUE, 'plan-closed', { program: name, reason }, { span: origin });
  return undefined;
}

async function csvText(scheduled: ScheduledModule): Promise<string> {
  const { planCsv } = await import('../../backends/interop/plan-csv.js');
  const { planSteps, pulsePlan } = await import('../../backends/interop/pulse-plan.js');
  return [...planCsv(pulsePlan(scheduled), planSteps(scheduled))].join('');
}

async function hdf5Bytes(scheduled: ScheduledModule): Promise<Uint8Array> {
  const { planTree } = await import('../plan-hdf5.js');
  const { planSteps, pulsePlan } = await import('../../backends/interop/pulse-plan.js');
  const { writeHdf5 } = await import('../../data/hdf5.js');
  const bytes = await writeHdf5(planTree(pulsePlan(scheduled), [...planSteps(scheduled)]));
  invariant(bytes instanceof Uint8Array, 'a plan can be written as HDF5');
  return bytes;
}

async function scriptText(
  scheduled: ScheduledModule,
  { host, diagnostics }: CommandContext,
): Promise<string | undefined> {
  const { arc2Plan, faultText } = await import('../../backends/interop/arc2-plan.js');
  const { planSteps, pulsePlan } = await import('../../backends/interop/pulse-plan.js');
  const { readPackageFile } = await import('../package-files.js');
  const plan = arc2Plan(pulsePlan(scheduled), planSteps(scheduled));
  if ('kind' in plan) {
    diagnostics.report(CLI_CATALOGUE, 'plan-instrument', faultText(plan), { span: scheduled.program.origin });
    return undefined;
  }
  const text = readPackageFile(host, 'templates/replay_arc2.py');
  const place = '\nPLAN = {}\n';
  invariant(text.split(place).length === 2, 'the script has one place for the plan');
  return text.replace(place, () => `\nPLAN = ${JSON.stringify(plan)}\n`);
}
