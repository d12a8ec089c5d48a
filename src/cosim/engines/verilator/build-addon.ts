/** Design text to native addon: Verilator, then one translation unit, then a link against the kept runtime. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import { COSIM_CATALOGUE } from '../../catalogue.js';
import type { ModelSource } from '../../engine.js';
import { cacheKey, codeFingerprint, findEntry, newWorkFolder, storeEntry, type EntryFile } from '../cache.js';
import { onEarlyEnd, runTool, type ToolEnd } from '../child-process.js';
import { addonSource, MODEL_CLASS } from './addon-source.js';
import { findClockMemory } from './clock-memory.js';
import type { Toolchain } from './toolchain.js';

export const ADDON_FILE = 'model.node';

/** Longest time that one build step may take [s]. */
const STEP_SECONDS = 600;

/**
 * `VL_USER_*`: the addon, not the runtime, decides what `$finish`, `$stop` and `$fatal` do. A model runs on one thread
 * only, and thread-local variables of a shared object cost a call per access (measured: 12 % of all events/s), so
 * they become plain ones.
 */
export const COMPILE_FLAGS: readonly string[] = [
  ...['-std=c++17', '-O2', '-fPIC', '-fvisibility=hidden', '-fno-semantic-interposition', '-w', '-Dthread_local='],
  ...['-DVL_USER_FINISH', '-DVL_USER_STOP', '-DVL_USER_FATAL', '-DVM_COVERAGE=0', '-DVM_TRACE=0', '-DVM_SC=0'],
];

const RUNTIME_FILES = ['verilated', 'verilated_threads'] as const;

export const VERILATOR_FLAGS: readonly string[] = [
  ...[
    '--cc',
    '-O3',
    '--x-assign',
    'fast',
    '--x-initial',
    'fast',
    '--no-timing',
    '-Wno-fatal',
    '-Wno-lint',
    '-Wno-style',
  ],
  ...['--prefix', MODEL_CLASS, '--Mdir', 'obj'],
];

/** The folder of the finished addon and of the memory files that it reads; undefined after reporting. */
export async function buildAddon(
  source: ModelSource,
  toolchain: Toolchain,
  diagnostics: DiagnosticBag,
): Promise<string | undefined> {
  const key = cacheKey(['addon', toolchain, codeFingerprint(import.meta.dirname), source]);
  const found = findEntry(key);
  if (found !== undefined) return found;
  const runtime = await prepareRuntime(toolchain, diagnostics);
  if (runtime === undefined) return undefined;
  return inWorkFolder(diagnostics, async (folder) => {
    if (!(await verilate(source, toolchain, folder, diagnostics))) return undefined;
    const model = path.join(folder, 'obj');
    const text = addonSource(source, modelFilesIn(model), findClockMemory(model, source));
    writeFileSync(path.join(folder, 'addon.cpp'), text);
    const steps = [
      compileStep(toolchain, 'addon.cpp', 'addon.o', ['-Iobj', `-I${nodeHeaders()}`]),
      linkStep(['addon.o', ...RUNTIME_FILES.map((name) => path.join(runtime, `${name}.o`))]),
    ];
    for (const args of steps) if (!(await runStep(toolchain.compiler, args, folder, diagnostics))) return undefined;
    const memories = source.files.filter(({ name }) => !/\.s?vh?$/.test(name));
    return storeEntry(key, [
      readEntry(folder, ADDON_FILE),
      ...memories.map(({ name, text }) => ({ name, bytes: new TextEncoder().encode(text) })),
    ]);
  });
}

/** Folder of `node_api.h`: from npm, so that no installation of Node's own headers is needed. */
export function nodeHeaders(): string {
  return path.join(path.dirname(createRequire(import.meta.url).resolve('node-api-headers')), 'include');
}

/** C++ files of the model, in a fixed order: their names differ from design to design. */
export function modelFilesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.cpp'))
    .sort();
}

