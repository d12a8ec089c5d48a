/** The frame of every command: runs it, tells its diagnostics, prints its result, finds the exit status. */
import { DiagnosticBag, type Diagnostic } from '../core/diagnostic.js';
import type { FileHost } from '../core/file-host.js';
import { renderDiagnostic } from '../core/render-diagnostic.js';
import { EXIT, statusOf } from './exit-status.js';
import type { Terminal } from './terminal.js';

/** What a command works with. */
export interface CommandContext {
  readonly host: FileHost;
  readonly diagnostics: DiagnosticBag;
  readonly terminal: Terminal;
}

/** What a command found out. */
export interface CommandResult {
  /** Fields of the JSON document beside `ok` and `diagnostics`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The same for people; nothing is printed where it is empty. */
  readonly text: string;
  /** False where an expectation failed or a comparison found a difference. */
  readonly passed: boolean;
}

/** Runs `command` and returns its exit status; it returns undefined after reporting why there is no result. */
export type Execute = (
  isJson: boolean,
  command: (context: CommandContext) => Promise<CommandResult | undefined>,
) => Promise<void>;

/** Longest source text that is read again to show a line of it [bytes]. */
const MAX_SHOWN_BYTES = 8 * 2 ** 20;

/** Runs `command`, speaks on the terminal and returns the exit status. */
export async function runCommand(
  { host, terminal }: Pick<CommandContext, 'host' | 'terminal'>,
  isJson: boolean,
  command: (context: CommandContext) => Promise<CommandResult | undefined>,
): Promise<number> {
  const diagnostics = new DiagnosticBag();
  const result = await command({ host, diagnostics, terminal });
  const { all } = diagnostics;
  const status = statusOf(all) || (result?.passed === false ? EXIT.failed : EXIT.ok);
  tellDiagnostics(all, host, terminal);
  if (isJson) {
    const document = { ok: status === EXIT.ok, diagnostics: all.map(diagnosticDocument), ...result?.fields };
    terminal.print(JSON.stringify(document, undefined, 2));
  } else if (result && result.text !== '') {
    terminal.print(result.text);
  }
  return status;
}

function tellDiagnostics(all: readonly Diagnostic[], host: FileHost, terminal: Terminal): void {
  const texts = new Map<string, string | undefined>();
  const textOf = (file: string): string | undefined => {
    if (!texts.has(file)) texts.set(file, readText(file, host));
    return texts.get(file);
  };
  for (const diagnostic of all) terminal.tell(`${renderDiagnostic(diagnostic, textOf, terminal.painter)}\n`);
  const errorCount = all.filter(({ severity }) => severity === 'error').length;
  if (errorCount > 1) terminal.tell(`${errorCount} errors`);
}

function readText(file: string, host: FileHost): string | undefined {
  const bytes = host.readBytes(file, MAX_SHOWN_BYTES);
  return bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : undefined;
}

/** A diagnostic as scripts see it; lines and columns count from 1, the end is exclusive. */
function diagnosticDocument({ code, severity, message, span, help }: Diagnostic): object {
  return {
    code,
    severity,
    message,
    ...(span && {
      file: span.file,
      line: span.start.line,
      column: span.start.column,
      endLine: span.end.line,
      endColumn: span.end.column,
    }),
    ...(help !== undefined && { help }),
  };
}
