/** A process that ends at a call to the file system, played in this one: from that call on every one of them fails. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const CALLS = [
  ...(['closeSync', 'existsSync', 'fsyncSync', 'lstatSync', 'mkdirSync', 'openSync', 'readdirSync'] as const),
  ...(['readFileSync', 'renameSync', 'rmSync', 'rmdirSync', 'statSync', 'writeSync'] as const),
];

/** Says that the end has come; whoever catches it cannot do anything any more. */
export class Stopped extends Error {}

/** What `work` gives, without waiting for the disk. */
export function unsynced<Result>(work: () => Result): Result {
  const real = fs.fsyncSync;
  try {
    fs.fsyncSync = () => undefined;
    syncBuiltinESMExports();
    return work();
  } finally {
    fs.fsyncSync = real;
    syncBuiltinESMExports();
  }
}

/**
 * Calls `work` and stops it before call `at` to the file system, counted from 0.
 * @returns whether it was stopped
 */
export function stopAt(at: number, work: () => unknown): boolean {
  const real = Object.fromEntries(CALLS.map((name) => [name, fs[name]]));
  let calls = 0;
  const isOver = (): boolean => calls > at;
  const guarded = CALLS.map((name) => {
    const call = fs[name] as (...values: unknown[]) => unknown;
    const replaced = (...values: unknown[]): unknown => {
      calls++;
      if (isOver()) throw new Stopped();
      // The process ends here, not the machine: what is written stays without it
      return name === 'fsyncSync' ? undefined : call(...values);
    };
    return [name, replaced];
  });
  try {
    Object.assign(fs, Object.fromEntries(guarded));
    syncBuiltinESMExports();
    work();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  } finally {
    Object.assign(fs, real);
    syncBuiltinESMExports();
  }
  return isOver();
}
