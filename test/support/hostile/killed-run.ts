/** Runs the built command and kills it at a moment, with a look at what goes on living behind it. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { REPOSITORY } from '../golden.js';

/** Set in all processes of a run, so that they are known again. */
const MARK = 'IONLOOM_TRUST_RUN';

/** How long processes behind a dead one may take to end [ms]. */
const GRACE = 5000;

export interface KilledRun {
  /** Undefined where it was killed. */
  readonly status: number | undefined;
  /** Time until the end [ms]. */
  readonly duration: number;
  /** Command lines of processes that were still alive after {@link GRACE}; they are no more. */
  readonly orphans: readonly string[];
}

/** `ionloom ...args` in `folder`, with a temporary folder of its own there; killed after `moment` [ms] where one is given. */
export async function killedRun(folder: string, args: readonly string[], moment?: number): Promise<KilledRun> {
  const mark = randomUUID();
  const temporary = path.join(folder, '..', `${path.basename(folder)}-tmp`);
  fs.mkdirSync(temporary, { recursive: true });
  const env = { ...process.env, CI: 'true', TMPDIR: temporary, [MARK]: mark };
  const begin = performance.now();
  const command = [path.join(REPOSITORY, 'bin', 'ionloom.js'), ...args];
  const child = spawn(process.execPath, command, { cwd: folder, env, stdio: 'ignore' });
  const ended = new Promise<number | undefined>((resolve) => {
    child.once('exit', (status) => {
      resolve(status ?? undefined);
    });
  });
  if (moment !== undefined) void setTimeout(moment).then(() => child.kill('SIGKILL'));
  const status = await ended;
  const duration = performance.now() - begin;
  return { status, duration, orphans: await endOrphans(mark) };
}

async function endOrphans(mark: string): Promise<readonly string[]> {
  const deadline = performance.now() + GRACE;
  while (markedProcesses(mark).length > 0 && performance.now() < deadline) await setTimeout(20);
  const orphans = markedProcesses(mark);
  for (const { pid } of orphans) process.kill(pid, 'SIGKILL');
  return orphans.map(({ command }) => command);
}

function markedProcesses(mark: string): readonly { readonly pid: number; readonly command: string }[] {
  return fs.readdirSync('/proc').flatMap((name) => {
    try {
      if (!/^\d+$/.test(name) || !fs.readFileSync(`/proc/${name}/environ`, 'utf8').includes(`${MARK}=${mark}`))
        return [];
      return [{ pid: Number(name), command: fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') }];
    } catch {
      // It has ended meanwhile, or is not ours
      return [];
    }
  });
}
