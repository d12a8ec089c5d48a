/** `network` and `module` declarations with the modules that they use. */
import type { ModuleItem, NetworkItem } from '../syntax/network.js';
import { Elaboration } from './elaborate-network.js';
import type { LoweredNetwork, LoweringContext } from './lowering-context.js';

/** The network, or the module with its parameters at their defaults; parts with a reported mistake are left out. */
export function lowerNetwork(item: NetworkItem | ModuleItem, context: LoweringContext): LoweredNetwork {
  const elaboration = new Elaboration();
  const { name } = item.name;
  const values = item.kind === 'network' ? context.networkValues(name) : new Map<string, number>();
  const { network, parts, outputs } = elaboration.elaborate(item, { name, values }, context);
  return { network, parts, outputs, modules: elaboration.modules };
}
