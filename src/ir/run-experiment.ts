/** Runs an experiment over all its seeds on the harness: calibrate, schedule, interpret, measure. */
import type { DiagnosticBag } from '../core/diagnostic.js';
import { invariant } from '../core/invariant.js';
import { prepareTile, startOf, type PreparedTile, type TileFactory, type TileStart } from './calibrate.js';
import { decideExpectation } from './expectations.js';
import type { MappedModule } from './mapped.js';
import { METRICS, type MetricName } from './network.js';
import { schedule } from './passes/schedule.js';
import type { Activity, ExperimentResult, MetricValue } from './results.js';
import { runSeed, type SeedRun } from './run-seed.js';
import type { ScheduledModule } from './scheduled.js';
import { solvingWires } from './solving-wires.js';

/** A seed of an experiment, ready to run. */
export interface SeedSetup {
  readonly seed: number;
  readonly start: TileStart;
  readonly tile: PreparedTile;
  readonly scheduled: ScheduledModule;
}

/** The seeds of `mapped` in order, each with its own schedule; ends early after reporting a fault. */
export function* seedSetups(
  mapped: MappedModule,
  createTile: TileFactory,
  diagnostics: DiagnosticBag,
): Generator<SeedSetup> {
  const { firstSeed, seedCount, calibration } = mapped.experiment;
  const start = startOf(mapped.experiment);
  let shared: ScheduledModule | undefined;
  for (let seed = firstSeed; seed < firstSeed + seedCount; seed++) {
    // Without calibration nothing that the schedule depends on differs between seeds.
    const setup: SeedSetup | undefined = solvingWires(mapped, diagnostics, () => {
      const tile = prepareTile(mapped, start, seed, createTile);
      const scheduled = shared ?? schedule(mapped, tile.known, createTile, diagnostics);
      return scheduled && { seed, start, tile, scheduled };
    });
    if (!setup) return;
    if (!calibration) shared = setup.scheduled;
    yield setup;
  }
}

/** Called after each part of some work. */
export type WatchWork = (done: number, total: number) => void;

/** Results of `mapped` over its seeds; undefined after reporting why it cannot be scheduled. */
export function runExperiment(
  mapped: MappedModule,
  createTile: TileFactory,
  diagnostics: DiagnosticBag,
  watch?: WatchWork,
): ExperimentResult | undefined {
  const begin = performance.now();
  const runs: SeedRun[] = [];
  for (const { scheduled, tile } of seedSetups(mapped, createTile, diagnostics)) {
    const run = solvingWires(mapped, diagnostics, () => runSeed(scheduled, tile.kernel));
    if (run) runs.push(run);
    watch?.(runs.length, mapped.experiment.seedCount);
  }
  if (diagnostics.hasErrors) return undefined;
  return summarize(mapped, runs, (performance.now() - begin) / 1000);
}

function summarize({ experiment, clockHz }: MappedModule, runs: readonly SeedRun[], seconds: number): ExperimentResult {
  const [first] = runs;
  invariant(first, 'an experiment has at least one seed');
  const perSeed = runs.map((run) => run.metrics);
  const metrics = Object.fromEntries(metricNames().map((name) => [name, metricValue(name, perSeed)]));
  return {
    name: experiment.name,
    firstSeed: experiment.firstSeed,
    seedCount: experiment.seedCount,
    window: { low: experiment.program.window.low, high: experiment.program.window.high },
    metrics: metrics as Record<MetricName, MetricValue>, // built from all names of METRICS just above
    expectations: experiment.expectations.map((expectation) => decideExpectation(expectation, perSeed)),
    images: first.images,
    activity: activityOf(first, clockHz),
    wear: first.wear,
    seconds,
  };
}

function metricNames(): readonly MetricName[] {
  return Object.keys(METRICS) as MetricName[]; // METRICS is a constant with exactly these keys
}

function metricValue(name: MetricName, perSeed: readonly Readonly<Record<MetricName, number>>[]): MetricValue {
  const values = perSeed.map((metrics) => metrics[name]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, min: Math.min(...values), max: Math.max(...values), unit: METRICS[name].unit };
}

function activityOf({ activity, selectedEnergy, halfSelectedEnergy, holdEnergy }: SeedRun, clockHz: number): Activity {
  const { clocks, segments, firingSegments, restSegments, pulses, lineSteps, railChanges, scanSteps, conversions } =
    activity;
  return {
    seconds: clocks / clockHz,
    clocks,
    segments,
    firingSegments,
    firingSeconds: activity.firingClocks / clockHz,
    restSegments,
    restSeconds: activity.restClocks / clockHz,
    pulses,
    lineSteps,
    lineTransitions: lineSteps.reduce((sum, { count }) => sum + count, 0),
    railChanges,
    scanSteps,
    conversions,
    selectedEnergy,
    halfSelectedEnergy,
    holdEnergy,
  };
}
