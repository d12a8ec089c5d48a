/** `ionloom build`: writes the controller, the harness project, the energy estimate and netlists for ngspice. */
import { Option, type Command } from 'commander';
import type { Artifact } from '../../core/artifact.js';
import { MANIFEST_NAME } from '../../core/manifest-name.js';
import { recordReads, type RecordingHost } from '../../core/recording-host.js';
import { formatCount } from '../../units/format-quantity.js';
import type { Build, Target } from '../build-artifacts.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { loadDesign } from '../experiments.js';
import { createManifest, recordArtifacts } from '../manifest.js';
import { experimentOption, jsonOption, seedOption, setOption, type ExperimentOptions } from '../options.js';
import { renderTable } from '../table.js';
import { isReproducible } from '../verify-reproducible.js';
import { readVersion } from '../version.js';
import { writeFolder } from '../write-output.js';

interface BuildOptions extends ExperimentOptions {
  readonly output: string;
  readonly target: Target | 'all';
  readonly freeze: boolean;
  readonly verifyReproducible: boolean;
}

/** Adds the command to `program`. */
export function registerBuild(program: Command, execute: Execute): void {
  program
    .command('build')
    .summary('write SystemVerilog, harness, energy estimate and netlists')
    .description(
      'Build the controllers of the first experiment on a program and of all experiments on networks (or of --experiment) as SystemVerilog, the harness as a TypeScript project, the energy estimate, and netlists of devices and tile for ngspice (interop), for which a file needs no experiment.',
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
    .addOption(
      new Option(
        '--verify-reproducible',
        'build once more in another folder, locale and time zone, and write only where every byte is the same',
      ).default(false),
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
      return execute(options.json, (context) => {
        const host = recordReads(context.host);
        return build(file, options, { ...context, host });
      });
    });
}

interface BuildContext extends CommandContext {
  readonly host: RecordingHost;
}

async function build(file: string, options: BuildOptions, context: BuildContext): Promise<CommandResult | undefined> {
  const { buildArtifacts, TARGETS } = await import('../build-artifacts.js');
  const experiments = options.target === 'interop' ? 'welcome' : 'needed';
  const design = await loadDesign(file, options, context, experiments);
  if (!design) return undefined;
  const [first] = design.experiments;
  const [firstStudy] = design.studies;
  const experiment = first?.experiment.name ?? firstStudy?.study.name;
  const targets = options.target === 'all' ? TARGETS : [options.target];
  const built = await buildArtifacts(design, { targets, freezes: options.freeze }, context);
  if (!built) return undefined;
  const manifest = manifestOf(file, experiment, built, context);
  const artifacts = [...built.artifacts, manifest];
  if (options.verifyReproducible && !(await isReproducible({ file, artifacts }, options, context))) return undefined;
  if (!(await writeFolder(options.output, artifacts, context.diagnostics))) return undefined;
  const isEmpty = design.experiments.length + design.studies.length === 0;
  const header = isEmpty ? 'built netlists of devices only: no experiment runs on a tile' : headerOf(built, context);
  const verified = options.verifyReproducible ? ', the same bytes in another folder, locale and time zone' : '';
  return describeBuild(options.output, built, `${header}${verified}`);
}

function manifestOf(file: string, experiment: string | undefined, built: Build, { host }: BuildContext): Artifact {
  const header = {
    version: readVersion(host),
    source: file,
    sources: host.filesRead(),
    ...(experiment !== undefined && { experiment }),
    ...(built.top !== undefined && { top: built.top }),
    ...(built.controllers.length > 0 && { controllers: built.controllers }),
  };
  return createManifest(header, built.artifacts);
}

function headerOf({ top, controllers }: Build, { terminal }: CommandContext): string {
  const own = top === undefined ? 'built' : `built, top module ${terminal.colors.strong(top)}`;
  if (controllers.length === 0) return own;
  const count = controllers.length === 1 ? '1 controller' : `${formatCount(controllers.length)} controllers`;
  return `${own}, ${count} of networks in ${controllers.length === 1 ? 'a folder called as its top module' : 'folders called as their top modules'}`;
}

function describeBuild(folder: string, { artifacts, controllers }: Build, header: string): CommandResult {
  const records = recordArtifacts(artifacts);
  const uses = new Map(
    controllers.map(({ top, experiment, projection }) => [`rtl/${top}`, `${projection} of ${experiment}`]),
  );
  const placeOf = (path: string): string => {
    const own = path.slice(0, path.lastIndexOf('/'));
    return uses.has(own) ? own : (path.split('/')[0] ?? path);
  };
  const places = [...new Set(records.map(({ path }) => placeOf(path)))];
  const rows = places.map((place) => {
    const inside = records.filter(({ path }) => placeOf(path) === place);
    const bytes = inside.reduce((sum, record) => sum + record.bytes, 0);
    const use = uses.get(place) ?? '';
    return [`${folder}/${place}`, `${formatCount(inside.length)} files`, `${formatCount(bytes)} bytes`, use];
  });
  return {
    fields: { outputDirectory: folder, ...(controllers.length > 0 && { controllers }), artifacts: records },
    text: `${header}\n${renderTable(rows, ['left', 'right', 'right', 'left'])}\n  ${folder}/${MANIFEST_NAME} lists all of them`,
    passed: true,
  };
}
