/** `ionloom build`: writes the controller, the harness project, the energy estimate and netlists for ngspice. */
import { Option, type Command } from 'commander';
import { MANIFEST_NAME } from '../../core/output-folder.js';
import { formatCount } from '../../units/format-quantity.js';
import type { Build, Target } from '../build-artifacts.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { loadDesign } from '../experiments.js';
import { createManifest, recordArtifacts } from '../manifest.js';
import { experimentOption, jsonOption, seedOption, setOption, type ExperimentOptions } from '../options.js';
import { renderTable } from '../table.js';
import { readVersion } from '../version.js';
import { writeFolder } from '../write-output.js';

interface BuildOptions extends ExperimentOptions {
  readonly output: string;
  readonly target: Target | 'all';
  readonly freeze: boolean;
}

/** Adds the command to `program`. */
export function registerBuild(program: Command, execute: Execute): void {
  program
    .command('build')
    .summary('write SystemVerilog, harness, energy estimate and netlists')
    .description(
      'Build the controller of the first experiment on a program (or of --experiment) as SystemVerilog, the harness as a TypeScript project, the energy estimate, and netlists of devices and tile for ngspice (interop), for which a file needs no experiment.',
    )
    .argument('<file>', 'source file')
    .requiredOption('-o, --output <folder>', 'a new or empty folder, or one of an earlier build')
    .addOption(
      new Option('--target <name>', 'what to build')
        .choices(['systemverilog', 'harness', 'energy', 'interop', 'all'])
        .default('all'),
    )
    .addOption(
      new Option('--freeze', 'make the program part of the controller: read-only, and hidden from the bus').default(
        false,
      ),
    )
    .addOption(experimentOption())
    .addOption(seedOption())
    .addOption(setOption())
    .addOption(jsonOption())
    .action((file: string, options: BuildOptions, command: Command) => {
      const { target } = options;
      if (options.freeze && target !== 'systemverilog' && target !== 'all') {
        command.error(
          `error: option '--freeze' is about the controller, which target '${target}' does not make; take 'systemverilog' or 'all'`,
        );
      }
      return execute(options.json, (context) => build(file, options, context));
    });
}

async function build(file: string, options: BuildOptions, context: CommandContext): Promise<CommandResult | undefined> {
  const { buildArtifacts, TARGETS } = await import('../build-artifacts.js');
  const experiments = options.target === 'interop' ? 'welcome' : 'needed';
  const design = await loadDesign(file, options, context, { experiments, purpose: 'simulate' });
  if (!design) return undefined;
  const [first] = design.experiments;
  const [firstStudy] = design.studies;
  const experiment = first?.experiment.name ?? firstStudy?.study.name;
  const targets = options.target === 'all' ? TARGETS : [options.target];
  const built = await buildArtifacts(design, { targets, freezes: options.freeze }, context);
  if (!built) return undefined;
  const manifest = createManifest(
    {
      version: readVersion(context.host),
      source: file,
      ...(experiment !== undefined && { experiment }),
      ...(built.top !== undefined && { top: built.top }),
    },
    built.artifacts,
  );
  const isWritten = await writeFolder(options.output, [...built.artifacts, manifest], context.diagnostics);
  const isEmpty = design.experiments.length + design.studies.length === 0;
  const header = isEmpty ? 'built netlists of devices only: no experiment runs on a tile' : headerOf(built, context);
  return isWritten ? describeBuild(options.output, built, header) : undefined;
}

function headerOf({ top }: Build, { terminal }: CommandContext): string {
  return top === undefined ? 'built' : `built, top module ${terminal.colors.strong(top)}`;
}

function describeBuild(folder: string, { artifacts }: Build, header: string): CommandResult {
  const records = recordArtifacts(artifacts);
  const places = [...new Set(records.map(({ path }) => path.split('/')[0] ?? path))];
  const rows = places.map((place) => {
    const inside = records.filter(({ path }) => path === place || path.startsWith(`${place}/`));
    const bytes = inside.reduce((sum, record) => sum + record.bytes, 0);
    return [`${folder}/${place}`, `${formatCount(inside.length)} files`, `${formatCount(bytes)} bytes`];
  });
  return {
    fields: { outputDirectory: folder, artifacts: records },
    text: `${header}\n${renderTable(rows, ['left', 'right', 'right'])}\n  ${folder}/${MANIFEST_NAME} lists all of them`,
    passed: true,
  };
}
