/**
 * Phase `network`: what the source says after names are resolved, dimensions checked and files read.
 * All numbers are SI base units.
 */
import type { Span } from '../core/span.js';
import type { DeviceModel } from '../devices/device-model.js';
import type { Chip } from './chip.js';
import type { Network } from './graph.js';
import type { LearningRule } from './rule.js';
import type { DataSet, GameData, Study } from './study.js';

export interface NetworkModule {
  readonly phase: 'network';
  /** File name as the user gave it. */
  readonly source: string;
  readonly devices: readonly DeviceModel[];
  readonly chips: readonly Chip[];
  readonly programs: readonly WriteProgram[];
  /** Experiments that write a program into an array. */
  readonly experiments: readonly Experiment[];
  readonly rules: readonly LearningRule[];
  /** Networks, and the modules that they use. */
  readonly networks: readonly Network[];
  readonly data: readonly DataSet[];
  /** Absent where there are none. */
  readonly games?: readonly GameData[];
  /** Experiments on networks. */
  readonly studies: readonly Study[];
}

/** `serial`: one cell at a time; `rows`: all cells of a row that move the same way together. */
export type WriteOrder = 'serial' | 'rows';

/** An open-loop writing job: a sequence of images, each written over the one before. */
export interface WriteProgram {
  readonly name: string;
  readonly origin: Span;
  readonly device: string;
  readonly window: { readonly name: string; readonly low: number; readonly high: number; readonly origin: Span };
  readonly images: readonly ImageTarget[];
  readonly write: { readonly order: WriteOrder; readonly origin: Span };
  /** Present where the array is read after each image. */
  readonly readBack?: { readonly origin: Span };
  /** Largest disturb that may remain in any cell, as a fraction of the window. */
  readonly disturbBudget: { readonly fraction: number; readonly origin: Span };
}

/** Conductances to reach (rows x columns, row-major) [S]. */
export interface ImageTarget {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly siemens: readonly number[];
  readonly origin: Span;
}

export interface Experiment {
  readonly name: string;
  readonly origin: Span;
  /** The program with the images that this experiment writes. */
  readonly program: WriteProgram;
  readonly chip: string;
  readonly firstSeed: number;
  readonly seedCount: number;
  /** Names of spreads that are switched off (drawn at their mean). */
  readonly without: readonly string[];
  /** Present where each device's gain is measured with this many pulses before writing. */
  readonly calibration?: { readonly spread: string; readonly pulses: number; readonly origin: Span };
  readonly expectations: readonly Expectation[];
}

/** What an experiment measures; fractions are of the window. */
export const METRICS = {
  rmsError: { unit: '1', summary: 'RMS over cells of (conductance - target) / window, worst image' },
  maxError: { unit: '1', summary: 'largest |conductance - target| / window of any cell and image' },
  disturb: { unit: '1', summary: 'largest predicted half-select disturb left in a cell / window' },
  pulses: { unit: '1', summary: 'write pulses over all images' },
  changed: { unit: '1', summary: 'cells whose target differs from the one before, over all images' },
  readError: { unit: '1', summary: 'RMS over cells of (read-back conductance - target) / window, worst image' },
  productError: {
    unit: '1',
    summary:
      'RMS of products of the last image with 1,000 vectors, as read / full scale; 0 where nothing is expected of it',
  },
  writeTime: { unit: 's', summary: 'time from the first to the last write pulse, over all images' },
  lineLoss: {
    unit: '1',
    summary: 'largest part of the write voltage that wires and drivers take from a selected cell',
  },
  deviceEnergy: { unit: 'J', summary: 'energy in selected and half-selected cells' },
  selectedEnergy: { unit: 'J', summary: 'energy in the cells that pulses are meant for' },
  halfSelectedEnergy: { unit: 'J', summary: 'energy in all other cells while pulses are applied' },
  halfSelectedShare: { unit: '1', summary: 'part of the energy of cells that those take that are not meant' },
} as const;

export type MetricName = keyof typeof METRICS;

export type ExpectationOperand =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'metric'; readonly name: MetricName }
  | { readonly kind: 'mean'; readonly name: MetricName };

/** A comparison that must hold for every seed (`mean(…)` averages over the seeds first). */
export interface Expectation {
  readonly text: string;
  readonly origin: Span;
  readonly left: ExpectationOperand;
  readonly operator: '<' | '<=' | '>' | '>=' | '==' | '!=';
  readonly right: ExpectationOperand;
}
