/**
 * HDF5 files, read and written in a thread of its own that is ended where it takes too long or where the library has
 * failed: whatever a file holds, the answer is a tree or a fault.
 */
import { Worker } from 'node:worker_threads';
import { dataFault, type DataFault } from './data-fault.js';
import type { ThreadAnswer, ThreadRequest } from './hdf5-thread.js';
import type { Hdf5Group, Hdf5Limits } from './hdf5-tree.js';

/** Longest time of a request that states none [s]. */
const LIMIT_SECONDS = 10;

/** The first bytes of every HDF5 file. */
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** The tree of a file, or why there is none. */
export async function readHdf5(bytes: Uint8Array, limits: Hdf5Limits): Promise<Hdf5Group | DataFault> {
  if (SIGNATURE.some((byte, index) => bytes[index] !== byte)) return dataFault('it does not begin as HDF5 files do');
  const answer = await ask({ kind: 'read', bytes, limits }, limits.seconds);
  return answer.kind === 'read' ? answer.root : dataFault(answer.kind === 'fault' ? answer.reason : '');
}

/** The bytes of a file that holds `root`, or why there are none. */
export async function writeHdf5(root: Hdf5Group): Promise<Uint8Array | DataFault> {
  const answer = await ask({ kind: 'write', root });
  return answer.kind === 'written' ? answer.bytes : dataFault(answer.kind === 'fault' ? answer.reason : '');
}

/** Starts the thread, so that it is there when the first file is; what it takes to start runs beside other work. */
export function prepareHdf5(): void {
  idle ??= startThread();
  idle.unref();
}

/** A thread that waits for work; starting one takes longer than reading a file. */
let idle: Worker | undefined;

/** Compiled JavaScript of the thread, also where this code runs from its TypeScript sources. */
function threadUrl(): URL {
  const url = new URL('./hdf5-thread.js', import.meta.url);
  url.pathname = url.pathname.replace(/\/src\/(?!.*\/src\/)/, '/dist/');
  return url;
}

function ask(request: ThreadRequest, seconds = LIMIT_SECONDS): Promise<ThreadAnswer> {
  const worker = idle ?? startThread();
  idle = undefined;
  // Nothing but a request keeps the process from ending
  worker.ref();
  return new Promise((resolve) => {
    const end = (answer: ThreadAnswer): void => {
      clearTimeout(timer);
      worker.off('message', end).off('error', fail).off('exit', leave);
      worker.unref();
      if (answer.kind === 'fault' && answer.isBroken) void worker.terminate();
      else idle = worker;
      resolve(answer);
    };
    const fail = ({ message }: Error): void => {
      end({ kind: 'fault', reason: message, isBroken: true });
    };
    const leave = (): void => {
      fail(new Error('the HDF5 library has ended'));
    };
    const timer = setTimeout(() => {
      fail(new Error(`it is not read to its end within ${seconds} s`));
    }, 1000 * seconds);
    worker.on('message', end).on('error', fail).on('exit', leave);
    worker.postMessage(request);
  });
}

function startThread(): Worker {
  const worker = new Worker(threadUrl(), { stdout: true, stderr: true });
  // One that fails while nobody waits for it is not asked again
  const forget = (): void => {
    if (idle === worker) idle = undefined;
  };
  return worker.on('error', forget).on('exit', forget);
}
