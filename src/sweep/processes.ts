/** The door of sweeps to other processes: workers that are asked for points, and the commands of Slurm. */
import { fork, spawn, type ChildProcess } from 'node:child_process';

/** What is kept of what a process prints [characters]. */
const OUTPUT_LIMIT = 8_000;

/** A process that is sent messages and sends some back. */
export interface WorkerProcess {
  send(message: object): void;
  /** Ends it and whatever it has started, at once. */
  kill(): void;
}

/** What is heard of a worker. */
export interface WorkerEars {
  message(message: unknown): void;
  /** It is gone; why, in words. */
  ended(reason: string): void;
}

/** How workers are started. */
export interface WorkerCommand {
  readonly script: string;
  readonly args: readonly string[];
  /** Beside the variables of this process. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Starts a worker at the head of a process group of its own: what a terminal sends to this process does not reach it.
 * The worker has to end by itself when this process does.
 */
export function startWorker({ script, args, environment }: WorkerCommand, ears: WorkerEars): WorkerProcess {
  const child = fork(script, args, {
    detached: true,
    env: { ...process.env, ...environment },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (tail = `${tail}${text}`.slice(-OUTPUT_LIMIT)));
  let isGone = false;
  const end = (reason: string): void => {
    if (isGone) return;
    isGone = true;
    ears.ended(reason);
  };
  child.on('message', (message) => {
    ears.message(message);
  });
  child.once('error', ({ message }) => {
    end(message);
  });
  child.once('close', (status, signal) => {
    const how = signal === null ? `ended with status ${String(status)}` : `ended by ${signal}`;
    end(tail.trim() === '' ? how : `${how}: ${tail.trim()}`);
  });
  return {
    send: (message) => {
      // Where it is gone already, `close` says so
      if (child.connected) child.send(message, () => undefined);
    },
    kill: () => {
      killGroup(child);
    },
  };
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already
  }
}

export type CommandEnd =
  | { readonly kind: 'ended'; readonly status: number | null; readonly output: string; readonly errors: string }
  | { readonly kind: 'missing'; readonly reason: string };

/** Runs a program to its end, without a shell. */
export function runCommand(command: string, args: readonly string[]): Promise<CommandEnd> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { shell: false, stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = `${errors}${text}`.slice(-OUTPUT_LIMIT)));
    child.once('error', ({ message }) => {
      resolve({ kind: 'missing', reason: message });
    });
    child.once('close', (status) => {
      resolve({ kind: 'ended', status, output, errors: errors.trim() });
    });
  });
}
