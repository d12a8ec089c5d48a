/** The network of an experiment with everything in it that the experiment can name. */
import type { DeviceModel } from '../../../devices/device-model.js';
import type { Instance, Network, Projection, Wiring } from '../../../ir/graph.js';
import type { Chip } from '../../../ir/chip.js';
import type { LoweredNetwork, LoweredRule, LoweringContext, PlacedDeclaration } from '../lowering-context.js';
import type { NetworkParts } from '../network-parts.js';

export interface StudiedNetwork {
  readonly root: Network;
  readonly parts: NetworkParts;
  /** The modules of the network and of its modules by name. */
  readonly modules: ReadonlyMap<string, Network>;
  /** Rules and devices of all projections by name. */
  readonly rules: ReadonlyMap<string, LoweredRule>;
  readonly devices: ReadonlyMap<string, DeviceModel>;
  readonly declaration: PlacedDeclaration<'network'>;
}

/** What lowering the clauses of an experiment on a network needs. */
export interface StudyContext extends LoweringContext {
  readonly network: StudiedNetwork;
  readonly chip: Chip;
  /** Names of the phases of the schedule. */
  readonly phases: readonly string[];
}

/** The network with the rules and devices that its projections refer to. */
export function studiedNetwork(
  { network, parts, modules }: LoweredNetwork,
  declaration: PlacedDeclaration<'network'>,
  { lowered }: LoweringContext,
): StudiedNetwork {
  const [rules, devices] = [new Set<string>(), new Set<string>()];
  for (const { wiring } of [network, ...modules]) {
    for (const { learning, device } of projectionsOf(wiring)) {
      for (const { rule } of learning) rules.add(rule);
      if (device !== undefined) devices.add(device);
    }
  }
  return {
    root: network,
    parts,
    modules: new Map(modules.map((module) => [module.name, module])),
    rules: foundBy(rules, (name) => lowered(name, 'rule')),
    devices: foundBy(devices, (name) => lowered(name, 'device')),
    declaration,
  };
}

function foundBy<Value>(names: Iterable<string>, find: (name: string) => Value | undefined): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const name of names) {
    const value = find(name);
    if (value !== undefined) found.set(name, value);
  }
  return found;
}

/** Projections, those inside loops included. */
export function* projectionsOf({ projections, loops }: Wiring): Generator<Projection> {
  yield* projections;
  for (const { body } of loops) yield* projectionsOf(body);
}

/** The module that an instance is one of. */
export function moduleOf({ module }: Instance, { modules }: StudiedNetwork): Network | undefined {
  return modules.get(module);
}
