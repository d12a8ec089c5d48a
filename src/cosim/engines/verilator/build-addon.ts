/** Design text to native addon: Verilator, then one translation unit, then a link against the kept runtime. */
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import type { ModelSource } from '../../engine.js';
import { designFilesOf, inWorkFolder, memoryFilesOf, readEntry, runBuildStep, writeDesign } from '../build-step.js';
import { cacheKey, codeFingerprint, findEntry, storeEntry } from '../cache.js';
import { addonSource, MODEL_CLASS } from './addon-source.js';
import { findClockMemory } from './clock-memory.js';
import type { Toolchain } from './toolchain.js';

export const ADDON_FILE = 'model.node';

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
    return storeEntry(key, [readEntry(folder, ADDON_FILE), ...memoryFilesOf(source)]);
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
  writeDesign(source, folder);
  return runStep(
    toolchain.verilator,
    [...VERILATOR_FLAGS, '--top-module', source.top, ...designFilesOf(source)],
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
    const compiled = await Promise.all(
      RUNTIME_FILES.map((name) => {
        const input = path.join(toolchain.includeFolder, `${name}.cpp`);
        return runStep(toolchain.compiler, compileStep(toolchain, input, `${name}.o`, []), folder, diagnostics);
      }),
    );
    if (!compiled.every(Boolean)) return undefined;
    return storeEntry(
      key,
      RUNTIME_FILES.map((name) => readEntry(folder, `${name}.o`)),
    );
  });
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
