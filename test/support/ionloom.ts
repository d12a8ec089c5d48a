/** Runs the built command as a user does: a process of its own, from the checkout's root. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { REPOSITORY } from './golden.js';

const COMMAND = path.join(REPOSITORY, 'bin', 'ionloom.js');

export interface ProcessRun {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Waits for `ionloom ...args`; needs the build in `dist`. */
export function ionloom(...args: readonly string[]): ProcessRun {
  if (!existsSync(path.join(REPOSITORY, 'dist', 'cli', 'main.js'))) throw new Error('run `npm run build` first');
  // Continuous integration is no terminal: nothing may be colored there
  const env = { ...process.env, CI: 'true', FORCE_COLOR: '' };
  const options = { cwd: REPOSITORY, env, encoding: 'utf8', maxBuffer: 2 ** 28, timeout: 300_000 } as const;
  return spawnSync(process.execPath, [COMMAND, ...args], options);
}

/** Starts `ionloom ...args`, sends SIGINT after `seconds`, waits for the end. */
export function interruptIonloom(seconds: number, ...args: readonly string[]): Promise<ProcessRun> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [COMMAND, ...args], { cwd: REPOSITORY, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    setTimeout(() => child.kill('SIGINT'), seconds * 1000);
    child.once('close', (status, signal) => {
      resolve({ status, signal, stdout: '', stderr });
    });
  });
}
