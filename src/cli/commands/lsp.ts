/** `ionloom lsp`: the language server, for editors. */
import { Option, type Command } from 'commander';
import type { Execute } from '../command.js';
import { readVersion } from '../version.js';

/** Adds the command to `program`. */
export function registerLsp(program: Command, execute: Execute): void {
  program
    .command('lsp')
    .summary('serve editors with diagnostics, completion and navigation')
    .description('Speak the language server protocol. Editors start this command; it reads files and runs no tools.')
    .addOption(new Option('--stdio', 'over standard input and output').makeOptionMandatory())
    .action(() =>
      execute(false, async ({ host }) => {
        const { runServer } = await import('../../lsp/server.js');
        const { stdin: input, stdout: output } = process;
        const status = await runServer({ input, output, host, version: readVersion(host) });
        // The client may keep its end of the stream open
        input.destroy();
        return { fields: {}, text: '', passed: status === 0 };
      }),
    );
}
