/** What every model needs alike, made once for a toolchain: objects of Verilator's runtime and its precompiled header. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import { inWorkFolder, readEntry, runBuildStep } from '../build-step.js';
import { cacheKey, findEntry, storeEntry } from '../cache.js';
import type { Toolchain } from './toolchain.js';

/**
 * Always -O2, however short the run: measured on a controller of 64 x 64 lines -O0 saves 0.3 s of building, once, and
 * takes five times longer for an event, so that it pays for single runs of less than 3e5 events only; -O1 and -Os take
 * a quarter longer and save as good as nothing.
 * `VL_USER_*`: the addon, not the runtime, decides what `$finish`, `$stop` and `$fatal` do. A model runs on one thread
 * only, and thread-local variables of a shared object cost a call per access (measured: 12 % of all events/s), so
 * they become plain ones.
 */
const COMPILE_FLAGS: readonly string[] = [
  ...['-std=c++17', '-O2', '-fPIC', '-fvisibility=hidden', '-fno-semantic-interposition', '-w', '-Dthread_local='],
  ...['-DVL_USER_FINISH', '-DVL_USER_STOP', '-DVL_USER_FATAL', '-DVM_COVERAGE=0', '-DVM_TRACE=0', '-DVM_SC=0'],
];

const RUNTIME_FILES = ['verilated', 'verilated_threads'] as const;

const HEADER = 'prelude.h';

/** Arguments that compile the unit `input` to the object `output`. */
export function compileStep(toolchain: Toolchain, input: string, output: string, more: readonly string[]): string[] {
  const include = toolchain.includeFolder;
  return [...COMPILE_FLAGS, `-I${include}`, `-I${path.join(include, 'vltstd')}`, ...more, '-c', input, '-o', output];
}

/** Runs a tool; false after reporting its end where that was none that was wanted. */
export function runStep(
  command: string,
  args: readonly string[],
  folder: string,
  diagnostics: DiagnosticBag,
): Promise<boolean> {
  return runBuildStep({ command, args, folder, failure: 'verilator-failed' }, diagnostics);
}

/** The object files of Verilator's runtime; undefined after reporting. */
export async function prepareRuntime(
  toolchain: Toolchain,
  diagnostics: DiagnosticBag,
): Promise<readonly string[] | undefined> {
  const folder = await keep('runtime', toolchain, diagnostics, async (work) => {
    const compiled = await Promise.all(
      RUNTIME_FILES.map((name) => {
        const input = path.join(toolchain.includeFolder, `${name}.cpp`);
        return runStep(toolchain.compiler, compileStep(toolchain, input, `${name}.o`, []), work, diagnostics);
      }),
    );
    return compiled.every(Boolean) && RUNTIME_FILES.map((name) => `${name}.o`);
  });
  return folder === undefined ? undefined : RUNTIME_FILES.map((name) => path.join(folder, `${name}.o`));
}

/**
 * Arguments that put Verilator's headers before a unit without reading them again, which takes longer than most units;
 * none for a compiler other than GCC: others refuse a precompiled header that was moved. Undefined after reporting.
 */
export async function prepareHeaders(
  toolchain: Toolchain,
  diagnostics: DiagnosticBag,
): Promise<readonly string[] | undefined> {
  if (!toolchain.compilerVersion.startsWith('g++')) return [];
  const folder = await keep('headers', toolchain, diagnostics, async (work) => {
    writeFileSync(path.join(work, HEADER), '#include "verilated.h"\n');
    const args = compileStep(toolchain, HEADER, `${HEADER}.gch`, ['-x', 'c++-header']);
    return (await runStep(toolchain.compiler, args, work, diagnostics)) && [HEADER, `${HEADER}.gch`];
  });
  return folder === undefined ? undefined : ['-include', path.join(folder, HEADER)];
}

/** The cache's folder with the files that `make` leaves in its work folder; undefined after it has reported. */
async function keep(
  what: string,
  toolchain: Toolchain,
  diagnostics: DiagnosticBag,
  make: (work: string) => Promise<readonly string[] | false>,
): Promise<string | undefined> {
  const key = cacheKey([what, toolchain, COMPILE_FLAGS]);
  const found = findEntry(key);
  if (found !== undefined) return found;
  return inWorkFolder(diagnostics, async (work) => {
    const names = await make(work);
    if (names === false) return undefined;
    return storeEntry(
      key,
      names.map((name) => readEntry(work, name)),
    );
  });
}
