/** Runs the built command and tells what its processes have used at most. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { REPOSITORY } from '../golden.js';

export interface MeasuredRun {
  readonly status: number | null;
  readonly stderr: string;
  /** Time of the processor in all processes [s]: a busy machine does not stretch it. */
  readonly seconds: number;
  /** Largest memory of a process [bytes]. */
  readonly bytes: number;
}

const METER = path.join(import.meta.dirname, 'meter.mjs');

/** Waits for `ionloom ...args` in `folder`, which also takes the meter's readings. */
export function measuredRun(folder: string, ...args: readonly string[]): MeasuredRun {
  const readings = path.join(folder, 'meter.jsonl');
  const env = { ...process.env, CI: 'true', NODE_OPTIONS: `--import=${METER}`, IONLOOM_METER: readings };
  const command = [path.join(REPOSITORY, 'bin', 'ionloom.js'), ...args];
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: folder, env, encoding: 'utf8' });
  const lines = readFileSync(readings, 'utf8').trim().split('\n');
  const used = lines.map((line) => JSON.parse(line) as Pick<MeasuredRun, 'seconds' | 'bytes'>);
  const seconds = used.reduce((sum, each) => sum + each.seconds, 0);
  return { status, stderr, seconds, bytes: Math.max(...used.map(({ bytes }) => bytes)) };
}
