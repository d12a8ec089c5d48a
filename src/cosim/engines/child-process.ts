/**
 * The only door to child processes. Each child leads a process group of its own, which is ended as a whole: on its
 * time limit, and when this process ends or is interrupted.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';

/** What is kept of a child's output [characters]: the beginning names the first error. */
const OUTPUT_LIMIT = 64_000;

export interface ChildPlace {
  readonly folder: string;
  readonly limitSeconds: number;
}

export type ToolEnd =
  | { readonly kind: 'exited'; readonly status: number; readonly output: string }
  | { readonly kind: 'killed'; readonly signal: string; readonly output: string }
  | { readonly kind: 'timeout'; readonly output: string }
  | { readonly kind: 'missing'; readonly reason: string };

/** Runs a program to its end, without a shell. */
export function runTool(
  command: string,
  args: readonly string[],
  { folder, limitSeconds }: ChildPlace,
): Promise<ToolEnd> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: folder,
      // What an ended tool leaves behind goes with its folder
      env: { ...process.env, TMPDIR: '.' },
      detached: true,
      shell: false,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const watch = new ChildWatch(child, limitSeconds);
    child.once('error', (fault) => {
      watch.release();
      resolve({ kind: 'missing', reason: fault.message });
    });
    child.once('close', (status, signal) => {
      watch.release();
      const { output } = watch;
      if (watch.isOverdue) resolve({ kind: 'timeout', output });
      else if (status === null) resolve({ kind: 'killed', signal: signal ?? 'unknown', output });
      else resolve({ kind: 'exited', status, output });
    });
  });
}

export type HostAnswer = { readonly kind: 'answered'; readonly message: unknown; readonly output: string } | ToolEnd;

/** Forks a Node script, sends it `request` and waits for its one message; then the child is ended. */
export function askHost(script: string, request: unknown, { folder, limitSeconds }: ChildPlace): Promise<HostAnswer> {
  return new Promise((resolve) => {
    const child = fork(script, [], {
      ...{ cwd: folder, detached: true, execArgv: [], serialization: 'advanced' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const watch = new ChildWatch(child, limitSeconds);
    let message: { readonly value: unknown } | undefined;
    child.on('message', (value) => {
      message ??= { value };
      watch.end();
    });
    child.once('error', (fault) => {
      watch.release();
      resolve({ kind: 'missing', reason: fault.message });
    });
    child.once('close', (status, signal) => {
      watch.release();
      const { output } = watch;
      if (message) resolve({ kind: 'answered', message: message.value, output });
      else if (watch.isOverdue) resolve({ kind: 'timeout', output });
      else if (status === null) resolve({ kind: 'killed', signal: signal ?? 'unknown', output });
      else resolve({ kind: 'exited', status, output });
    });
    // A child that dies before it reads shows up in `close`
    child.send(toMessage(request), () => undefined);
  });
}

/** Everything that structured cloning can copy may be sent; the types of Node only know JSON's values. */
function toMessage(request: unknown): object {
  return { request };
}

/** Output, time limit and process group of one running child. */
class ChildWatch {
  readonly #child: ChildProcess;
  readonly #timer: NodeJS.Timeout;
  #output = '';
  isOverdue = false;

  constructor(child: ChildProcess, limitSeconds: number) {
    this.#child = child;
    this.#timer = setTimeout(() => {
      this.isOverdue = true;
      this.end();
    }, limitSeconds * 1000);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text.slice(0, Math.max(0, OUTPUT_LIMIT - this.#output.length));
      });
    }
    if (child.pid !== undefined) guard.add(child.pid);
  }

  get output(): string {
    return this.#output.trim();
  }

  end(): void {
    if (this.#child.pid !== undefined) endGroup(this.#child.pid);
  }

  release(): void {
    clearTimeout(this.#timer);
    if (this.#child.pid !== undefined) guard.remove(this.#child.pid);
  }
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // The group is gone already
  }
}

/** Ends all running groups when this process exits or is told to; otherwise signals act as if it were not there. */
class GroupGuard {
  readonly #leaders = new Set<number>();
  readonly #onExit = (): void => {
    for (const leader of this.#leaders) endGroup(leader);
    for (const sweep of sweeps) sweep();
  };
  readonly #onSignal = (signal: NodeJS.Signals): void => {
    this.#onExit();
    const hasOtherListener = process.listenerCount(signal) > 1;
    this.#unhook();
    if (!hasOtherListener) process.kill(process.pid, signal);
  };

  add(leader: number): void {
    if (this.#leaders.size === 0) this.#hook();
    this.#leaders.add(leader);
  }

  remove(leader: number): void {
    this.#leaders.delete(leader);
    if (this.#leaders.size === 0) this.#unhook();
  }

  #hook(): void {
    process.on('exit', this.#onExit);
    for (const signal of GUARDED_SIGNALS) process.on(signal, this.#onSignal);
  }

  #unhook(): void {
    process.off('exit', this.#onExit);
    for (const signal of GUARDED_SIGNALS) process.off(signal, this.#onSignal);
  }
}

const sweeps = new Set<() => void>();

/** Calls `sweep` if this process ends while a child runs; returns the function that takes it back. */
export function onEarlyEnd(sweep: () => void): () => void {
  sweeps.add(sweep);
  return () => sweeps.delete(sweep);
}

const GUARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const guard = new GroupGuard();
