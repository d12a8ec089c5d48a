/**
 * Experiments on networks in a worker of a browser, or of anything that has messages: without Node, files come as bytes.
 * Copied into every harness that has some.
 */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { StudyResult } from '../../ir/study-result.js';
import { encodeCheckpoint } from '../../networks/run/checkpoint-file.js';
import { PointRuns, type PointProgress } from '../../networks/run/run-points.js';
import type { CreateStudyRun } from '../../networks/run/study-run.js';
import { faultText } from './network-text.js';
import { filesOfPoints, pointsWithSamples } from './network-samples.js';

/** What the worker is told. */
export type WorkerRequest =
  | {
      readonly kind: 'run';
      /** Content of every file that the answer to `files` names, packed with gzip or not. */
      readonly files: Readonly<Record<string, Uint8Array>>;
      /** Bytes of an earlier answer `checkpoint`, to go on from. */
      readonly checkpoint?: Uint8Array;
    }
  /** Asks for the names of the files that are needed. */
  | { readonly kind: 'files' }
  /** Asks for the state of the run at its next step. */
  | { readonly kind: 'checkpoint' };

/** What it says. */
export type WorkerAnswer =
  | { readonly kind: 'files'; readonly files: readonly string[] }
  | { readonly kind: 'progress'; readonly progress: PointProgress }
  | { readonly kind: 'checkpoint'; readonly bytes: Uint8Array }
  | { readonly kind: 'results'; readonly results: readonly StudyResult[] }
  | { readonly kind: 'fault'; readonly reasons: readonly string[] };

/** The part of a worker's global scope that is used. */
export interface WorkerScope {
  postMessage(message: WorkerAnswer): void;
  addEventListener(type: 'message', listener: (event: { readonly data: WorkerRequest }) => void): void;
}

/** Answers requests of `scope` about `points` from now on. */
export function serveNetworks(points: readonly MappedNetwork[], create: CreateStudyRun, scope: WorkerScope): void {
  let isAsked = false;
  scope.addEventListener('message', ({ data }) => {
    if (data.kind === 'files') scope.postMessage({ kind: 'files', files: filesOfPoints(points) });
    else if (data.kind === 'checkpoint') isAsked = true;
    else void answer(data);
  });
  const answer = async (request: WorkerRequest & { readonly kind: 'run' }): Promise<void> => {
    try {
      const runs = await prepare(points, create, request);
      if (!(runs instanceof PointRuns)) return scope.postMessage({ kind: 'fault', reasons: runs });
      for (let progress = runs.step(); progress; progress = runs.step()) {
        scope.postMessage({ kind: 'progress', progress });
        // Requests are seen between two turns of the event loop
        await nextTurn();
        if (isAsked) scope.postMessage({ kind: 'checkpoint', bytes: encodeCheckpoint(runs.checkpoint()) });
        isAsked = false;
      }
      scope.postMessage({ kind: 'results', results: runs.results });
    } catch (error) {
      scope.postMessage({ kind: 'fault', reasons: [faultText(error)] });
    }
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

async function prepare(
  points: readonly MappedNetwork[],
  create: CreateStudyRun,
  { files, checkpoint }: WorkerRequest & { readonly kind: 'run' },
): Promise<PointRuns | readonly string[]> {
  const unpacked = new Map<string, Uint8Array>();
  for (const [name, bytes] of Object.entries(files)) unpacked.set(name, await unpackGzip(bytes));
  const missing = filesOfPoints(points).filter((name) => !unpacked.has(name));
  if (missing.length > 0) return missing.map((name) => `${name}: the file is missing`);
  const loaded = pointsWithSamples(points, unpacked);
  const faults = loaded.filter((each) => typeof each === 'string');
  if (faults.length > 0) return faults;
  const runs = new PointRuns(
    loaded.filter((each) => typeof each !== 'string'),
    create,
  );
  if (!checkpoint) return runs;
  const fault = runs.resume(checkpoint);
  return fault ? [`the checkpoint cannot be taken: ${fault.reason}`] : runs;
}

async function unpackGzip(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream('gzip'));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    parts.push(Uint8Array.from(value));
  }
}
