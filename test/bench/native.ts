/** Small C programs beside the bench: the limits of the machine and peers that are libraries. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Numbers that `test/bench/native/<name>.c` prints; throws where there is no C compiler or the program fails. */
export function runNative(name: string, args: readonly string[]): readonly number[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'ionloom-bench-'));
  try {
    const program = path.join(folder, name);
    const source = path.join('test', 'bench', 'native', `${name}.c`);
    const { error, status, stderr } = spawnSync('cc', ['-O3', '-march=native', source, '-o', program, '-ldl'], {
      encoding: 'utf8',
    });
    if (error) throw new Error('no C compiler `cc`');
    if (status !== 0) throw new Error(`${source} does not compile: ${stderr}`);
    const output = execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, ...ONE_THREAD } });
    return output.trim().split(/\s+/).map(Number);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Environment that keeps numerical libraries to one thread. */
export const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' } as const;

/** What one thread moves to and from a working set. */
export interface MemoryLimit {
  /** a = b + s c [bytes/s]. */
  readonly triad: number;
  /** Reading alone [bytes/s]. */
  readonly read: number;
}

/** Measured now; undefined where there is no C compiler. */
export function memoryLimit(workingSetBytes: number): MemoryLimit | undefined {
  try {
    const [triad = NaN, read = NaN] = runNative('triad', [String(workingSetBytes)]);
    return { triad, read };
  } catch {
    return undefined;
  }
}
