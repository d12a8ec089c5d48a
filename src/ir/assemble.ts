/**
 * The assembler: gives every word of a program an address. The hardware finds a successor as `next | slot`, so all
 * successors of a word lie in one aligned group; where groups compete for a word it is copied.
 */
import { invariant } from '../core/invariant.js';
import { allocateLoops, type LoopPlan } from './allocate-loops.js';
import { programGraph, type ProgramGraph, type WordNode } from './program-graph.js';
import type { PulseOperation } from './scheduled.js';

/** One word before its fields are packed. */
export interface AssembledWord {
  readonly node: WordNode;
  /** Address whose bits join the slot of the successor. */
  readonly next: number;
}

export interface AssembledProgram {
  /** By address; undefined where nothing ever runs. */
  readonly words: readonly (AssembledWord | undefined)[];
  readonly entry: number;
  readonly entryWithoutWork: number;
  readonly graph: ProgramGraph;
  readonly plan: LoopPlan;
}

/** Words of `operations`, which are in the normal form of close-loops.ts; undefined where its loops do not fit. */
export function assemble(operations: readonly PulseOperation[]): AssembledProgram | undefined {
  const plan = allocateLoops(operations);
  if (!plan) return undefined;
  const graph = programGraph(operations, plan);
  const memory = new Placement(graph);
  return {
    words: memory.words(),
    entry: memory.addressOf(graph.entry),
    entryWithoutWork: memory.addressOf(graph.entryWithoutWork),
    graph,
    plan,
  };
}

/** Every word that a run can come to, once, in the order of the program. */
export function wordsOf({ entry, entryWithoutWork }: ProgramGraph): readonly WordNode[] {
  const found = new Set<WordNode>();
  const waiting: WordNode[] = [entryWithoutWork, entry];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    waiting.push(...successorsOf(node).map(([, successor]) => successor));
  }
  return [...found];
}

/** Slots of `node` and what follows there. */
export function successorsOf(node: WordNode): readonly (readonly [number, WordNode])[] {
  return [...node.successors].map(([slot, link]) => {
    invariant(link.node, 'a complete graph has no open end');
    return [slot, link.node] as const;
  });
}

class Placement {
  readonly #memory: (WordNode | undefined)[] = [];
  readonly #next = new Map<WordNode, number>();
  /** A place of each word; copies are as good. */
  readonly #address = new Map<WordNode, number>();

  constructor(graph: ProgramGraph) {
    const nodes = wordsOf(graph);
    const grouped = nodes.filter(({ successors }) => successors.size > 1);
    // Larger groups first: they find a place less easily
    for (const node of grouped.toSorted((a, b) => slotBits(b) - slotBits(a))) this.#placeGroup(node);
    for (const node of nodes) if (!this.#address.has(node)) this.#put(node, this.#firstFree());
    for (const node of nodes) {
      if (node.successors.size !== 1) continue;
      for (const [, successor] of successorsOf(node)) this.#next.set(node, this.addressOf(successor));
    }
  }

  addressOf(node: WordNode): number {
    const address = this.#address.get(node);
    invariant(address !== undefined, 'every word has an address');
    return address;
  }

  words(): readonly (AssembledWord | undefined)[] {
    return Array.from(this.#memory, (node) => node && { node, next: this.#next.get(node) ?? 0 });
  }

  /** The lowest aligned group whose places are free or hold the right words already. */
  #placeGroup(node: WordNode): void {
    const slots = slotBits(node);
    const wanted = successorsOf(node);
    let base = 0;
    while ((base & slots) !== 0 || !wanted.every(([slot, word]) => this.#suits(base | slot, word))) base += 1;
    for (const [slot, word] of wanted) this.#put(word, base | slot);
    this.#next.set(node, base);
  }

  #suits(address: number, node: WordNode): boolean {
    return this.#memory[address] === undefined || this.#memory[address] === node;
  }

  #firstFree(): number {
    let address = 0;
    while (this.#memory[address]) address += 1;
    return address;
  }

  #put(node: WordNode, address: number): void {
    this.#memory[address] = node;
    if (!this.#address.has(node)) this.#address.set(node, address);
  }
}

/** Address bits in which the successors of a word differ. */
function slotBits({ successors }: WordNode): number {
  return [...successors.keys()].reduce((bits, slot) => bits | slot, 0);
}
