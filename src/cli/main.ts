/** The entry point: parses the arguments, runs one command, turns our own bugs into status 70. */
import { Command, CommanderError } from 'commander';
import { createDiskHost } from '../core/disk.js';
import { withStandardLibrary } from '../dsl/standard-library.js';
import { runCommand, type Execute } from './command.js';
import { registerBuild } from './commands/build.js';
import { registerCheck } from './commands/check.js';
import { registerCosim } from './commands/cosim.js';
import { registerEnergy } from './commands/energy.js';
import { registerExplain } from './commands/explain.js';
import { registerFmt } from './commands/fmt.js';
import { registerReport } from './commands/report.js';
import { registerSim } from './commands/sim.js';
import { EXIT } from './exit-status.js';
import { openTerminal } from './terminal.js';
import { readVersion } from './version.js';

/** In the order of `--help`. */
const REGISTRATIONS = [
  registerCheck,
  registerBuild,
  registerSim,
  registerCosim,
  registerEnergy,
  registerReport,
  registerFmt,
  registerExplain,
];

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
    await createProgram(execute, readVersion(host)).parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    terminal.tell(describeBug(error));
    return EXIT.bug;
  }
}

function createProgram(execute: Execute, version: string): Command {
  const program = new Command('ionloom')
    .description('Compiles learning networks on ionic synapses to pulse-driver hardware, simulation and energy.')
    .version(version)
    .showHelpAfterError('(add --help for the options)')
    .helpCommand(false)
    // Settings above are inherited by the commands only if they stand before them
    .exitOverride();
  for (const register of REGISTRATIONS) register(program, execute);
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
