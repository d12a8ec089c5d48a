/** Design text to native addon: Verilator, two translation units at once, then a link against the kept runtime. */
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import type { ModelSource } from '../../engine.js';
import { designFilesOf, inWorkFolder, memoryFilesOf, readEntry, writeDesign } from '../build-step.js';
import { cacheKey, codeFingerprint, findEntry, storeEntry } from '../cache.js';
import { addonSource, includeLines, MODEL_CLASS } from './addon-source.js';
import { findClockMemory } from './clock-memory.js';
import { compileStep, prepareHeaders, prepareRuntime, runStep } from './kept-parts.js';
import type { Toolchain } from './toolchain.js';

export const ADDON_FILE = 'model.node';

const VERILATOR_FLAGS: readonly string[] = [
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
  return inWorkFolder(diagnostics, async (folder) => {
    // The runtime is only linked: where it is not there yet, it takes longer than everything beside it
    const [runtime, objects] = await Promise.all([
      prepareRuntime(toolchain, diagnostics),
      compileModel(source, toolchain, folder, diagnostics),
    ]);
    if (runtime === undefined || objects === undefined) return undefined;
    if (!(await runStep(toolchain.compiler, linkStep([...objects, ...runtime]), folder, diagnostics))) return undefined;
    return storeEntry(key, [readEntry(folder, ADDON_FILE), ...memoryFilesOf(source)]);
  });
}

/** The addon's object files in the folder; undefined after reporting. */
async function compileModel(
  source: ModelSource,
  toolchain: Toolchain,
  folder: string,
  diagnostics: DiagnosticBag,
): Promise<readonly string[] | undefined> {
  const [headers, isVerilated] = await Promise.all([
    prepareHeaders(toolchain, diagnostics),
    verilate(source, toolchain, folder, diagnostics),
  ]);
  if (headers === undefined || !isVerilated) return undefined;
  const model = path.join(folder, 'obj');
  const { clocked, starting } = modelFilesIn(model);
  writeFileSync(path.join(folder, 'addon.cpp'), addonSource(source, clocked, findClockMemory(model, source)));
  writeFileSync(path.join(folder, 'start.cpp'), includeLines(starting));
  const compiled = await Promise.all(
    ['addon', 'start'].map((unit) => {
      const more = [...headers, '-Iobj', `-I${nodeHeaders()}`];
      const args = compileStep(toolchain, `${unit}.cpp`, `${unit}.o`, more);
      return runStep(toolchain.compiler, args, folder, diagnostics);
    }),
  );
  return compiled.every(Boolean) ? ['addon.o', 'start.o'] : undefined;
}

/** Folder of `node_api.h`: from npm, so that no installation of Node's own headers is needed. */
export function nodeHeaders(): string {
  return path.join(path.dirname(createRequire(import.meta.url).resolve('node-api-headers')), 'include');
}

/** C++ files of a model. */
export interface ModelFiles {
  /** What clocks run: one unit with their loop, so that calls between them cost nothing. */
  readonly clocked: readonly string[];
  /** What only the start runs, about a third of the text. */
  readonly starting: readonly string[];
}

/** In a fixed order: their names differ from design to design. */
export function modelFilesIn(folder: string): ModelFiles {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.cpp'))
    .sort();
  const isStarting = (name: string): boolean => /__(Slow|Syms)\.cpp$/.test(name);
  return { clocked: names.filter((name) => !isStarting(name)), starting: names.filter(isStarting) };
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

function linkStep(objects: readonly string[]): string[] {
  const isMac = process.platform === 'darwin';
  const flags = isMac ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared', '-Wl,-Bsymbolic'];
  return [...flags, ...objects, '-o', ADDON_FILE, '-lpthread'];
}
