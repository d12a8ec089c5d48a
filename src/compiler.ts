/** The stages of Ionloom in order: source, network, mapped, scheduled, legal; then artifacts and results. */
import { invariant } from './core/invariant.js';
import type { DiagnosticBag } from './core/diagnostic.js';
import type { FileHost } from './core/file-host.js';
import type { CosimResult } from './cosim/cosimulate.js';
import type { EngineName } from './cosim/engine.js';
import { compileKernel } from './devices/compile-kernel.js';
import { behindWires } from './devices/wired-tile.js';
import { compileSource } from './dsl/front-end.js';
import type { TileFactory } from './ir/calibrate.js';
import { checkCapacity } from './ir/passes/check-capacity.js';
import { encode } from './ir/passes/encode.js';
import { freeze } from './ir/passes/freeze.js';
import { map } from './ir/passes/map.js';
import type { LegalModule } from './ir/legal.js';
import type { MappedModule } from './ir/mapped.js';
import type { Experiment, NetworkModule } from './ir/network.js';
import { runExperiment, seedSetups, type SeedSetup } from './ir/run-experiment.js';
import type { ExperimentResult } from './ir/results.js';
import type { ScheduledArray, ScheduledModule } from './ir/scheduled.js';
import { verifyLegal } from './ir/verify-legal.js';
import { verifyMapped, verifyNetwork } from './ir/verify.js';
import { verifyScheduled } from './ir/verify-scheduled.js';

/** Reads and checks a source file; undefined after reporting errors. */
export function loadNetwork(
  file: string,
  host: FileHost,
  overrides: ReadonlyMap<string, string>,
  diagnostics: DiagnosticBag,
): NetworkModule | undefined {
  const network = compileSource(file, host, overrides, diagnostics);
  if (!network || diagnostics.hasErrors) return undefined;
  verifyNetwork(network);
  return network;
}

/** Places one experiment on its chip; undefined after reporting what does not fit. */
export function mapExperiment(
  network: NetworkModule,
  experiment: Experiment,
  diagnostics: DiagnosticBag,
): MappedModule | undefined {
  const mapped = map(network, experiment, diagnostics);
  if (mapped) verifyMapped(mapped);
  return mapped;
}

/** Makes tiles of an experiment by compiling the equations of its device. */
export function tileFactory(mapped: MappedModule): TileFactory {
  return behindWires((setup) => compileKernel(mapped.device, setup), mapped);
}

/** The seeds of an experiment, each scheduled for the tile that it gets. */
export function* scheduleSeeds(mapped: MappedModule, diagnostics: DiagnosticBag): Generator<SeedSetup> {
  let verified: ScheduledModule | undefined;
  for (const setup of seedSetups(mapped, tileFactory(mapped), diagnostics)) {
    if (setup.scheduled !== verified) {
      verifyScheduled(setup.scheduled);
      checkCapacity(setup.scheduled, diagnostics);
      if (diagnostics.hasErrors) return;
    }
    verified = setup.scheduled;
    yield setup;
  }
}

/** The schedule of the first seed: what `build` emits and `check` checks; undefined after reporting why not. */
export function scheduleFirstSeed(mapped: MappedModule, diagnostics: DiagnosticBag): ScheduledModule | undefined {
  for (const { scheduled } of scheduleSeeds(mapped, diagnostics)) return scheduled;
  invariant(diagnostics.hasErrors, 'an experiment without a schedule has been reported');
  return undefined;
}

/** Final names, widths, addresses and memory contents of a schedule. */
export function legalize(scheduled: ScheduledArray): LegalModule {
  const legal = encode(scheduled);
  verifyLegal(legal);
  return legal;
}

/** The same with the program as part of the chip. */
export function legalizeFrozen(scheduled: ScheduledArray): LegalModule {
  const legal = freeze(legalize(scheduled));
  verifyLegal(legal);
  return legal;
}

/** Runs all seeds of an experiment on the harness; undefined after reporting why not. */
export function simulate(mapped: MappedModule, diagnostics: DiagnosticBag): ExperimentResult | undefined {
  return runExperiment(mapped, tileFactory(mapped), diagnostics);
}

/** Which RTL is in the loop, and who simulates it. */
export interface CosimChoice {
  readonly engine: EngineName;
  /** Whether the program is part of the controller. */
  readonly freezes?: boolean;
}

/**
 * Runs all seeds of an experiment with the RTL in the loop; undefined after reporting why not. What the
 * controller did wrong is not a diagnostic but part of the result.
 */
export async function cosimulateExperiment(
  mapped: MappedModule,
  { engine, freezes = false }: CosimChoice,
  host: FileHost,
  diagnostics: DiagnosticBag,
): Promise<CosimResult | undefined> {
  // Half of all files belong to the engines, and most commands need none: they wait for nothing that they do not use
  const { emitSystemVerilog } = await import('./backends/systemverilog/emit.js');
  const { readHardwareSources } = await import('./backends/systemverilog/hardware-sources.js');
  const { controllerModel } = await import('./cosim/controller-model.js');
  const { cosimulate } = await import('./cosim/cosimulate.js');
  const { createEngine } = await import('./cosim/engines/select.js');
  const setups = [...scheduleSeeds(mapped, diagnostics)];
  const sources = readHardwareSources(host);
  if (diagnostics.hasErrors) return undefined;
  const modelSource = (legal: LegalModule) => controllerModel(legal, emitSystemVerilog(legal, sources));
  const hardware = { legalize: freezes ? legalizeFrozen : legalize, modelSource };
  return cosimulate(setups, hardware, createEngine(engine), diagnostics);
}
