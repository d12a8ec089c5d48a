/** Runs the built command as a user does: a process of its own, from the checkout's root. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
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
  return ionloomIn(REPOSITORY, ...args);
}

/** The same, for so long at most [s]. */
export function ionloomWithin(seconds: number, ...args: readonly string[]): ProcessRun {
  return run(REPOSITORY, seconds, args);
}

/** The same from another folder. */
export function ionloomIn(folder: string, ...args: readonly string[]): ProcessRun {
  return run(folder, 300, args);
}

function run(folder: string, seconds: number, args: readonly string[]): ProcessRun {
  if (!existsSync(path.join(REPOSITORY, 'dist', 'cli', 'main.js'))) throw new Error('run `npm run build` first');
  // Continuous integration is no terminal: nothing may be colored there
  const env = { ...process.env, CI: 'true', FORCE_COLOR: '' };
  const options = { cwd: folder, env, encoding: 'utf8', maxBuffer: 2 ** 28, timeout: seconds * 1000 } as const;
  return spawnSync(process.execPath, [COMMAND, ...args], options);
}

/** After so many seconds, or after so many of the processor in the first process, which a busy machine does not stretch. */
export type InterruptTime = number | { readonly ofProcessor: number };

/** Starts `ionloom ...args`, sends SIGINT after `time`, waits for the end. */
export function interruptIonloom(time: InterruptTime, ...args: readonly string[]): Promise<ProcessRun> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [COMMAND, ...args], { cwd: REPOSITORY, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const wait = typeof time === 'number' ? setTimeout(time * 1000) : hasWorked(child, time.ofProcessor);
    void wait.then(() => child.kill('SIGINT'));
    child.once('close', (status, signal) => {
      resolve({ status, signal, stdout: '', stderr });
    });
  });
}

/** Ticks of the processor in a second, as Linux tells them to programs. */
const TICKS = 100;

/** Waits until `child` has used so much of the processor [s]; where the system does not tell, as long by the clock. */
async function hasWorked(child: ChildProcess, seconds: number): Promise<void> {
  const file = `/proc/${String(child.pid)}/stat`;
  if (!existsSync(file)) return setTimeout(seconds * 1000);
  while (child.exitCode === null && existsSync(file)) {
    const [user, system] = readFileSync(file, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
      .slice(11, 13)
      .map(Number);
    if ((user ?? 0) + (system ?? 0) >= seconds * TICKS) return;
    await setTimeout(5);
  }
}
