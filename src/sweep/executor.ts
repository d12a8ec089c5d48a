/** What runs the points of a sweep: workers on this machine, or jobs of Slurm. */

/** The points to run, and where. */
export interface SweepWork {
  /** Folder of the sweep. */
  readonly folder: string;
  /** Digest of its plan. */
  readonly plan: string;
  /** Source file. */
  readonly source: string;
  /** Identifiers of the points without a result, in their order. */
  readonly points: readonly string[];
}

/** What is told while points run. */
export interface SweepWatch {
  /** So many results are there more. */
  finished(count: number): void;
  /** A point ended without a result, twice. */
  failed(point: string, reason: string): void;
  /** Something that people may want to know. */
  note(text: string): void;
}

/** Why no more points can run: `refused` by a file system, `missing` or `unable` tools, another plan in the folder. */
export interface ExecutorFault {
  readonly kind: 'output-refused' | 'sources-changed' | 'slurm-missing' | 'slurm-failed' | 'worker-failed';
  readonly text: string;
}

export interface Executor {
  /** Runs all points; undefined when each has a result or has failed twice. */
  run(): Promise<ExecutorFault | undefined>;
  /** Ends everything that runs, and `run` with it. */
  stop(): Promise<void>;
}

/** What a worker answers: it is ready for a point, has filed one, or cannot. */
export type WorkerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'filed'; readonly point: string }
  /** The point cannot be run here, or our code failed. */
  | { readonly kind: 'failed'; readonly point: string; readonly text: string }
  /** No point can be run. */
  | { readonly kind: 'stuck'; readonly fault: ExecutorFault };

/** What a worker is told: first which sweep it works for, then one point after the other. */
export type WorkerRequest =
  | { readonly kind: 'open'; readonly folder: string; readonly plan: string; readonly source: string }
  | { readonly kind: 'run'; readonly point: string };
