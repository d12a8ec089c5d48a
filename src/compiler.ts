/** The stages of Ionloom in order: source, network, mapped, scheduled, legal; then artifacts and results. */
import { invariant } from './core/invariant.js';
import type { DiagnosticBag } from './core/diagnostic.js';
import type { FileHost } from './core/file-host.js';
import type { CosimResult, CosimSetup } from './cosim/cosimulate.js';
import type { EngineName } from './cosim/engine.js';
import type { ObservationPlan } from './cosim/observe/observation.js';
import { compileKernel } from './devices/compile-kernel.js';
import { behindWires } from './devices/wired-tile.js';
import { compileSource } from './dsl/front-end.js';
import type { TileFactory } from './ir/calibrate.js';
import { checkCapacity } from './ir/passes/check-capacity.js';
import { encode } from './ir/passes/encode.js';
import { freeze } from './ir/passes/freeze.js';
import { map } from './ir/passes/map.js';
import { mapNetwork } from './ir/passes/map-network.js';
import type { LegalModule } from './ir/legal.js';
import type { MappedModule } from './ir/mapped.js';
import type { MappedNetwork } from './ir/mapped-network.js';
import type { Experiment, NetworkModule } from './ir/network.js';
import { runExperiment, seedSetups, type SeedSetup, type WatchWork } from './ir/run-experiment.js';
import type { ExperimentResult } from './ir/results.js';
import type { ScheduledArray, ScheduledModule } from './ir/scheduled.js';
import { sweepPoints } from './ir/sweep-points.js';
import { verifyLegal } from './ir/verify-legal.js';
import { verifyMapped, verifyNetwork } from './ir/verify.js';
import type { Study } from './ir/study.js';
import { verifyMappedNetwork } from './ir/verify-mapped-network.js';
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

/** Where a module came from: what it takes to compile it with other parameters. */
export interface ModuleSource {
  readonly file: string;
  readonly host: FileHost;
  readonly overrides: ReadonlyMap<string, string>;
}

/** An experiment on a network, and the values of what it sweeps. */
export interface StudyPoint {
  readonly network: NetworkModule;
  readonly study: Study;
  readonly point: Point;
}

/**
 * An experiment on a network at one point of its sweeps; undefined after reporting why not. Where the experiment gives
 * parameters of the file or of the network other values, the file is compiled with them.
 */
export function mapStudy(
  { network, study, point }: StudyPoint,
  source: ModuleSource,
  diagnostics: DiagnosticBag,
): MappedNetwork | undefined {
  const values = structuralValues(network, study, point);
  const { file, host, overrides } = source;
  const compiled =
    values.size === 0
      ? network
      : compileSource(file, host, new Map<string, string | number>([...overrides, ...values]), diagnostics);
  const own = compiled?.studies.find(({ name }) => name === study.name);
  if (!compiled || !own) return undefined;
  const { firstSeed, seedCount } = study;
  const mapped = mapNetwork(compiled, { ...own, firstSeed, seedCount }, point, diagnostics);
  if (mapped) verifyMappedNetwork(mapped);
  return mapped;
}

/** The same at all points of its sweeps, the first sweep outermost; those that cannot be mapped are reported and left out. */
export function mapStudyPoints(
  { network, study }: Omit<StudyPoint, 'point'>,
  source: ModuleSource,
  diagnostics: DiagnosticBag,
): readonly MappedNetwork[] {
  return sweepPoints(study).flatMap((point) => mapStudy({ network, study, point }, source, diagnostics) ?? []);
}

type Point = MappedNetwork['point'];

/** Values of parameters that the text of the file sees: its own, and those of the network. */
function structuralValues({ rules, devices }: NetworkModule, { settings, network }: Study, point: Point) {
  const isStructural = (name: string) => {
    const [owner, parameter] = name.split('.');
    const isTaken = [...rules, ...devices].some((each) => each.name === owner);
    return parameter === undefined || (owner === network && !isTaken);
  };
  const given = [...settings, ...point].filter(({ name }) => isStructural(name));
  return new Map(given.map(({ name, value }) => [name, value]));
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

/** Runs all seeds of an experiment on the harness, `watch` after each; undefined after reporting why not. */
export function simulate(
  mapped: MappedModule,
  diagnostics: DiagnosticBag,
  watch?: WatchWork,
): ExperimentResult | undefined {
  return runExperiment(mapped, tileFactory(mapped), diagnostics, watch);
}

/** Which RTL is in the loop, and who simulates it. */
export interface CosimChoice {
  readonly engine: EngineName;
  /** Whether the program is part of the controller. */
  readonly freezes?: boolean;
  /** What shall be seen of the runs. */
  readonly observe?: ObservationPlan | undefined;
  /** Called behind data sets; behind some of them where the engine runs in a process of its own. */
  readonly watch?: WatchWork | undefined;
}

/**
 * Runs all seeds of an experiment with the RTL in the loop; undefined after reporting why not. What the
 * controller did wrong is not a diagnostic but part of the result.
 */
export async function cosimulateExperiment(
  mapped: MappedModule,
  choice: CosimChoice,
  host: FileHost,
  diagnostics: DiagnosticBag,
): Promise<CosimResult | undefined> {
  const setups = [...scheduleSeeds(mapped, diagnostics)];
  return diagnostics.hasErrors ? undefined : cosimulateSetups(setups, choice, host, diagnostics);
}

/** Runs pulse programs of one controller with its RTL in the loop; undefined after reporting why not. */
export async function cosimulateSetups(
  setups: readonly CosimSetup[],
  { engine, freezes = false, observe, watch }: CosimChoice,
  host: FileHost,
  diagnostics: DiagnosticBag,
): Promise<CosimResult | undefined> {
  // Half of all files belong to the engines, and most commands need none: they wait for nothing that they do not use
  const { emitSystemVerilog } = await import('./backends/systemverilog/emit.js');
  const { readHardwareSources } = await import('./backends/systemverilog/hardware-sources.js');
  const { controllerModel } = await import('./cosim/controller-model.js');
  const { cosimulate } = await import('./cosim/cosimulate.js');
  const { createEngine } = await import('./cosim/engines/select.js');
  const sources = readHardwareSources(host);
  const [first] = setups;
  if (first) checkCapacity(first.scheduled, diagnostics);
  if (diagnostics.hasErrors) return undefined;
  const modelSource = (legal: LegalModule) => controllerModel(legal, emitSystemVerilog(legal, sources));
  const plan = { legalize: freezes ? legalizeFrozen : legalize, modelSource, observe, watch };
  return cosimulate(setups, plan, createEngine(engine), diagnostics);
}
