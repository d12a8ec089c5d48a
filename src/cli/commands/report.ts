/** `ionloom report`: one HTML page with everything that is known about the experiments of a file. */
import path from 'node:path';
import type { Command } from 'commander';
import { sha256Hex } from '../../core/sha256.js';
import type { CosimOutcome } from '../../cosim/job.js';
import type { MappedModule } from '../../ir/mapped.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type {
  CellVariation,
  ListedWord,
  ReportExperiment,
  ReportInput,
  ReportStudy,
  ReportTiming,
  SourceText,
} from '../../report/report-input.js';
import { formatQuantity } from '../../units/format-quantity.js';
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
  const experiments: RunExperiment[] = [];
  for (const module of design.experiments) {
    const experiment = await reportExperiment(module, options, context);
    if (!experiment) return undefined;
    experiments.push(experiment);
  }
  const studies = await reportStudies(design.studies, context);
  if (!studies) return undefined;
  const title = path.basename(file, path.extname(file));
  const page = await renderReport({
    title,
    source: file,
    version: readVersion(context.host),
    environment: environmentOf(file, experiments, context),
    experiments: experiments.map(({ experiment }) => experiment),
    studies,
    sources: sourcesOf(file, context),
  });
  if (!(await writeFile(options.output, page, context.diagnostics))) return undefined;
  return {
    fields: { output: options.output, bytes: Buffer.byteLength(page) },
    text: `wrote ${options.output}`,
    passed: allExpectationsHold(
      [...experiments.map(({ experiment }) => experiment), ...studies].map(({ result }) => result),
    ),
  };
}

/** Experiments on networks with all their seeds; prices are those of the first. */
async function reportStudies(
  studies: readonly MappedNetwork[],
  context: CommandContext,
): Promise<readonly ReportStudy[] | undefined> {
  if (studies.length === 0) return [];
  const { TECHNOLOGIES } = await import('../../backends/energy/terms.js');
  const { priceEnded } = await import('../price-studies.js');
  const { loadPoints } = await import('../run-studies.js');
  const { runToEnd } = await import('../run-to-end.js');
  const { pointName } = await import('../../networks/run/run-points.js');
  const points = await loadPoints(studies, context);
  const ended = points && (await runToEnd(points, context));
  const priced = ended && (await priceEnded(ended, { technology: TECHNOLOGIES.board }, context));
  return priced?.map(({ mapped, result, estimate, lifetime }) => {
    return { name: pointName(mapped), result, network: mapped, energy: estimate, lifetime };
  });
}

/** An experiment with what its engine calls itself. */
interface RunExperiment {
  readonly experiment: ReportExperiment;
  readonly engineVersion: string;
}

async function reportExperiment(
  mapped: MappedModule,
  options: ReportOptions,
  context: CommandContext,
): Promise<RunExperiment | undefined> {
  const { runCosim } = await import('../run-cosim.js');
  const { estimateEnergy } = await import('../../backends/energy/estimate-energy.js');
  const { TECHNOLOGIES } = await import('../../backends/energy/terms.js');
  const run = await runCosim(mapped, { engine: options.engine, observation: { diagram: true } }, context);
  if (!run) return undefined;
  const { result, cosim } = run;
  const energy = estimateEnergy(result, mapped, TECHNOLOGIES.board);
  const { programLifetime } = await import('../../backends/lifetime/program-lifetime.js');
  const lifetime = programLifetime(result, mapped, energy);
  const [timing, listing] = [await timingOf(cosim), await listingOf(mapped, context)];
  return {
    experiment: { result, mapped, variation: await variationOf(mapped), energy, lifetime, cosim, timing, listing },
    engineVersion: cosim.engineVersion,
  };
}

/** What the cells of the first seed differ in. */
async function variationOf({ device, rows, columns, experiment }: MappedModule): Promise<readonly CellVariation[]> {
  const { drawnSpreads } = await import('../../devices/device-spread.js');
  const { firstSeed, without } = experiment;
  return drawnSpreads(device, { rows, columns, seed: firstSeed, without }).map(({ spread, values }) => {
    const { name, scales, distribution, mean, deviation, provenance } = spread;
    return { name, scales, distribution, mean, deviation, values: [...values], source: provenance.source };
  });
}

/** The first events of the run. */
async function timingOf({ observations }: CosimOutcome): Promise<ReportTiming | undefined> {
  const record = observations?.diagram;
  if (!record) return undefined;
  const { timingDiagram } = await import('../../cosim/observe/timing-diagram.js');
  const title = `Beginning of ${record.name}, clocks at ${formatQuantity(record.clockHz, 'Hz')}`;
  return { title, diagram: timingDiagram(record.trace, record.window) };
}

/** The controller's program, one operation a line, each with the place that it comes from. */
async function listingOf(
  mapped: MappedModule,
  { diagnostics }: CommandContext,
): Promise<readonly ListedWord[] | undefined> {
  const { legalize, scheduleFirstSeed } = await import('../../compiler.js');
  const scheduled = scheduleFirstSeed(mapped, diagnostics);
  return scheduled && legalize(scheduled).program.listing;
}

/** Largest source text that is shown [bytes]. */
const MAX_SOURCE_BYTES = 2 ** 18;
const MAX_HASHED_BYTES = 2 ** 26;

/** The file as it was read; absent where it is too large to be shown. */
function sourcesOf(file: string, { host }: CommandContext): readonly SourceText[] {
  const bytes = host.readBytes(file, MAX_SOURCE_BYTES);
  return bytes instanceof Uint8Array ? [{ file, text: new TextDecoder().decode(bytes) }] : [];
}

/** Engines and their tools; no times of day and nothing of the machine, so that pages can be compared. */
function environmentOf(
  file: string,
  experiments: readonly RunExperiment[],
  { host }: CommandContext,
): ReportInput['environment'] {
  const bytes = host.readBytes(file, MAX_HASHED_BYTES);
  const engines = new Map(
    experiments.map(({ experiment, engineVersion }) => [experiment.cosim?.engine ?? '', engineVersion]),
  );
  return {
    tools: [...engines].map(([engine, version]) => [`Engine ${engine}`, version] as const),
    ...(bytes instanceof Uint8Array && { sha256: sha256Hex(bytes) }),
  };
}