/** Writes the design into the folder and turns it into C++ in `obj`. */
export async function verilate(
  source: ModelSource,
  toolchain: Toolchain,
  folder: string,
  diagnostics: DiagnosticBag,
): Promise<boolean> {
  for (const { name, text } of source.files) writeFileSync(path.join(folder, name), text);
  const designFiles = source.files.map(({ name }) => name).filter((name) => /\.s?v$/.test(name));
  return runStep(
    toolchain.verilator,
    [...VERILATOR_FLAGS, '--top-module', source.top, ...designFiles],
    folder,
    diagnostics,
  );
}

export function compileStep(toolchain: Toolchain, input: string, output: string, more: readonly string[]): string[] {
  const include = toolchain.includeFolder;
  return [...COMPILE_FLAGS, `-I${include}`, `-I${path.join(include, 'vltstd')}`, ...more, '-c', input, '-o', output];
}

function linkStep(objects: readonly string[]): string[] {
  const isMac = process.platform === 'darwin';
  const flags = isMac ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared', '-Wl,-Bsymbolic'];
  return [...flags, ...objects, '-o', ADDON_FILE, '-lpthread'];
}

/** The folder with Verilator's runtime, compiled once per toolchain. */
export async function prepareRuntime(toolchain: Toolchain, diagnostics: DiagnosticBag): Promise<string | undefined> {
  const key = cacheKey(['runtime', toolchain, COMPILE_FLAGS]);
  const found = findEntry(key);
  if (found !== undefined) return found;
  return inWorkFolder(diagnostics, async (folder) => {
    for (const name of RUNTIME_FILES) {
      const input = path.join(toolchain.includeFolder, `${name}.cpp`);
      const args = compileStep(toolchain, input, `${name}.o`, []);
      if (!(await runStep(toolchain.compiler, args, folder, diagnostics))) return undefined;
    }
    return storeEntry(
      key,
      RUNTIME_FILES.map((name) => readEntry(folder, `${name}.o`)),
    );
  });
}

function readEntry(folder: string, name: string): EntryFile {
  return { name, bytes: readFileSync(path.join(folder, name)) };
}

/** Calls `work` with a fresh folder that is gone afterwards. */
async function inWorkFolder(
  diagnostics: DiagnosticBag,
  work: (folder: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  let folder: string | undefined;
  const sweep = (): void => {
    // A compiler that was ended just now may still put a last file there
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
  };
  const release = onEarlyEnd(sweep);
  try {
    folder = newWorkFolder();
    return await work(folder);
  } catch (fault) {
    if (!isFileSystemFault(fault)) throw fault;
    diagnostics.report(COSIM_CATALOGUE, 'cache-unusable', { reason: fault.message });
    return undefined;
  } finally {
    release();
    sweep();
  }
}

function isFileSystemFault(fault: unknown): fault is Error {
  return fault instanceof Error && 'code' in fault && 'syscall' in fault;
}

export async function runStep(
  command: string,
  args: readonly string[],
  folder: string,
  diagnostics: DiagnosticBag,
): Promise<boolean> {
  const end = await runTool(command, args, { folder, limitSeconds: STEP_SECONDS });
  if (end.kind === 'exited' && end.status === 0) return true;
  diagnostics.report(COSIM_CATALOGUE, 'verilator-failed', { step: path.basename(command), text: wordsOf(end) });
  return false;
}

/** The line of the tool's output that says most. */
function wordsOf(end: ToolEnd): string {
  switch (end.kind) {
    case 'missing':
      return end.reason;
    case 'timeout':
      return `no end after ${String(STEP_SECONDS)} s`;
    case 'killed':
      return `ended by ${end.signal}`;
    case 'exited': {
      const lines = end.output.split('\n');
      return (lines.find((line) => /error/i.test(line)) ?? lines[0] ?? '').trim() || `status ${String(end.status)}`;
    }
  }
}
