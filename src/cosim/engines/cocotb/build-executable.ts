/** Design text to a program of Verilator with cocotb in it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import type { ModelSource } from '../../engine.js';
import { designFilesOf, inWorkFolder, memoryFilesOf, readEntry, runBuildStep, writeDesign } from '../build-step.js';
import { cacheKey, findEntry, storeEntry } from '../cache.js';
import { BENCH_NAME, benchText } from '../remote/bench-text.js';
import type { Toolchain } from '../verilator/toolchain.js';
import type { CocotbTools } from './toolchain.js';

/** The program in its folder. */
export const EXECUTABLE_FILE = 'model';

const FLAGS: readonly string[] = [
  ...['--cc', '--exe', '--build', '--timing', '--vpi', '--public-flat-rw', '--prefix', 'Vtop', '--Mdir', 'obj'],
  // The clocks of the bench are coroutines of C++
  ...['-CFLAGS', '-std=c++20'],
  ...['--x-assign', 'fast', '--x-initial', 'fast', '-Wno-fatal', '-Wno-lint', '-Wno-style'],
];

/** Folder with the program and its memory files; undefined after reporting. */
export async function buildExecutable(
  source: ModelSource,
  { version, verilatorMain, libraryFolder }: CocotbTools,
  { verilator, verilatorVersion, compilerVersion, compiler }: Toolchain,
  diagnostics: DiagnosticBag,
): Promise<string | undefined> {
  const bench = benchText(source);
  const key = cacheKey(['cocotb', version, libraryFolder, verilatorVersion, compilerVersion, FLAGS, bench, source]);
  const found = findEntry(key);
  if (found !== undefined) return found;
  return inWorkFolder(diagnostics, async (folder) => {
    writeDesign(source, folder);
    const benchFile = `${BENCH_NAME}.sv`;
    writeFileSync(path.join(folder, benchFile), bench);
    const link = `-Wl,-rpath,${libraryFolder} -L${libraryFolder} -lcocotbvpi_verilator`;
    const args = [...FLAGS, '--top-module', BENCH_NAME, '-LDFLAGS', link, '-MAKEFLAGS', `CXX=${compiler}`];
    const command = [...args, '-o', EXECUTABLE_FILE, verilatorMain, ...designFilesOf(source), benchFile];
    const step = { command: verilator, args: command, folder, failure: 'simulator-failed' } as const;
    if (!(await runBuildStep(step, diagnostics))) return undefined;
    const program = readEntry(path.join(folder, 'obj'), EXECUTABLE_FILE);
    return storeEntry(key, [{ ...program, isProgram: true }, ...memoryFilesOf(source)]);
  });
}
