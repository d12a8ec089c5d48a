/** Steps of building a model with tools of others: a private folder, tools with a time limit, files for the cache. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { COSIM_CATALOGUE } from '../catalogue.js';
import type { ModelSource } from '../engine.js';
import { newWorkFolder, type EntryFile } from './cache.js';
import { onEarlyEnd, runTool, type ToolEnd } from './child-process.js';

/** Longest time that one build step may take [s]. */
const STEP_SECONDS = 600;

/** Writes all files of a design into a folder. */
export function writeDesign(source: ModelSource, folder: string): void {
  for (const { name, text } of source.files) writeFileSync(path.join(folder, name), text);
}

/** Names of the files that tools are told to read, in their order. */
export function designFilesOf(source: ModelSource): readonly string[] {
  return source.files.map(({ name }) => name).filter((name) => /\.s?v$/.test(name));
}

/** Contents of memories, which a model reads from its working folder when it starts. */
export function memoryFilesOf(source: ModelSource): readonly EntryFile[] {
  return source.files
    .filter(({ name }) => !/\.s?vh?$/.test(name))
    .map(({ name, text }) => ({ name, bytes: new TextEncoder().encode(text) }));
}

/** A file of a work folder for the cache. */
export function readEntry(folder: string, name: string): EntryFile {
  return { name, bytes: readFileSync(path.join(folder, name)) };
}

/** Calls `work` with a fresh folder that is gone afterwards. */
export async function inWorkFolder(
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

/** One call of a tool that builds a model. */
export interface BuildStep {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** The diagnostic for another end than exit status 0. */
  readonly failure: 'verilator-failed' | 'simulator-failed';
}

/** Runs a tool to its end; false after reporting that it failed. */
export async function runBuildStep(
  { command, args, folder, failure }: BuildStep,
  diagnostics: DiagnosticBag,
): Promise<boolean> {
  const end = await runTool(command, args, { folder, limitSeconds: STEP_SECONDS });
  if (end.kind === 'exited' && end.status === 0) return true;
  diagnostics.report(COSIM_CATALOGUE, failure, { step: path.basename(command), text: wordsOf(end) });
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
    case 'flooded':
      return 'ended, because it printed without end';
    case 'exited': {
      const lines = end.output.split('\n');
      return (lines.find((line) => /error/i.test(line)) ?? lines[0] ?? '').trim() || `status ${String(end.status)}`;
    }
  }
}
