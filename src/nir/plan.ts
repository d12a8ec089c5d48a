/** A network as populations and projections, ready to be written down: every number is SI or plain. */

/** A setting of a population: one value, or one a neuron. */
export interface PlannedSetting {
  readonly name: string;
  readonly unit: '1' | 's' | 'Hz';
  readonly values: Float64Array;
  /** Whether all neurons have the first of `values`. */
  readonly isShared: boolean;
}

export interface PlannedPopulation {
  readonly name: string;
  readonly model: string;
  readonly shape: readonly number[];
  readonly settings: readonly PlannedSetting[];
  /** Remark about where it comes from. */
  readonly remark: string;
}

/** Which pairs are connected, and the numbers that belong to them. */
export type PlannedSynapses =
  /** Weights of one, or of another number. */
  | { readonly kind: 'one-to-one'; readonly weight: number }
  | { readonly kind: 'one-to-one-table'; readonly weights: WeightTable }
  /** A row for every neuron before, with `dense` one more of biases. */
  | { readonly kind: 'all-to-all' | 'dense'; readonly weights: WeightTable }
  | {
      readonly kind: 'convolution';
      readonly rows: number;
      readonly columns: number;
      readonly stride: number;
      readonly padding: number;
      readonly weights: WeightTable;
    }
  | { readonly kind: 'pool'; readonly rows: number; readonly columns: number; readonly stride: number }
  /** Pairs of indices, one weight each. */
  | { readonly kind: 'pairs'; readonly pre: Uint32Array; readonly post: Uint32Array; readonly weights: WeightTable };

/** Numbers of a table, row by row. */
export interface WeightTable {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
  /** Whether nine digits say all. */
  readonly isSingle: boolean;
}

export interface PlannedProjection {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly synapses: PlannedSynapses;
  /** Delay [s]. */
  readonly delay?: number;
}

export interface NetworkPlan {
  readonly populations: readonly PlannedPopulation[];
  readonly projections: readonly PlannedProjection[];
}
