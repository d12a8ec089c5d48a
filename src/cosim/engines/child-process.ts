/**
 * The only door to child processes. Each child leads a process group of its own, which is ended as a whole: on its
 * time limit, and when this process ends or is interrupted.
 */
import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What is kept of a child's output [characters]: the beginning names the first error, the end the last words. */
const OUTPUT_LIMIT = 64_000;

/** A model that prints more than this is ended [characters]. */
const FLOOD_LIMIT = 8 * 2 ** 20;

export interface ChildPlace {
  readonly folder: string;
  readonly limitSeconds: number;
  /** Beside the variables of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

export type ToolEnd =
  | { readonly kind: 'exited'; readonly status: number; readonly output: string }
  | { readonly kind: 'killed'; readonly signal: string; readonly output: string }
  | { readonly kind: 'timeout'; readonly output: string }
  | { readonly kind: 'flooded'; readonly output: string }
  | { readonly kind: 'missing'; readonly reason: string };

/** Runs a program to its end, without a shell. */
export function runTool(
  command: string,
  args: readonly string[],
  { folder, limitSeconds, environment }: ChildPlace,
): Promise<ToolEnd> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: folder,
      // What an ended tool leaves behind goes with its folder
      env: { ...process.env, TMPDIR: '.', ...environment },
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
      else if (watch.isFlooded) resolve({ kind: 'flooded', output });
      else if (status === null) resolve({ kind: 'killed', signal: signal ?? 'unknown', output });
      else resolve({ kind: 'exited', status, output });
    });
  });
}

export type HostAnswer = { readonly kind: 'answered'; readonly message: unknown; readonly output: string } | ToolEnd;

export interface HostPlace extends ChildPlace {
  /** Gets every message; whether it was no answer, but news on the way to it. */
  readonly isNews: (message: unknown) => boolean;
}

/** Forks a Node script, sends it `request` and waits for its one answer; then the child is ended. */
export function askHost(
  script: string,
  request: unknown,
  { folder, limitSeconds, isNews }: HostPlace,
): Promise<HostAnswer> {
  return new Promise((resolve) => {
    const child = fork(script, [], {
      ...{ cwd: folder, detached: true, execArgv: [], serialization: 'advanced' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const watch = new ChildWatch(child, limitSeconds);
    let message: { readonly value: unknown } | undefined;
    child.on('message', (value) => {
      if (message === undefined && isNews(value)) return;
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
      else if (watch.isFlooded) resolve({ kind: 'flooded', output });
      else if (status === null) resolve({ kind: 'killed', signal: signal ?? 'unknown', output });
      else resolve({ kind: 'exited', status, output });
    });
    // What the host has started goes with it, and with that the last holders of its output
    child.once('exit', () => {
      watch.end();
    });
    // A child that dies before it reads shows up in `close`
    child.send(toMessage(request), () => undefined);
  });
}

/** A program that is asked through its descriptor 3 and answers through 4. */
export interface SimulatorCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** Beside the variables of this process. */
  readonly environment: Readonly<Record<string, string>>;
}

export type SimulatorEnd =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'missing'; readonly reason: string };

export interface RunningSimulator {
  /** Blocking descriptors; reading finds the end as soon as the process is gone. */
  readonly toSimulator: number;
  readonly fromSimulator: number;
  /** How it ended; only known between turns of the event loop. */
  readonly ended: Promise<SimulatorEnd>;
}

/**
 * Starts a simulator in the process group of this process, which is a host of models; what it prints goes where this
 * process prints.
 * @throws Error where there are no named pipes
 */
export function startSimulator({ command, args, folder, environment }: SimulatorCommand): RunningSimulator {
  const requests = openPipe();
  const answers = openPipe();
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    shell: false,
    stdio: ['ignore', 'inherit', 'inherit', requests.reader, answers.writer],
  });
  const ended = new Promise<SimulatorEnd>((resolve) => {
    child.once('error', (fault) => {
      resolve({ kind: 'missing', reason: fault.message });
    });
    child.once('exit', (status, signal) => {
      resolve(status === null ? { kind: 'killed', signal: signal ?? 'unknown' } : { kind: 'exited', status });
    });
  });
  // With our copies gone, the end of the process is the end of the pipe
  closeSync(requests.reader);
  closeSync(answers.writer);
  return { toSimulator: requests.writer, fromSimulator: answers.reader, ended };
}

/** Both ends of a pipe, blocking; Node has pipes of its own only for its event loop, which waits while a model runs. */
function openPipe(): { readonly reader: number; readonly writer: number } {
  const folder = mkdtempSync(path.join(tmpdir(), 'ionloom'));
  try {
    const file = path.join(folder, 'pipe');
    const { status, error, stderr } = spawnSync('mkfifo', ['-m', '600', file], { encoding: 'utf8' });
    if (status !== 0) throw new Error(error?.message ?? stderr.trim());
    // Opening one end waits for the other; a reader that does not wait lets the writer in
    const first = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const writer = openSync(file, constants.O_WRONLY);
    const reader = openSync(file, constants.O_RDONLY);
    closeSync(first);
    return { reader, writer };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything that structured cloning can copy may be sent; the types of Node only know JSON's values. */
function toMessage(request: unknown): object {
  return { request };
}

/** Output, time limit and process group of one running child. */
class ChildWatch {
  readonly #child: ChildProcess;
  readonly #timer: NodeJS.Timeout;
  #begin = '';
  #end = '';
  #characters = 0;
  isOverdue = false;
  isFlooded = false;

  constructor(child: ChildProcess, limitSeconds: number) {
    this.#child = child;
    this.#timer = setTimeout(() => {
      this.isOverdue = true;
      this.end();
    }, limitSeconds * 1000);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#keep(text);
      });
    }
    if (child.pid !== undefined) guard.add(child.pid);
  }

  /** The first and the last of what was printed. */
  get output(): string {
    return `${this.#begin}${this.#end}`.trim();
  }

  #keep(text: string): void {
    this.#characters += text.length;
    const room = OUTPUT_LIMIT - this.#begin.length;
    this.#begin += text.slice(0, room);
    if (text.length > room) this.#end = `${this.#end}${text.slice(room)}`.slice(-OUTPUT_LIMIT);
    if (this.#characters <= FLOOD_LIMIT || this.isFlooded) return;
    this.isFlooded = true;
    this.end();
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
