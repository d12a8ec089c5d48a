/** The files of a build, target by target; each back end is loaded when it is wanted. */
import { legalize, legalizeFrozen, scheduleFirstSeed, simulate } from '../compiler.js';
import type { Artifact } from '../core/artifact.js';
import { unreachable } from '../core/invariant.js';
import type { MappedModule } from '../ir/mapped.js';
import type { MappedNetwork } from '../ir/mapped-network.js';
import { isTraining } from '../ir/study-kind.js';
import type { NetworkModule } from '../ir/network.js';
import type { ScheduledModule } from '../ir/scheduled.js';
import type { Technology } from '../backends/energy/terms.js';
import type { CommandContext } from './command.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { Design } from './experiments.js';
import type { ControllerRecord } from './manifest.js';
import { readPackageFile } from './package-files.js';

/** What `build` can make. */
export const TARGETS = ['systemverilog', 'harness', 'energy', 'interop'] as const;
export type Target = (typeof TARGETS)[number];

/** What a build is asked for. */
export interface BuildChoice {
  readonly targets: readonly Target[];
  /** Whether the program becomes part of the controller. */
  readonly freezes: boolean;
}

/** Files of one or several targets. */
export interface Build {
  readonly artifacts: readonly Artifact[];
  /** Top module of the experiment on a program, where SystemVerilog of one is among them. */
  readonly top?: string;
  /** Controllers of networks; their files are among the artifacts. */
  readonly controllers: readonly ControllerRecord[];
}

/**
 * Files of all `targets`; undefined after reporting why not.
 * Of the experiments on programs the first gets a controller, of those on networks every projection that has a pulse
 * program; the other targets take all experiments, and interop every device of the file besides.
 */
export async function buildArtifacts(
  { network, experiments, studies }: Design,
  { targets, freezes }: BuildChoice,
  context: CommandContext,
): Promise<Build | undefined> {
  const scheduled = experiments.map((mapped) => scheduleFirstSeed(mapped, context.diagnostics));
  const complete = scheduled.filter((module) => module !== undefined);
  if (context.diagnostics.hasErrors) return undefined;
  const source = {
    scheduled: complete,
    studies,
    network,
    freezes,
    isOnly: targets.length === 1,
    isAll: targets.length === TARGETS.length,
  };
  const builds = await Promise.all(targets.map((target) => buildTarget(target, source, context)));
  if (context.diagnostics.hasErrors) return undefined;
  const top = builds.find((build) => build.top !== undefined)?.top;
  return {
    artifacts: builds.flatMap(({ artifacts }) => artifacts),
    ...(top !== undefined && { top }),
    controllers: builds.flatMap(({ controllers = [] }) => controllers),
  };
}

/** What targets are made of. */
interface Source {
  readonly scheduled: readonly ScheduledModule[];
  /** Experiments on networks, all points of their sweeps. */
  readonly studies: readonly MappedNetwork[];
  readonly network: NetworkModule;
  readonly freezes: boolean;
  /** Whether nothing else is built, so that it is a mistake if nothing comes of it. */
  readonly isOnly: boolean;
  /** Whether everything is built, and nothing asked for by its name. */
  readonly isAll: boolean;
}

/** What one target comes to. */
type TargetBuild = Omit<Build, 'controllers'> & Partial<Pick<Build, 'controllers'>>;

function buildTarget(target: Target, source: Source, context: CommandContext): Promise<TargetBuild> {
  switch (target) {
    case 'systemverilog':
      return buildSystemVerilog(source, context);
    case 'harness':
      return buildHarness(source, context);
    case 'energy':
      return buildEnergy(source, context);
    case 'interop':
      return buildInterop(source, context);
    default:
      return unreachable(target);
  }
}

async function buildSystemVerilog(source: Source, context: CommandContext): Promise<TargetBuild> {
  const own = await buildProgram(source, context);
  const networks = await buildNetworks(source, own.top, context);
  return { ...own, ...networks, artifacts: [...own.artifacts, ...networks.artifacts] };
}

