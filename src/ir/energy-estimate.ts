/** What an experiment costs, component by component; plain data, printed as it stands by `--json`. */
import type { Confidence } from '../devices/device-model.js';

/** Order in which groups are reported. */
export const ENERGY_GROUPS = ['devices', 'drivers and lines', 'converters', 'controller'] as const;
export type EnergyGroup = (typeof ENERGY_GROUPS)[number];

/** An energy with the interval in which it is believed to lie [J]. */
export interface EnergyInterval {
  readonly energy_J: number;
  readonly low_J: number;
  readonly high_J: number;
}

/** One line of the estimate: `count` events, or `count` parts over the run's time. */
export interface EnergyComponent extends EnergyInterval {
  readonly name: string;
  readonly group: EnergyGroup;
  readonly count: number;
  /** How the figure was computed, in words. */
  readonly basis: string;
  readonly source: string;
  readonly confidence: Confidence;
}

/** Bounds of a total are the sums of the components' bounds: errors are taken to be correlated. */
export interface EnergyEstimate {
  readonly technology: string;
  readonly components: readonly EnergyComponent[];
  readonly groups: readonly (EnergyInterval & { readonly group: EnergyGroup })[];
  readonly total: EnergyInterval;
}
