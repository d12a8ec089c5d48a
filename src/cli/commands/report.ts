/** `ionloom report`: one HTML page with everything that is known about the experiments of a file. */
import path from 'node:path';
import type { Command } from 'commander';
import type { MappedModule } from '../../ir/mapped.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { ReportExperiment, ReportStudy } from '../../report/report-input.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { loadDesign } from '../experiments.js';
import { experimentOption, jsonOption, seedOption, setOption } from '../options.js';
import { readVersion } from '../version.js';
import { writeFile } from '../write-output.js';
import { engineOption, type EngineOptions } from './cosim.js';

interface ReportOptions extends EngineOptions {
  readonly output: string;
}

/** Adds the command to `program`. */
export function registerReport(program: Command, execute: Execute): void {
  program
    .command('report')
    .summary('write one self-contained HTML page')
    .description('Simulate, co-simulate and price the experiments, and write one self-contained HTML page.')
    .argument('<file>', 'source file')
    .requiredOption('-o, --output <file.html>', 'the page')
    .addOption(engineOption())
    .addOption(experimentOption())
    .addOption(seedOption())
    .addOption(setOption())
    .addOption(jsonOption())
    .action((file: string, options: ReportOptions) =>
      execute(options.json, (context) => report(file, options, context)),
    );
}

async function report(
  file: string,
  options: ReportOptions,
  context: CommandContext,
): Promise<CommandResult | undefined> {
  const { renderReport } = await import('../../report/render-report.js');
  const { allExpectationsHold } = await import('../result-text.js');
  const design = await loadDesign(file, options, context);
  if (!design) return undefined;
  const experiments: ReportExperiment[] = [];
  for (const module of design.experiments) {
    const experiment = await reportExperiment(module, options, context);
    if (!experiment) return undefined;
    experiments.push(experiment);
  }
  const studies = await reportStudies(design.studies, context);
  if (!studies) return undefined;
  const title = path.basename(file, path.extname(file));
  const page = renderReport({ title, source: file, version: readVersion(context.host), experiments, studies });
  if (!(await writeFile(options.output, page, context.diagnostics))) return undefined;
  return {
    fields: { output: options.output, bytes: Buffer.byteLength(page) },
    text: `wrote ${options.output}`,
    passed: allExpectationsHold([...experiments, ...studies].map(({ result }) => result)),
  };
}

/** Experiments on networks with all their seeds; prices are those of the first. */
async function reportStudies(
  studies: readonly MappedNetwork[],
  context: CommandContext,
): Promise<readonly ReportStudy[] | undefined> {
  if (studies.length === 0) return [];
  const { estimateStudy } = await import('../../backends/energy/estimate-study.js');
  const { TECHNOLOGIES } = await import('../../backends/energy/terms.js');
  const { loadCreateRun } = await import('../load-create-run.js');
  const { runStudies } = await import('../run-studies.js');
  const { pointName } = await import('../../networks/run/run-points.js');
  const results = await runStudies(studies, { create: await loadCreateRun() }, context);
  return results?.flatMap((result, index) => {
    const mapped = studies[index];
    return mapped
      ? [{ name: pointName(mapped), result, energy: estimateStudy(result, mapped, TECHNOLOGIES.board) }]
      : [];
  });
}

async function reportExperiment(
  mapped: MappedModule,
  options: ReportOptions,
  context: CommandContext,
): Promise<ReportExperiment | undefined> {
  const { runCosim } = await import('../run-cosim.js');
  const { estimateEnergy } = await import('../../backends/energy/estimate-energy.js');
  const { TECHNOLOGIES } = await import('../../backends/energy/terms.js');
  const run = await runCosim(mapped, { engine: options.engine }, context);
  if (!run) return undefined;
  const { result, cosim } = run;
  const energy = estimateEnergy(result, mapped, TECHNOLOGIES.board);
  return { result, energy, cosim, listing: await listingOf(mapped, context) };
}

/** The controller's program, one operation a line, each with the place that it comes from. */
async function listingOf(mapped: MappedModule, { diagnostics }: CommandContext): Promise<string | undefined> {
  const { legalize, scheduleFirstSeed } = await import('../../compiler.js');
  const { renderTable } = await import('../table.js');
  const scheduled = scheduleFirstSeed(mapped, diagnostics);
  if (!scheduled) return undefined;
  const lines = legalize(scheduled).program.listing.map(({ address, text, origin }) => {
    const place = origin ? `${path.basename(origin.file)}:${origin.start.line}:${origin.start.column}` : '';
    return [String(address), text, place];
  });
  return renderTable(lines, ['right']);
}