async function buildProgram({ scheduled: [first], freezes }: Source, { host }: CommandContext): Promise<TargetBuild> {
  if (!first) return { artifacts: [] };
  const { emitSystemVerilog } = await import('../backends/systemverilog/emit.js');
  const { readHardwareSources } = await import('../backends/systemverilog/hardware-sources.js');
  const legal = freezes ? legalizeFrozen(first) : legalize(first);
  return { artifacts: emitSystemVerilog(legal, readHardwareSources(host)), top: legal.name };
}

async function buildNetworks({ studies, freezes, isOnly }: Source, top: string | undefined, context: CommandContext) {
  if (studies.length === 0) return { artifacts: [], controllers: [] };
  const { buildControllers } = await import('./build-controllers.js');
  const taken = top === undefined ? [] : [top];
  const built = (await buildControllers(studies, { freezes, taken }, context)) ?? [];
  if (built.length === 0 && taken.length === 0 && isOnly && !context.diagnostics.hasErrors) {
    const names = [...new Set(studies.map(({ study }) => study.name))];
    context.diagnostics.report(CLI_CATALOGUE, 'network-without', { names }, { span: studies[0]?.study.origin });
  }
  return {
    artifacts: built.flatMap(({ artifacts }) => artifacts),
    controllers: built.map(({ artifacts: _, ...record }) => record),
  };
}

async function buildHarness({ scheduled, studies }: Source, { host }: CommandContext): Promise<TargetBuild> {
  const { emitHarness } = await import('../backends/harness/emit-harness.js');
  return { artifacts: emitHarness(scheduled, (path) => readPackageFile(host, `src/${path}`), studies) };
}

/** Prices the first seed of every experiment; trainings only where energy was asked for by its name. */
async function buildEnergy({ scheduled, studies, isAll }: Source, context: CommandContext): Promise<TargetBuild> {
  const { emitEnergy } = await import('../backends/energy/emit-energy.js');
  const { estimateEnergy } = await import('../backends/energy/estimate-energy.js');
  const { programLifetime } = await import('../backends/lifetime/program-lifetime.js');
  const { TECHNOLOGIES } = await import('../backends/energy/terms.js');
  const programs = scheduled.flatMap(({ mapped }) => {
    const result = simulate(withOneSeed(mapped), context.diagnostics);
    if (!result) return [];
    const estimate = estimateEnergy(result, mapped, TECHNOLOGIES.board);
    const lifetime = programLifetime(result, mapped, estimate);
    return [{ experiment: mapped.experiment.name, estimate, lifetime }];
  });
  const left = isAll ? studies.filter(isTraining) : [];
  if (left.length > 0) {
    const experiments = [...new Set(left.map(({ study }) => study.name))];
    context.diagnostics.report(CLI_CATALOGUE, 'energy-left-out', { experiments }, { span: left[0]?.study.origin });
  }
  const priced = studies.filter((study) => !left.includes(study));
  const networks = await priceNetworks(priced, TECHNOLOGIES.board, context);
  const estimates = [...programs, ...networks];
  return { artifacts: estimates.length > 0 ? emitEnergy(estimates) : [] };
}

async function priceNetworks(studies: readonly MappedNetwork[], technology: Technology, context: CommandContext) {
  if (studies.length === 0) return [];
  const { priceStudies } = await import('./price-studies.js');
  const { pointName } = await import('../networks/run/run-points.js');
  const priced = (await priceStudies(studies, { technology }, context)) ?? [];
  return priced.map(({ result: { name, point }, estimate, lifetime }) => {
    return { experiment: pointName({ study: { name }, point }), estimate, ...(lifetime && { lifetime }) };
  });
}

async function buildInterop({ scheduled, network }: Source, { diagnostics }: CommandContext): Promise<TargetBuild> {
  const { emitInterop } = await import('../backends/interop/emit-interop.js');
  return { artifacts: emitInterop({ source: network.source, devices: network.devices, scheduled }, diagnostics) };
}

/** The same experiment with its first seed only. */
export function withOneSeed(mapped: MappedModule): MappedModule {
  return { ...mapped, experiment: { ...mapped.experiment, seedCount: 1 } };
}
