/** How long until an experiment that is repeated has worn out a cell, or let one leave its window. */
import type { Confidence, DeviceModel } from '../../devices/device-model.js';
import { weakestConfidence } from '../../devices/weakest-confidence.js';
import type { CellWear } from '../../ir/cell-wear.js';
import type { LifetimeBudget, LifetimeEstimate, RefreshCost } from '../../ir/lifetime.js';
import { formatPercent, formatQuantity } from '../../units/format-quantity.js';
import { driftAtRest } from './drift-at-rest.js';

/** What is repeated. */
export interface RepeatedRun {
  readonly device: DeviceModel;
  /** The range that cells may use [unit of the first state]. */
  readonly window: { readonly low: number; readonly high: number };
  readonly wear: CellWear;
  /** Mean pulses of a cell, where nobody knows those of the worst. */
  readonly meanPulses?: number;
  /** Why nobody knows how far cells drift that no pulse was meant for. */
  readonly driftUnknown?: string;
  /** How `wear` was found, where it was not counted in the run itself. */
  readonly wearBasis?: string;
  /** From the beginning of a run to the beginning of the next one [s]. */
  readonly periodSeconds: number;
  /** What a program allows a cell to be off by, as a part of the window, and its name; the whole window without it. */
  readonly budget?: { readonly fraction: number; readonly name: string };
  /** Writing every cell once; absent where the run writes nothing. */
  readonly rewrite?: { readonly pulses: number; readonly seconds: number; readonly energy_J: number };
}

/** The budgets of the worst cells, what comes first, and what putting it off by refreshing costs. */
export function estimateLifetime(run: RepeatedRun): LifetimeEstimate {
  const parts = [enduranceOf(run), disturbOf(run), retentionOf(run)];
  const budgets = parts.filter((part): part is LifetimeBudget => typeof part !== 'string');
  const first = earliest(budgets);
  const refresh = refreshOf(run, earliest(budgets.filter(({ kind }) => kind !== 'endurance')));
  return {
    period_s: run.periodSeconds,
    budgets,
    absent: parts.filter((part) => typeof part === 'string'),
    firstLoss_s: first?.seconds_until_spent,
    limitedBy: first?.kind,
    ...(refresh && { refresh }),
  };
}

function earliest(budgets: readonly LifetimeBudget[]): LifetimeBudget | undefined {
  const spent = budgets.filter(({ seconds_until_spent }) => seconds_until_spent !== undefined);
  return spent.sort((a, b) => (a.seconds_until_spent ?? NaN) - (b.seconds_until_spent ?? NaN))[0];
}

/** Runs until a budget is spent, in time; nothing where a run takes nothing of it. */
function untilSpent({ periodSeconds }: RepeatedRun, limit: number, spentPerRun: number) {
  return spentPerRun > 0 && periodSeconds > 0 ? { seconds_until_spent: (limit / spentPerRun) * periodSeconds } : {};
}

/** The budget, or in words why there is none. */
function enduranceOf(run: RepeatedRun): LifetimeBudget | string {
  const { device, wear } = run;
  const { endurance } = device;
  if (!endurance) return `endurance: ${device.name} does not say how many pulses a cell survives`;
  const most = wear.mostPulsed;
  const spentPerRun = most?.amount ?? run.meanPulses ?? 0;
  const isMean = most === undefined && run.meanPulses !== undefined;
  return {
    kind: 'endurance',
    limit: endurance.pulses,
    spentPerRun,
    unit: 'pulses',
    ...untilSpent(run, endurance.pulses, spentPerRun),
    ...(most && { cell: { row: most.row, column: most.column } }),
    basis: `${isMean ? 'mean pulses of a cell, the worst gets more' : 'pulses of the cell that gets most'}${suffix(run)}`,
    ...endurance.provenance,
  };
}

