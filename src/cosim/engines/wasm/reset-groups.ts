/** Registers by asynchronous reset, in an order in which a reset made by one group's registers comes after that group. */
import type { Circuit, Register } from './circuit.js';
import { operandsOf, type NodeId, type WordGraph } from './word-graph.js';

export interface ResetGroup {
  readonly active: NodeId;
  readonly registers: readonly Register[];
  /** Whether the reset can change at a clock edge, because it depends on registers or on strobes. */
  readonly followsState: boolean;
}

/** The groups, or the names of registers whose resets depend on each other in a circle. */
export function groupResets(circuit: Circuit): ResetGroup[] | { readonly circle: readonly string[] } {
  const groups = new Map<NodeId, Register[]>();
  for (const register of circuit.registers) {
    if (register.resetActive === undefined) continue;
    groups.set(register.resetActive, [...(groups.get(register.resetActive) ?? []), register]);
  }
  const pending = [...groups].map(([active, registers]) => {
    const values = registers.flatMap(({ words }) => words.flatMap(({ reset }) => reset ?? []));
    return { active, registers, ...sourcesOf(circuit.graph, [active, ...values]) };
  });
  const strobes = new Set(circuit.strobeWords.map((word) => 4 * word));
  const ordered: ResetGroup[] = [];
  while (pending.length > 0) {
    const next = pending.findIndex(({ states }) => !pending.some((other) => owns(other.registers, states)));
    const [group] = next < 0 ? [] : pending.splice(next, 1);
    if (!group) return { circle: pending.flatMap(({ registers }) => registers.map((register) => register.name)) };
    const followsState = group.states.size > 0 || [...group.inputs].some((offset) => strobes.has(offset));
    ordered.push({ active: group.active, registers: group.registers, followsState });
  }
  return ordered;
}

/**
 * The circuit in which resets that can end at the very edge that they still cover hold their registers there:
 * such a reset is part of the next value.
 */
export function foldLiveResets(circuit: Circuit, groups: readonly ResetGroup[]): Circuit {
  const live = new Set(groups.filter((group) => group.followsState).map((group) => group.active));
  const registers = circuit.registers.map((register): Register => {
    const { resetActive: active, enable, words } = register;
    if (active === undefined || !live.has(active)) return register;
    return {
      ...register,
      words: words.map((word) => ({ ...word, next: circuit.graph.mux(active, word.reset ?? word.next, word.next) })),
      ...(enable !== undefined && { enable: circuit.graph.binary('or', enable, active) }),
    };
  });
  return { ...circuit, registers };
}

function owns(registers: readonly Register[], states: ReadonlySet<number>): boolean {
  return registers.some(({ words }) => words.some(({ state }) => states.has(state)));
}

/** State words and input offsets that the values depend on. */
function sourcesOf(graph: WordGraph, roots: readonly NodeId[]): { states: Set<number>; inputs: Set<number> } {
  const [states, inputs, seen] = [new Set<number>(), new Set<number>(), new Set<NodeId>()];
  const pending = [...roots];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const node = graph.node(id);
    if (node.kind === 'state') states.add(node.index);
    if (node.kind === 'input') inputs.add(node.byteOffset);
    pending.push(...operandsOf(node));
  }
  return { states, inputs };
}
