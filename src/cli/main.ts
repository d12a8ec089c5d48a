/** The entry point: parses the arguments, runs one command, turns our own bugs into status 70. */
import { Command, CommanderError, Help, type Option } from 'commander';
import type { FileHost } from '../core/file-host.js';
import { createDiskHost } from '../core/disk.js';
import { withStandardLibrary } from '../dsl/standard-library.js';
import { runCommand, type Execute } from './command.js';
import { EXIT } from './exit-status.js';
import { MANUAL, manualText } from './manual.js';
import { openTerminal, type Terminal } from './terminal.js';
import { readVersion } from './version.js';

type Register = (program: Command, execute: Execute) => void;

/** The commands in the order of `--help`; each is loaded when it is wanted. */
const COMMANDS: ReadonlyMap<string, () => Promise<Register>> = new Map([
  ['init', async () => (await import('./commands/init.js')).registerInit],
  ['check', async () => (await import('./commands/check.js')).registerCheck],
  ['build', async () => (await import('./commands/build.js')).registerBuild],
  ['sim', async () => (await import('./commands/sim.js')).registerSim],
  ['cosim', async () => (await import('./commands/cosim.js')).registerCosim],
  ['sweep', async () => (await import('./commands/sweep.js')).registerSweep],
  ['energy', async () => (await import('./commands/energy.js')).registerEnergy],
  ['report', async () => (await import('./commands/report.js')).registerReport],
  ['plan', async () => (await import('./commands/plan.js')).registerPlan],
  ['fit', async () => (await import('./commands/fit.js')).registerFit],
  ['import', async () => (await import('./commands/import.js')).registerImport],
  ['export', async () => (await import('./commands/export.js')).registerExport],
  ['fmt', async () => (await import('./commands/fmt.js')).registerFmt],
  ['explain', async () => (await import('./commands/explain.js')).registerExplain],
  ['completion', async () => (await import('./commands/completion.js')).registerCompletion],
  ['lsp', async () => (await import('./commands/lsp.js')).registerLsp],
]);

/** Widest help [columns]. */
const MAX_WIDTH = 80;

/**
 * Runs the command line with `args` (without interpreter and script) and returns the exit status.
 * Signals keep their default action, so that computing stops at once; writing and child processes see to themselves.
 */
export async function main(args: readonly string[]): Promise<number> {
  const terminal = openTerminal();
  const host = withStandardLibrary(createDiskHost());
  let status: number = EXIT.ok;
  const execute: Execute = async (isJson, command) => {
    status = await runCommand({ host, terminal }, isJson, command);
  };
  try {
    if (args[0] === SWEEP_WORKER) {
      return await (await import('./sweep-worker.js')).workForSweep(args.slice(1), host, terminal);
    }
    const program = createProgram(readVersion(host));
    const words = withoutHelpCommand(args);
    for (const register of await loadCommands(words[0])) register(program, execute);
    addManuals(program);
    if (words[0] === COMPLETE) await printCompletion(words.slice(1), program, { host, terminal });
    else await program.parseAsync(words, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    terminal.tell(describeBug(error));
    return EXIT.bug;
  }
}

/** Runs points of a sweep; `ionloom sweep` starts it. */
const SWEEP_WORKER = '__sweep';

/** Asks for words that may follow; scripts of `ionloom completion` do. */
const COMPLETE = '__complete';

/** `help COMMAND` is `COMMAND --help`. */
function withoutHelpCommand(args: readonly string[]): readonly string[] {
  const [first, name] = args;
  if (first !== 'help') return args;
  if (name === undefined) return ['--help'];
  // Commander tells what comes near to a name that there is not
  return COMMANDS.has(name) ? [name, '--help'] : [name];
}

/** Puts the rest of their manual pages behind what commander says of the commands. */
function addManuals(program: Command): void {
  const width = Math.min(process.stdout.columns || MAX_WIDTH, MAX_WIDTH);
  for (const command of program.commands) {
    const page = MANUAL[command.name()];
    command.configureHelp({ helpWidth: width, optionDescription: describeOption });
    if (page) command.addHelpText('after', `\n${manualText(page, width)}`);
  }
}

/** As commander says it, but that flags which are not given are off goes without saying. */
function describeOption(option: Option): string {
  return new Help().optionDescription(option).replace(' (default: false)', '');
}

/** Prints what the shell adds by itself, then a candidate a line, with what it does behind a tab. */
async function printCompletion(
  words: readonly string[],
  program: Command,
  { host, terminal }: { readonly host: FileHost; readonly terminal: Terminal },
): Promise<void> {
  const { completeWords } = await import('./complete-words.js');
  const { entriesByCode } = await import('./catalogues.js');
  const { part, candidates } = completeWords(words, { program, host, codes: () => entriesByCode().keys() });
  const lines = candidates.map(({ text, does }) => (does === undefined || does === '' ? text : `${text}\t${does}`));
  terminal.print([part, ...lines].join('\n'));
}

/** The command `name`, or all of them where none has that name: help lists them, and so do suggestions. */
function loadCommands(name: string | undefined): Promise<readonly Register[]> {
  const load = name === undefined ? undefined : COMMANDS.get(name);
  return Promise.all(load ? [load()] : [...COMMANDS.values()].map((loadEach) => loadEach()));
}

function createProgram(version: string): Command {
  const program = new Command('ionloom')
    .description('Compiles learning networks on ionic synapses to pulse-driver hardware, simulation and energy.')
    .version(version)
    .showHelpAfterError('(add --help for the options)')
    .helpCommand(false)
    .configureHelp({ helpWidth: Math.min(process.stdout.columns || MAX_WIDTH, MAX_WIDTH) })
    // Settings above are inherited by the commands only if they stand before them
    .exitOverride();
  program.addHelpText(
    'after',
    '\nionloom help COMMAND says more of each, with examples.\n\nExit status: 0 well, 1 errors or failed expectations, 2 usage, 3 environment,\n70 bug, 130 interrupted.',
  );
  return program;
}

function describeBug(error: unknown): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `ionloom: internal error, a bug of ionloom and not of your input; please report it with this text\n${trace}`;
}
