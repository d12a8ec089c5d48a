/**
 * Phase `mapped` of an experiment on a network: one point of its sweeps, modules and loops unrolled, parameters of rules
 * set, every projection on a device placed on tiles. Connectivity and weights stay rules; all numbers are SI.
 */
import type { Span } from '../core/span.js';
import type { DeviceModel } from '../devices/device-model.js';
import type { Expression } from '../devices/expression.js';
import type { Chip } from './chip.js';
import type { Connectivity, Modulation, NeuronModel, WeightEncoding, WeightSource } from './graph.js';
import type { LearningRule, NamedNumber } from './rule.js';
import type { DataSet, GameData, Study } from './study.js';

export interface MappedNetwork {
  readonly phase: 'mapped';
  /** File name as the user gave it. */
  readonly source: string;
  /**
   * The experiment; what its sweeps vary is set in everything below. Endpoints of its schedule are one step long: the
   * name of a population below, and a range of numbers for a part of it.
   */
  readonly study: Study;
  /** Values of the swept parameters at this point; empty without sweeps. */
  readonly point: readonly NamedNumber[];
  readonly chip: Chip;
  /** In the order of their declaration; those of modules behind the name of their instance (`stage[2].cells`). */
  readonly populations: readonly MappedPopulation[];
  readonly projections: readonly MappedProjection[];
  /** Data sets that the schedule uses. */
  readonly data: readonly DataSet[];
  /** Games that it plays; absent where there are none. */
  readonly games?: readonly GameData[];
}

export interface MappedPopulation {
  readonly name: string;
  readonly model: NeuronModel;
  readonly shape: readonly number[];
  /** Neurons, the product of the shape. */
  readonly size: number;
  /** All settings of the model by name. */
  readonly settings: Readonly<Record<string, number>>;
  /** Settings with a number of their own for each neuron, in place of those of the same name; absent where there are none. */
  readonly tables?: Readonly<Record<string, readonly number[]>>;
  readonly origin: Span;
}

/** Neurons `first` to `first + count - 1` of a population. */
export interface NeuronRange {
  /** Index into the populations. */
  readonly population: number;
  readonly first: number;
  readonly count: number;
}

/** A rule with the parameters of this use; a synapse learns by the first whose condition holds for it. */
export interface MappedLearning {
  readonly rule: LearningRule;
  readonly condition?: Expression;
  /** Means over populations are called by the names of those below: `stage[2].vta.rate`, `pool[4 .. 7].value`. */
  readonly modulations: readonly Modulation[];
  readonly origin: Span;
}

/**
 * A part of a weight matrix on a tile of the grid. Rows are neurons before, behind them one of biases where the
 * connectivity is `dense`; columns are neurons behind. The matrix of a convolution is that of its window: rows are
 * channels, rows and columns of the window, columns are channels behind.
 */
export interface TilePart {
  /** Place in the grid, and in which of the grids, counted from 0, where the network takes more than one. */
  readonly tile: { readonly grid: number; readonly row: number; readonly column: number };
  readonly rows: { readonly first: number; readonly count: number };
  readonly columns: { readonly first: number; readonly count: number };
  /** First line of the tile that the part uses on each side, among the lines that weights may lie on. */
  readonly at: { readonly row: number; readonly column: number };
  /** Parts as large as this one that follow it; absent where it stands for itself alone. */
  readonly repeat?: PartRepeat;
}

/**
 * A regular region of a matrix: `rows` x `columns` parts side by side. Those of a row of parts lie on tiles one behind
 * the other in the order of the grid, and the next row of parts begins `stride` tiles further on.
 */
export interface PartRepeat {
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
}

export interface MappedProjection {
  /** Behind the name of its instance, and with the indices of the loops around it: `stage[2].forward[3]`. */
  readonly name: string;
  readonly from: NeuronRange;
  readonly to: NeuronRange;
  readonly connectivity: Connectivity;
  /** Absent where synapses are numbers of the host. */
  readonly device?: DeviceModel;
  readonly encoding: WeightEncoding;
  /** Modulators of the device with other values here. */
  readonly modulations: readonly Modulation[];
  readonly weights?: WeightSource;
  /** Numbers of the file of `weights`, rows of its table one after another, once whoever runs the network has read it. */
  readonly weightTable?: Float32Array;
  /** Delay [s]. */
  readonly delay?: Expression;
  readonly learning: readonly MappedLearning[];
  /**
   * Where the cells are, regular regions as one entry (`expandParts` writes them out); empty without a device. A
   * differential weight has two columns side by side, plus first.
   */
  readonly parts: readonly TilePart[];
  readonly origin: Span;
}
