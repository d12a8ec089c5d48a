/** How long an array does what an experiment asks of it, budget by budget; plain data, as `--json` prints it. */
import type { Confidence } from '../devices/device-model.js';

/**
 * What is used up: pulses that a cell survives, drift by pulses that are meant for others, and what a value loses by
 * itself.
 */
export type LifetimeBudgetKind = 'endurance' | 'disturb' | 'retention';

/** One budget of the worst cell. */
export interface LifetimeBudget {
  readonly kind: LifetimeBudgetKind;
  readonly limit: number;
  readonly spentPerRun: number;
  /** Of `limit` and `spentPerRun`: `pulses`, or `1` for parts of the window. */
  readonly unit: string;
  /** Time until it is spent, when the run is repeated [s]; absent where runs do not use it up. */
  readonly seconds_until_spent?: number;
  readonly cell?: { readonly row: number; readonly column: number };
  readonly basis: string;
  readonly source: string;
  readonly confidence: Confidence;
}

/** What it takes to write all cells anew before disturb or retention take one out of its window. */
export interface RefreshCost {
  readonly every_s: number;
  /** Of one refresh. */
  readonly pulses: number;
  readonly energy_J: number;
  /** Part of the time that refreshing takes. */
  readonly share: number;
  readonly basis: string;
}

/** The experiment repeated every `period_s`. */
export interface LifetimeEstimate {
  readonly period_s: number;
  readonly budgets: readonly LifetimeBudget[];
  /** Budgets that nothing is known of, in words: they are no promise to last for ever. */
  readonly absent: readonly string[];
  /** When the first cell is worn out, or out of its window [s]; absent where no known budget is used up. */
  readonly firstLoss_s: number | undefined;
  readonly limitedBy: LifetimeBudgetKind | undefined;
  readonly refresh?: RefreshCost;
}
