/** What an experiment costs in energy, time and area, component by component; plain data, as `--json` prints it. */
import type { Provenance } from '../devices/device-model.js';

/** Order in which groups are reported. */
export const ENERGY_GROUPS = [
  'devices',
  'drivers and lines',
  'converters',
  'controller',
  'memories',
  'bus',
  'field',
] as const;
export type EnergyGroup = (typeof ENERGY_GROUPS)[number];

/** Components that people are shown where it is told what matters most. */
export const SHOWN_SENSITIVITIES = 3;

/** An energy with the interval in which it is believed to lie [J]. */
export interface EnergyInterval {
  readonly energy_J: number;
  readonly low_J: number;
  readonly high_J: number;
}

/** What a line of the estimate is called: `count` events, or `count` parts over the run's time. */
export interface EstimateLine {
  readonly name: string;
  readonly group: EnergyGroup;
  readonly count: number;
  /** How the figure was computed, in words. */
  readonly basis: string;
}

/** What events or parts take. */
export type EnergyComponent = EstimateLine & EnergyInterval & Provenance;

/** A part of the run's time, `count` times something [s]; parts may overlap. */
export interface TimeShare extends EstimateLine {
  readonly seconds: number;
}

/** An area with the interval in which it is believed to lie [m²]. */
export interface AreaInterval {
  readonly area_m2: number;
  readonly low_m2: number;
  readonly high_m2: number;
}

/** `count` equal parts of chip or board. */
export type AreaComponent = EstimateLine & AreaInterval & Provenance;

/** What the total becomes when this component alone goes to either end of its interval [J]. */
export interface Sensitivity {
  readonly component: string;
  readonly source: string;
  readonly low_J: number;
  readonly high_J: number;
}

/** Bounds of a total are the sums of the components' bounds: errors are taken to be correlated. */
export interface EnergyEstimate {
  readonly technology: string;
  readonly components: readonly EnergyComponent[];
  /** Those of which something is counted, in the order of {@link ENERGY_GROUPS}. */
  readonly groups: readonly (EnergyInterval & { readonly group: EnergyGroup })[];
  readonly total: EnergyInterval;
  /** Where the time of the run goes. */
  readonly time: readonly TimeShare[];
  /** Parts of the chip or board; empty where the technology has no figures. */
  readonly area: readonly AreaComponent[];
  /** All components whose interval has a width, largest effect on the total first. */
  readonly sensitivity: readonly Sensitivity[];
  /** What is left out, in words. */
  readonly omitted: readonly string[];
}
