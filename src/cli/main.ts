/** The entry point: parses the arguments, runs one command, turns our own bugs into status 70. */
import { Command, CommanderError } from 'commander';
import { createDiskHost } from '../core/disk.js';
import { withStandardLibrary } from '../dsl/standard-library.js';
import { runCommand, type Execute } from './command.js';
import { EXIT } from './exit-status.js';
import { openTerminal } from './terminal.js';
import { readVersion } from './version.js';

type Register = (program: Command, execute: Execute) => void;

/** The commands in the order of `--help`; each is loaded when it is wanted. */
const COMMANDS: ReadonlyMap<string, () => Promise<Register>> = new Map([
  ['init', async () => (await import('./commands/init.js')).registerInit],
  ['check', async () => (await import('./commands/check.js')).registerCheck],
  ['build', async () => (await import('./commands/build.js')).registerBuild],
  ['sim', async () => (await import('./commands/sim.js')).registerSim],
  ['cosim', async () => (await import('./commands/cosim.js')).registerCosim],
  ['energy', async () => (await import('./commands/energy.js')).registerEnergy],
  ['report', async () => (await import('./commands/report.js')).registerReport],
  ['fit', async () => (await import('./commands/fit.js')).registerFit],
  ['fmt', async () => (await import('./commands/fmt.js')).registerFmt],
  ['explain', async () => (await import('./commands/explain.js')).registerExplain],
  ['lsp', async () => (await import('./commands/lsp.js')).registerLsp],
]);

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
    const program = createProgram(readVersion(host));
    for (const register of await loadCommands(args[0])) register(program, execute);
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    terminal.tell(describeBug(error));
    return EXIT.bug;
  }
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
    // Settings above are inherited by the commands only if they stand before them
    .exitOverride();
  program.addHelpText(
    'after',
    '\nExit status: 0 well, 1 errors or failed expectations, 2 usage, 3 environment,\n70 bug, 130 interrupted.',
  );
  return program;
}

function describeBug(error: unknown): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `ionloom: internal error, a bug of ionloom and not of your input; please report it with this text\n${trace}`;
}
