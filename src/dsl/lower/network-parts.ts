/** What a network consists of while its wiring is lowered: names by kind; those with a reported mistake are undefined. */
import type { InputPort, Instance, Network, Population } from '../../ir/graph.js';
import type { LoopIndex } from '../network/index-values.js';
import type { Binding, Scope } from '../check/scope.js';
import type { LoweringContext } from './lowering-context.js';
import type { Place } from './resolve-place.js';

/** The parts of a network that wiring refers to. */
export interface NetworkParts {
  readonly populations: ReadonlyMap<string, Population | undefined>;
  readonly inputs: ReadonlyMap<string, InputPort | undefined>;
  readonly instances: ReadonlyMap<string, PlacedInstance | undefined>;
  /** What populations and ports send on average, as equations see it: `vta.rate`, `critic.value`. */
  readonly signals: ReadonlyMap<string, Binding>;
}

/** An instance with the module that it is one of. */
export interface PlacedInstance {
  readonly instance: Instance;
  readonly module: ElaboratedNetwork;
}

/** A network, or a module with all its settings. */
export interface ElaboratedNetwork {
  readonly network: Network;
  readonly parts: NetworkParts;
  readonly outputs: ReadonlyMap<string, Place | undefined>;
}

/** What wiring is lowered in; the scope holds the indices of the loops around it. */
export interface WiringContext extends LoweringContext {
  readonly parts: NetworkParts;
  readonly loops: readonly LoopIndex[];
  /** Scope of numbers that are the same in every round of a loop. */
  readonly fixed: Scope;
}
