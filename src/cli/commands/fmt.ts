/** `ionloom fmt`: canonical layout of source files. */
import type { Command } from 'commander';
import { MAX_SOURCE_BYTES } from '../../dsl/source-text.js';
import { CLI_CATALOGUE } from '../catalogue.js';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { jsonOption } from '../options.js';
import { writeFile } from '../write-output.js';

interface FmtOptions {
  readonly json: boolean;
  readonly check: boolean;
}

interface FormattedFile {
  readonly path: string;
  /** Whether the canonical layout differs from the file's. */
  readonly changed: boolean;
}

/** Adds the command to `program`. */
export function registerFmt(program: Command, execute: Execute): void {
  program
    .command('fmt')
    .summary('bring files into canonical layout')
    .description('Rewrite files in canonical layout, comments included; the meaning never changes.')
    .argument('<file...>', 'source files')
    .option('--check', 'change nothing, fail where a file is not in canonical layout', false)
    .addOption(jsonOption())
    .action((files: readonly string[], options: FmtOptions) =>
      execute(options.json, (context) => fmt(files, options, context)),
    );
}

async function fmt(
  files: readonly string[],
  options: FmtOptions,
  context: CommandContext,
): Promise<CommandResult | undefined> {
  const done: FormattedFile[] = [];
  for (const file of files) {
    const formatted = await formatFile(file, options, context);
    if (formatted) done.push(formatted);
  }
  const rewritten = options.check ? [] : done.filter(({ changed }) => changed);
  return { fields: { files: done }, text: rewritten.map(({ path }) => `formatted ${path}`).join('\n'), passed: true };
}

async function formatFile(
  file: string,
  { check }: FmtOptions,
  context: CommandContext,
): Promise<FormattedFile | undefined> {
  const { formatSource } = await import('../../dsl/format.js');
  const text = readSource(file, context);
  const formatted = text === undefined ? undefined : formatSource(file, text, context.diagnostics);
  if (formatted === undefined) return undefined;
  const changed = formatted !== text;
  if (changed && check) context.diagnostics.report(CLI_CATALOGUE, 'not-formatted', { file });
  if (changed && !check) await writeFile(file, formatted, context.diagnostics);
  return { path: file, changed };
}

function readSource(file: string, { host, diagnostics }: CommandContext): string | undefined {
  const bytes = host.readBytes(file, MAX_SOURCE_BYTES);
  if (!(bytes instanceof Uint8Array)) {
    diagnostics.report(CLI_CATALOGUE, 'unreadable-file', { file, reason: bytes.text });
    return undefined;
  }
  try {
    // A byte order mark counts as a difference of layout
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    diagnostics.report(CLI_CATALOGUE, 'not-utf8', { file });
    return undefined;
  }
}
