/** Sweeps of a small design, for the tests of `ionloom sweep`. */
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { REPOSITORY } from './golden.js';

export const FILM = 'examples/film-sweep/film.ion';

/** 2 x 3 settings and so many seeds. */
export const grid = (seeds: number): readonly string[] => [
  ...[FILM, '--vary', 'volts=4 V,4.4 V', '--vary', 'field=400 mV,500 mV,600 mV', '--seeds', String(seeds)],
  ...['--minimize', 'writeTime', '--minimize', 'rmsError'],
];

/** Files that have to be the same to the last bit wherever and however a sweep has run. */
const PRODUCTS = ['plan.json', 'table.csv', 'table.json', 'sweep.html', 'pareto.svg'];

/** All of a finished sweep by name: its products, and the results of its points. */
export function productsOf(folder: string): Readonly<Record<string, string>> {
  const points = fs.readdirSync(path.join(folder, 'points')).map((name) => `points/${name}`);
  const names = [...PRODUCTS, ...points].filter((name) => fs.existsSync(path.join(folder, name)));
  return Object.fromEntries(names.sort().map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));
}

export function countResults(folder: string): number {
  const points = path.join(folder, 'points');
  return fs.existsSync(points) ? fs.readdirSync(points).filter((name) => name.endsWith('.json')).length : 0;
}

/** A sweep that runs. */
export interface RunningSweep {
  readonly child: ChildProcess;
  /** What it has printed so far on stderr. */
  readonly said: () => string;
  /** Its status or signal at the end. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts `ionloom sweep ...args` in the process of the command itself, so that a signal meets the one that leads the sweep. */
export function startSweep(args: readonly string[], environment: Readonly<Record<string, string>> = {}): RunningSweep {
  const child = spawn(process.execPath, [path.join(REPOSITORY, 'bin', 'command.js'), 'sweep', ...args], {
    cwd: REPOSITORY,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text += part));
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (status, signal) => {
      resolve(status ?? signal);
    });
  });
  return { child, said: () => text, ended };
}

/** Time for something to happen [ms]. */
const PATIENCE = 60_000;

/** Waits until `isSo`. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + PATIENCE; !isSo();) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await setTimeout(10);
  }
}

/** Processes that work for a sweep which `parent` has started. */
export function workersOf(parent: number): readonly number[] {
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number); // prettier-ignore
  return pids.filter((pid) => {
    const [status, command] = ['status', 'cmdline'].map((file) => readOf(pid, file));
    return status?.includes(`\nPPid:\t${String(parent)}\n`) === true && command?.includes('__sweep') === true;
  });
}

/** Whether a process is there and not only waits for its parent to look. */
export function isAlive(pid: number): boolean {
  return /^State:\s+[^Z]/m.test(readOf(pid, 'status'));
}

function readOf(pid: number, file: string): string {
  try {
    return fs.readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
