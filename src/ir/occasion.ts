/**
 * Why a host asked for what a pulse program does, for those who ask why a weight moved: which rules the cells learn by, and
 * how far the experiment was. Nothing is decided by it.
 */
import type { Span } from '../core/span.js';

/** The rules that a program carries out. */
export interface ProgramLearning {
  readonly rules: readonly { readonly name: string; readonly origin: Span }[];
  /** By cell (rows x columns) the index of its rule, null where there is none; absent where all learn by all of them. */
  readonly ofCells?: readonly (number | null)[];
}

/** Where an experiment was when the host decided on the pulses of a data set, or on its reads where it has no pulses. */
export interface Occasion {
  /** `training on digits`, `testing on digits.test`. */
  readonly activity: string;
  /** Counted from 1. */
  readonly epoch?: number;
  readonly batch?: number;
  /** Which samples were shown, by their indices in the data, in that order. */
  readonly samples?: { readonly data: string; readonly indices: readonly number[] };
  /** Step of a sequence, counted from 1. */
  readonly step?: number;
  /** Spikes of which the host has made pulses, each line by itself, from the beginning of the run [s]. */
  readonly spikes?: readonly LineMoment[];
}

/** A line spikes at a moment [s]. */
export interface LineMoment {
  readonly side: 'row' | 'column';
  readonly line: number;
  readonly seconds: number;
}
