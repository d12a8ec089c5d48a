/** Tools of the distribution that some tests ask for a second opinion; without one, its tests are skipped by name. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Whether `tool` can be started. */
export function hasTool(tool: string): boolean {
  return spawnSync(tool, ['-V'], { stdio: 'ignore' }).error === undefined;
}

/** Everything that `tool` prints in a folder with these files; exit status 0 or not is the last line. */
export function runTool(
  tool: string,
  args: readonly string[],
  files: readonly { readonly path: string; readonly text: string }[],
): { readonly output: string; readonly isGood: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'ionloomtest'));
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const output = execFileSync(tool, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
    return { output, isGood: true };
  } catch (error) {
    if (!isToolFailure(error)) throw error;
    return { output: `${error.stdout}${error.stderr}`, isGood: false };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isToolFailure(error: unknown): error is { readonly stdout: string; readonly stderr: string } {
  return typeof error === 'object' && error !== null && 'stdout' in error && 'stderr' in error;
}
