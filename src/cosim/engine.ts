/**
 * The contract of co-simulation engines: one synchronous model behind a flat block of 32-bit words.
 * Everything that knows a simulator is behind this; everything that knows the controller is in front.
 */
import type { DiagnosticBag } from '../core/diagnostic.js';
import type { CosimJob, CosimOutcome } from './job.js';

export interface ModelPort {
  readonly name: string;
  readonly direction: 'input' | 'output';
  readonly width: number;
}

/** A design to simulate: one clock, one asynchronous active-low reset, all other ports flat vectors. */
export interface ModelSource {
  readonly top: string;
  /** In dependency order; names are plain file names. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly clock: string;
  readonly reset: string;
  /** All ports but the clock. */
  readonly ports: readonly ModelPort[];
  /** Inputs that are cleared after the clock edge that saw them. */
  readonly strobes: readonly string[];
  /** Outputs; `runUntil` stops after a clock that leaves one of them non-zero. */
  readonly watch: readonly string[];
}

/** Where a port lives in the I/O block: `words` 32-bit words from `offset`, least significant first. */
export interface PortSlot {
  readonly offset: number;
  readonly words: number;
  readonly width: number;
}

/** Bits of a word of the I/O block. */
export interface WordMask {
  readonly word: number;
  readonly mask: number;
}

/** A stretch of clocks that needs no decision of the driver. */
export interface ModelStep {
  /** Words of the block and what they become before the first clock. */
  readonly inputs: readonly (readonly [word: number, value: number])[];
  readonly maxClocks: number;
  /** Where there are any: clocks go on one by one until one of these bits is set, and one has to be. */
  readonly until?: readonly WordMask[];
  /** Bits that have to be zero afterwards. */
  readonly mustBeZero?: readonly WordMask[];
}

export interface ModelSession {
  /** Inputs are written here before, outputs read after `step` and `runUntil`. */
  readonly io: Uint32Array;
  readonly slots: ReadonlyMap<string, PortSlot>;
  /** Clocks evaluated so far. */
  readonly evaluatedClocks: number;
  /** One rising clock edge with the inputs as they stand; outputs are settled afterwards. */
  step(): void;
  /** Steps until a watched output is non-zero or `maxClocks` are done; returns the clocks evaluated. */
  runUntil(maxClocks: number): number;
  /**
   * Only where a call costs more than clocks do: does `steps` one after the other, whatever is watched, and returns how
   * many were done as they should be; behind the first that was not, nothing more is done.
   */
  runBatch?(steps: readonly ModelStep[]): number;
  close(): void;
}

/** Called behind a data set with those done and those of all runs. */
export type WatchJob = (done: number, total: number) => void;

/** A model that is built; every run has its own instance and, where the engine can crash, its own process. */
export interface PreparedModel {
  readonly buildSeconds: number;
  /** Names and versions of the tools that made and run the model. */
  readonly version: string;
  /**
   * Executes `job` against a fresh instance; undefined after reporting a crash or hang to `diagnostics`. Engines with a
   * process of their own call `watch` now and then only.
   */
  run(job: CosimJob, diagnostics: DiagnosticBag, watch?: WatchJob): Promise<CosimOutcome | undefined>;
}

export interface Engine {
  readonly name: EngineName;
  /** Builds or finds the model in the cache; undefined after reporting to `diagnostics`. */
  prepare(source: ModelSource, diagnostics: DiagnosticBag): Promise<PreparedModel | undefined>;
}

export const ENGINE_NAMES = ['wasm', 'verilator', 'icarus', 'cocotb'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];