function disturbOf(run: RepeatedRun): LifetimeBudget | string {
  const { device, wear, window } = run;
  const worst = wear.mostDisturbed;
  if (run.driftUnknown !== undefined) return `disturb: ${run.driftUnknown}`;
  if (!worst) return 'disturb: every cell is pulsed in a run, none has to keep its value';
  const limit = limitOf(run);
  const spentPerRun = worst.amount / (window.high - window.low);
  return {
    kind: 'disturb',
    limit: limit.fraction,
    spentPerRun,
    unit: '1',
    ...untilSpent(run, limit.fraction, spentPerRun),
    cell: { row: worst.row, column: worst.column },
    basis: `drift of the worst cell without a pulse of its own against ${limit.name}, every run alike${suffix(run)}`,
    source: `equations of ${device.name}`,
    confidence: weakestOf(device),
  };
}

function retentionOf(run: RepeatedRun): LifetimeBudget | string {
  const { device, periodSeconds } = run;
  const { retention } = device;
  if (!retention) return lossByEquations(run);
  // Without a budget of the program the device's own figure says what counts as lost
  const limit = run.budget ?? { fraction: retention.loss, name: `the loss that ${device.name} states` };
  const spentPerRun = (retention.loss * periodSeconds) / retention.seconds;
  return {
    kind: 'retention',
    limit: limit.fraction,
    spentPerRun,
    unit: '1',
    ...(isRenewed(run, spentPerRun, limit.fraction) ? {} : untilSpent(run, limit.fraction, spentPerRun)),
    basis: `${formatPercent(retention.loss)} in ${formatQuantity(retention.seconds, 's')} against ${limit.name}, in proportion to time`,
    ...retention.provenance,
  };
}

/** What a cell that nobody touches loses by the equations of its device. */
function lossByEquations(run: RepeatedRun): LifetimeBudget | string {
  const { device, window, periodSeconds } = run;
  if (!device.states[0]?.rate)
    return `retention: ${device.name} states none, and its equations do not move a cell at rest`;
  const limit = limitOf(run);
  const allowed = limit.fraction * (window.high - window.low);
  const seconds = driftAtRest(device, window, allowed);
  const spentPerRun = seconds === undefined ? 0 : (limit.fraction * periodSeconds) / seconds;
  return {
    kind: 'retention',
    limit: limit.fraction,
    spentPerRun,
    unit: '1',
    ...(seconds === undefined || isRenewed(run, spentPerRun, limit.fraction) ? {} : { seconds_until_spent: seconds }),
    basis: `drift of a cell at rest at either end of the window against ${limit.name}`,
    source: `equations of ${device.name}`,
    confidence: weakestOf(device),
  };
}

/** Whether every cell is written anew before it has lost too much. */
function isRenewed({ wear, driftUnknown }: RepeatedRun, spentPerRun: number, limit: number): boolean {
  return driftUnknown === undefined && wear.mostDisturbed === undefined && spentPerRun <= limit;
}

function limitOf({ budget }: RepeatedRun): { readonly fraction: number; readonly name: string } {
  return budget ?? { fraction: 1, name: 'the whole window' };
}

function suffix({ wearBasis }: RepeatedRun): string {
  return wearBasis === undefined ? '' : `; ${wearBasis}`;
}

/** Equations are as good as the worst of their numbers. */
function weakestOf({ parameters }: DeviceModel): Confidence {
  return weakestConfidence(parameters.map(({ provenance }) => provenance.confidence));
}

function refreshOf({ rewrite }: RepeatedRun, first: LifetimeBudget | undefined): RefreshCost | undefined {
  const every = first?.seconds_until_spent;
  if (!first || every === undefined || !rewrite) return undefined;
  return {
    every_s: every,
    pulses: rewrite.pulses,
    energy_J: rewrite.energy_J,
    share: rewrite.seconds / every,
    basis: `a pulse for every cell, at the energy and time of a pulse of this run, before ${first.kind} is spent`,
  };
}
