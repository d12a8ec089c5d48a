/** Runs one command in process, with what it prints caught. */
import { Command } from 'commander';
import { runCommand, type Execute } from '../../src/cli/command.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { createDiskHost } from '../../src/core/disk.js';
import { PLAIN_PAINTER } from '../../src/core/render-diagnostic.js';

export interface CliRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `register` is the command's own, `args` begin with its name. */
export async function runCli(
  register: (program: Command, execute: Execute) => void,
  ...args: readonly string[]
): Promise<CliRun> {
  const out: string[] = [];
  const err: string[] = [];
  const plain = (text: string): string => text;
  const terminal: Terminal = {
    colors: { strong: plain, faint: plain, good: plain, bad: plain },
    painter: PLAIN_PAINTER,
    isLive: false,
    print: (text) => out.push(`${text}\n`),
    tell: (text) => err.push(`${text}\n`),
    progress: () => undefined,
    status: () => undefined,
  };
  let status = -1;
  const program = new Command().exitOverride();
  register(program, async (isJson, command) => {
    status = await runCommand({ host: createDiskHost(), terminal }, isJson, command);
  });
  await program.parseAsync(args, { from: 'user' });
  return { status, stdout: out.join(''), stderr: err.join('') };
}
