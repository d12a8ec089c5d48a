/** `ionloom completion`: scripts with which shells complete command lines. */
import { Argument, type Command } from 'commander';
import type { Execute } from '../command.js';
import { jsonOption } from '../options.js';
import { readPackageFile } from '../package-files.js';

const SHELLS = ['bash', 'zsh', 'fish'];

/** Adds the command to `program`. */
export function registerCompletion(program: Command, execute: Execute): void {
  program
    .command('completion')
    .summary('print a script that completes command lines')
    .description(
      'Print the script with which a shell completes commands, options, files, and names of experiments and parameters of the file that is named.',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addOption(jsonOption())
    .action((shell: string, options: { readonly json: boolean }) =>
      execute(options.json, ({ host }) => {
        const script = readPackageFile(host, `templates/completion/ionloom.${shell}`).trimEnd();
        return Promise.resolve({ fields: { shell, script }, text: script, passed: true });
      }),
    );
}
