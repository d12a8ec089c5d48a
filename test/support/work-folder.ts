/** A folder for files that a tool reads and writes, gone afterwards. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Calls `work` with a fresh, empty folder. */
export function inWorkFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(path.join(tmpdir(), 'ionloomwork'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same for work that takes turns of the event loop. */
export async function withWorkFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ionloomwork'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface CommandEnd {
  readonly isGood: boolean;
  readonly output: string;
}

/** Runs a command in a folder to its end; `output` is all that it prints, at most 64 MB. */
export function runIn(folder: string, command: string, args: readonly string[]): CommandEnd {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error) return { isGood: false, output: error.message };
  return { isGood: status === 0, output: `${stdout}${stderr}` };
}

/** Output of a command that has to succeed. */
export function mustRunIn(folder: string, command: string, args: readonly string[]): string {
  const { isGood, output } = runIn(folder, command, args);
  if (!isGood) throw new Error(`${command} failed: ${output.slice(-2000)}`);
  return output;
}
