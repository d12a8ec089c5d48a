/** `ionloom explain`: what a code of a diagnostic means and how to mend it; how hardware carries out rules. */
import type { Command } from 'commander';
import { nearestName } from '../../core/nearest.js';
import type { RealizationNote } from '../../ir/study-result.js';
import { CLI_CATALOGUE } from '../catalogue.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { experimentOption, jsonOption, setOption, type ExperimentOptions } from '../options.js';
import { renderTable } from '../table.js';

interface ExplainOptions extends ExperimentOptions {
  readonly realization?: string;
  readonly mapping?: string;
}

/** Adds the command to `program`. */
export function registerExplain(program: Command, execute: Execute): void {
  program
    .command('explain')
    .summary('explain a diagnostic, how hardware carries out rules, or where weights lie')
    .description(
      'Explain the code of a diagnostic; without one, list all codes. With --realization, say how hardware carries out the learning rules of a file: what the controller does, the worst error, the pulses and the time. With --mapping, say where the weights lie on the tiles of the chip, what reading them costs, and what broken cells leave.',
    )
    .argument('[code]', 'for example dsl/unknown-name')
    .option('--realization <file>', 'source file with experiments on networks')
    .option('--mapping <file>', 'the same: where its networks lie on tiles')
    .addOption(experimentOption())
    .addOption(setOption())
    .addOption(jsonOption())
    .action((code: string | undefined, options: ExplainOptions, command: Command) => {
      const { realization, mapping } = options;
      if ([code, realization, mapping].filter((each) => each !== undefined).length > 1) {
        command.error("error: give one of a code and the options '--realization <file>' and '--mapping <file>'");
      }
      return execute(options.json, (context) => {
        if (realization !== undefined) return explainRealization(realization, options, context);
        return mapping === undefined ? explain(code, context) : explainMapping(mapping, options, context);
      });
    });
}

async function explainRealization(
  file: string,
  options: ExplainOptions,
  context: CommandContext,
): Promise<CommandResult | undefined> {
  const { loadDesign } = await import('../experiments.js');
  const { realizationsOf } = await import('../../networks/run/realizations.js');
  const { pointName } = await import('../../networks/run/run-points.js');
  const { reportingFaults } = await import('../run-studies.js');
  const { noteDocument, renderNote } = await import('../study-text.js');
  const design = await loadDesign(file, options, context);
  if (!design) return undefined;
  const found: { readonly name: string; readonly notes: readonly RealizationNote[] }[] = [];
  for (const mapped of design.studies) {
    const notes = await reportingFaults(context, () => realizationsOf(mapped));
    if (!notes) return undefined;
    found.push({ name: pointName(mapped), notes });
  }
  const { colors } = context.terminal;
  const describe = (notes: readonly RealizationNote[]): string =>
    notes.length === 0
      ? 'no rule is carried out by pulses of its own'
      : notes.map((note) => renderNote(note, colors)).join('\n');
  return {
    fields: { experiments: found.map(({ name, notes }) => ({ name, realizations: notes.map(noteDocument) })) },
    text: found.map(({ name, notes }) => `${colors.strong(name)}\n${describe(notes)}`).join('\n\n'),
    passed: true,
  };
}

async function explainMapping(
  file: string,
  options: ExplainOptions,
  context: CommandContext,
): Promise<CommandResult | undefined> {
  const { loadDesign } = await import('../experiments.js');
  const { mappingDocument, renderMapping } = await import('../mapping-text.js');
  const { reportMappings } = await import('../report-mappings.js');
  const design = await loadDesign(file, options, context);
  if (!design) return undefined;
  const found = await reportMappings(design.studies, context);
  if (!found) return undefined;
  return {
    fields: { experiments: found.map(mappingDocument) },
    text: found.map((each) => renderMapping(each, context.terminal.colors)).join('\n\n'),
    passed: true,
  };
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
