/** The thread in which the HDF5 library runs: one request at a time, each with one answer. */
import { parentPort } from 'node:worker_threads';
import { Hdf5Error, libraryReason, readHdf5Bytes, writeHdf5Bytes } from './hdf5-library.js';
import type { Hdf5Group, Hdf5Limits } from './hdf5-tree.js';

export type ThreadRequest =
  | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly limits: Hdf5Limits }
  | { readonly kind: 'write'; readonly root: Hdf5Group };

export type ThreadAnswer =
  | { readonly kind: 'read'; readonly root: Hdf5Group }
  | { readonly kind: 'written'; readonly bytes: Uint8Array }
  /** `isBroken` where the library must not be used again. */
  | { readonly kind: 'fault'; readonly reason: string; readonly isBroken: boolean };

// Files carry the time at which they are written; ours do not, so that the same graph makes the same bytes
Date.now = () => 0;

parentPort?.on('message', (request: ThreadRequest) => {
  void answer(request).then((message) => {
    parentPort?.postMessage(message);
  });
});

async function answer(request: ThreadRequest): Promise<ThreadAnswer> {
  try {
    if (request.kind === 'write') return { kind: 'written', bytes: await writeHdf5Bytes(request.root) };
    return { kind: 'read', root: await readHdf5Bytes(request.bytes, request.limits) };
  } catch (error) {
    return { kind: 'fault', reason: reasonOf(error), isBroken: !(error instanceof Hdf5Error) };
  }
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof Hdf5Error) return text;
  return `the HDF5 library gave up: ${error instanceof Error ? libraryReason(error) : text}`;
}
