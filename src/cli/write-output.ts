/** Writes output so that a signal waits for it: nothing half-written, no staging files left. */
import { constants } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { Artifact } from '../core/artifact.js';
import type { DiagnosticBag } from '../core/diagnostic.js';
import {
  fillNewFolder,
  replaceTogether,
  writeArtifacts,
  writeWholeFile,
  type NewFile,
  type WriteFault,
} from '../core/output-folder.js';
import { CLI_CATALOGUE } from './catalogue.js';

/** Puts a build into `folder`; false after reporting why not. */
export function writeFolder(
  folder: string,
  artifacts: readonly Artifact[],
  diagnostics: DiagnosticBag,
): Promise<boolean> {
  return writeUninterrupted(() => writeArtifacts(folder, artifacts), diagnostics);
}

/** Puts `files` into a folder that is new or empty; false after reporting why not. */
export function writeNewFolder(
  folder: string,
  files: readonly NewFile[],
  diagnostics: DiagnosticBag,
): Promise<boolean> {
  return writeUninterrupted(() => fillNewFolder(folder, files), diagnostics);
}

/** Replaces or makes `files` in `folder`, all or none; false after reporting why not. */
export function writeTogether(folder: string, files: readonly NewFile[], diagnostics: DiagnosticBag): Promise<boolean> {
  return writeUninterrupted(() => replaceTogether(folder, files), diagnostics);
}

/** Replaces or makes one file; false after reporting why not. */
export function writeFile(file: string, content: string | Uint8Array, diagnostics: DiagnosticBag): Promise<boolean> {
  return writeUninterrupted(() => writeWholeFile(file, content), diagnostics);
}

/** Replaces or makes files, each whole, one after the other; a signal waits for all. False after reporting why not. */
export function writeFiles(
  files: readonly { readonly path: string; readonly text: string }[],
  diagnostics: DiagnosticBag,
): Promise<boolean> {
  const writeAll = (): WriteFault | undefined => {
    for (const { path, text } of files) {
      const fault = writeWholeFile(path, text);
      if (fault) return fault;
    }
    return undefined;
  };
  return writeUninterrupted(writeAll, diagnostics);
}

/** Signals that wait until something is written. */
export const HELD_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function writeUninterrupted(write: () => WriteFault | undefined, diagnostics: DiagnosticBag): Promise<boolean> {
  const stop = (signal: NodeJS.Signals): never => process.exit(128 + constants.signals[signal]);
  for (const signal of HELD_SIGNALS) process.once(signal, stop);
  try {
    const fault = write();
    // A signal that came meanwhile is seen on the next turn of the event loop
    await setImmediate();
    if (fault) diagnostics.report(CLI_CATALOGUE, 'output-refused', { path: fault.path, text: fault.text });
    return fault === undefined;
  } finally {
    for (const signal of HELD_SIGNALS) process.off(signal, stop);
  }
}
