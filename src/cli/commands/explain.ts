/** `ionloom explain`: what a code of a diagnostic means and how to mend it. */
import type { Command } from 'commander';
import { nearestName } from '../../core/nearest.js';
import { CLI_CATALOGUE } from '../catalogue.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { jsonOption } from '../options.js';
import { renderTable } from '../table.js';

/** Adds the command to `program`. */
export function registerExplain(program: Command, execute: Execute): void {
  program
    .command('explain')
    .summary('explain a diagnostic')
    .description('Explain the code of a diagnostic; without one, list all codes.')
    .argument('[code]', 'for example dsl/unknown-name')
    .addOption(jsonOption())
    .action((code: string | undefined, options: { readonly json: boolean }) =>
      execute(options.json, (context) => explain(code, context)),
    );
}

async function explain(
  code: string | undefined,
  { diagnostics, terminal }: CommandContext,
): Promise<CommandResult | undefined> {
  const { entriesByCode } = await import('../catalogues.js');
  const entries = entriesByCode();
  if (code === undefined) {
    const codes = [...entries].map(([name, { severity }]) => ({ code: name, severity }));
    return {
      fields: { codes },
      text: renderTable(codes.map((item) => [item.code, item.severity])),
      passed: true,
    };
  }
  const found = entries.get(code);
  if (!found) {
    diagnostics.report(CLI_CATALOGUE, 'unknown-code', { code, nearest: nearestName(code, entries.keys()) });
    return undefined;
  }
  const { severity, explain: text } = found;
  return {
    fields: { code, severity, explanation: text },
    text: `${terminal.colors.strong(`${severity}[${code}]`)}\n\n${text}`,
    passed: true,
  };
}
