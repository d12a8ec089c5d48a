/** Design text to a program for `vvp`, and our C to the module that drives it; both kept in the cache. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import { COSIM_CATALOGUE } from '../../catalogue.js';
import type { ModelSource } from '../../engine.js';
import { designFilesOf, inWorkFolder, memoryFilesOf, readEntry, runBuildStep, writeDesign } from '../build-step.js';
import { cacheKey, findEntry, storeEntry } from '../cache.js';
import { runTool } from '../child-process.js';
import { BENCH_NAME, benchText } from '../remote/bench-text.js';
import { withOwnTriggers } from './own-triggers.js';
import type { IcarusTools, VpiTools } from './toolchain.js';
import { withZeroedMemories } from './zeroed-memories.js';

/** The program of a model in its folder. */
export const PROGRAM_FILE = 'model.vvp';

/** Name of the module that drives models, without its extension. */
export const VPI_MODULE = 'ionloom_vpi';

const VPI_FILE = `${VPI_MODULE}.vpi`;
const VPI_SOURCE = fileURLToPath(new URL('../../../../hw/cosim/ionloom_vpi.c', import.meta.url));

const COMPILE_SECONDS = 120;

/** Folder with the program of the design in its bench, and its memory files; undefined after reporting. */
export async function buildProgram(
  source: ModelSource,
  { iverilog, version }: IcarusTools,
  diagnostics: DiagnosticBag,
): Promise<string | undefined> {
  const bench = benchText(source);
  const design = withOwnTriggers(withZeroedMemories(source), version);
  const key = cacheKey(['icarus', version, bench, design]);
  const found = findEntry(key);
  if (found !== undefined) return found;
  return inWorkFolder(diagnostics, async (folder) => {
    writeDesign(design, folder);
    const benchFile = `${BENCH_NAME}.sv`;
    writeFileSync(path.join(folder, benchFile), bench);
    const args = ['-g2012', '-s', BENCH_NAME, '-o', PROGRAM_FILE, ...designFilesOf(source), benchFile];
    const step = { command: iverilog, args, folder, failure: 'simulator-failed' } as const;
    if (!(await runBuildStep(step, diagnostics))) return undefined;
    return storeEntry(key, [readEntry(folder, PROGRAM_FILE), ...memoryFilesOf(source)]);
  });
}

/** Folder with the compiled module; undefined after reporting. */
export async function buildVpiModule(
  { version }: IcarusTools,
  { compiler, compilerVersion, includes }: VpiTools,
  diagnostics: DiagnosticBag,
): Promise<string | undefined> {
  const text = readFileSync(VPI_SOURCE, 'utf8');
  const key = cacheKey(['vpi', version, compiler, compilerVersion, includes, text]);
  const found = findEntry(key);
  if (found !== undefined) return found;
  return inWorkFolder(diagnostics, async (folder) => {
    writeFileSync(path.join(folder, `${VPI_MODULE}.c`), text);
    const link = process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];
    const args = ['-std=c99', '-D_POSIX_C_SOURCE=200809L', '-O2', '-fPIC', ...link, ...includes];
    const end = await runTool(compiler, [...args, `${VPI_MODULE}.c`, '-o', VPI_FILE], {
      folder,
      limitSeconds: COMPILE_SECONDS,
    });
    if (end.kind === 'exited' && end.status === 0) return storeEntry(key, [readEntry(folder, VPI_FILE)]);
    const output = end.kind === 'missing' ? end.reason : end.output;
    const what = output.split('\n').find((line) => /error/i.test(line)) ?? `\`${compiler}\` failed`;
    diagnostics.report(COSIM_CATALOGUE, 'vpi-missing', { what });
    return undefined;
  });
}
