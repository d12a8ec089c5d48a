/** The page's side of the run worker: one thing at a time, which ends with an answer, a cancel or the time limit. */
import { MAX_RUN_MS } from './limits.js';
import type { RunAnswer, RunRequest } from './protocol.js';

/** Why there is no answer. */
export class RunStopped extends Error {
  override readonly name = 'RunStopped';
  /** Whether the user wanted it to end. */
  readonly isWanted: boolean;

  constructor(reason: string, { isWanted = false } = {}) {
    super(reason);
    this.isWanted = isWanted;
  }
}

/** Runs and builds. */
export class RunClient {
  #worker: Worker | undefined;
  #stop: ((stopped: RunStopped) => void) | undefined;
  readonly #onProgress: (text: string) => void;

  /** @param onProgress  gets a line now and then */
  constructor(onProgress: (text: string) => void) {
    this.#onProgress = onProgress;
  }

  get isBusy(): boolean {
    return this.#stop !== undefined;
  }

  /** What `request` comes to; rejected with {@link RunStopped} where it does not end by itself. */
  async run(request: RunRequest): Promise<RunAnswer> {
    if (this.isBusy) throw new RunStopped('something is running');
    const worker = (this.#worker ??= startWorker());
    let timer = 0;
    try {
      return await new Promise<RunAnswer>((resolve, reject) => {
        this.#stop = (stopped) => {
          worker.terminate();
          this.#worker = undefined;
          reject(stopped);
        };
        timer = window.setTimeout(() => {
          this.#stop?.(new RunStopped(`stopped after ${String(MAX_RUN_MS / 60_000)} minutes, the limit here`));
        }, MAX_RUN_MS);
        worker.onmessage = ({ data }: MessageEvent<RunAnswer>) => {
          if (data.kind === 'progress') this.#onProgress(data.text);
          else resolve(data);
        };
        worker.onerror = ({ message }) => {
          const cause = message || 'no memory left, or a part of the page did not load';
          this.#stop?.(new RunStopped(`the worker ended: ${cause}`));
        };
        worker.postMessage(request);
      });
    } finally {
      clearTimeout(timer);
      this.#stop = undefined;
    }
  }

  /** Ends what runs, at once. */
  cancel(): void {
    this.#stop?.(new RunStopped('cancelled', { isWanted: true }));
  }
}

function startWorker(): Worker {
  return new Worker(new URL('./workers/run.worker.ts', import.meta.url), { type: 'module', name: 'run' });
}
