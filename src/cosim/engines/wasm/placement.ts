/**
 * Decides where each node of a function is computed: as deep as all its users allow, so that work which only one
 * branch of a choice or one enabled group of registers needs is skipped whenever that branch is not taken.
 */
import { invariant } from '../../../core/invariant.js';
import { operandsOf, type NodeId, type WordGraph, type WordNode } from './word-graph.js';

/** Values that a function needs, all of them only where `condition` holds. */
export interface Task {
  readonly condition?: NodeId;
  readonly values: readonly NodeId[];
}

export type BlockId = number;

/** Muxes with one condition that are computed by one branch. */
export interface MuxGroup {
  readonly condition: NodeId;
  readonly block: BlockId;
  readonly whenTrue: BlockId;
  readonly whenFalse: BlockId;
  readonly members: NodeId[];
  /** Whether it becomes a branch; else its members are selects and its arms' nodes are computed always. */
  isBranch: boolean;
}

const ROOT: BlockId = 0;

/** Cost of the arms below which a select beats a branch [operations]. */
const BRANCH_COST = 8;

interface Block {
  readonly parent: BlockId;
  readonly depth: number;
  /** A block whose nodes moved to its parent. */
  isDissolved: boolean;
}

export class Placement {
  readonly groups: MuxGroup[] = [];
  /** Block of each task, in the order of the tasks. */
  readonly taskBlocks: readonly BlockId[];
  readonly #graph: WordGraph;
  readonly #blocks: Block[] = [{ parent: ROOT, depth: 0, isDissolved: false }];
  readonly #blockOf: Int32Array;
  readonly #groupOf: Int32Array;
  readonly #users: NodeId[][];
  readonly #openGroups = new Map<string, number[]>();

  constructor(graph: WordGraph, tasks: readonly Task[]) {
    this.#graph = graph;
    this.#blockOf = new Int32Array(graph.size).fill(-1);
    this.#groupOf = new Int32Array(graph.size).fill(-1);
    this.#users = Array.from({ length: graph.size }, () => []);
    this.taskBlocks = tasks.map((task) => this.#placeTask(task));
    for (let id = graph.size - 1; id >= 0; id--) this.#placeOperands(id);
    this.#chooseBranches();
  }

  /** The block that computes a node; undefined for constants and nodes that nobody needs. */
  blockOf(id: NodeId): BlockId | undefined {
    const block = this.#blockOf[id];
    return block === undefined || block < 0 ? undefined : this.#standing(block);
  }

  parentOf(block: BlockId): BlockId {
    return this.#standing(this.#block(block).parent);
  }

  /** The branch that computes a mux, if a branch does. */
  branchOf(id: NodeId): MuxGroup | undefined {
    const group = this.groups[this.#groupOf[id] ?? -1];
    return group?.isBranch ? group : undefined;
  }

  usersOf(id: NodeId): readonly NodeId[] {
    return this.#users[id] ?? [];
  }

  #placeTask({ condition, values }: Task): BlockId {
    const block = condition === undefined ? ROOT : this.#newBlock(ROOT);
    if (condition !== undefined) this.#use(condition, ROOT);
    for (const value of values) this.#use(value, block);
    return block;
  }

  #placeOperands(id: NodeId): void {
    const block = this.#blockOf[id] ?? -1;
    if (block < 0) return;
    const node = this.#graph.node(id);
    for (const operand of operandsOf(node)) this.#users[operand]?.push(id);
    if (node.kind !== 'mux') {
      for (const operand of operandsOf(node)) this.#use(operand, block);
      return;
    }
    const group = this.#joinGroup(id, block, node.condition);
    this.#use(node.condition, block);
    this.#use(node.whenTrue, group.whenTrue);
    this.#use(node.whenFalse, group.whenFalse);
  }

  #use(id: NodeId, block: BlockId): void {
    if (this.#graph.node(id).kind === 'constant') return;
    const known = this.#blockOf[id] ?? -1;
    this.#blockOf[id] = known < 0 ? block : this.#commonAncestor(known, block);
  }

  /** The open group of this block and condition, unless the mux feeds it; then a new one. */
  #joinGroup(id: NodeId, block: BlockId, condition: NodeId): MuxGroup {
    const key = `${String(block)},${String(condition)}`;
    const open = this.#openGroups.get(key) ?? [];
    const index = open.find((candidate) => !this.#feeds(id, candidate)) ?? this.#newGroup(block, condition);
    if (!open.includes(index)) this.#openGroups.set(key, [...open, index]);
    const group = this.groups[index];
    invariant(group, 'an open group exists');
    group.members.push(id);
    this.#groupOf[id] = index;
    return group;
  }

  #newGroup(block: BlockId, condition: NodeId): number {
    const [whenTrue, whenFalse] = [this.#newBlock(block), this.#newBlock(block)];
    this.groups.push({ condition, block, whenTrue, whenFalse, members: [], isBranch: true });
    return this.groups.length - 1;
  }

  /** Whether the group needs the node, directly, through nodes, or through other groups as wholes. */
  #feeds(id: NodeId, group: number): boolean {
    const seen = new Set<NodeId>([id]);
    const pending: NodeId[] = [id];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      for (const user of this.usersOf(node)) {
        const owner = this.#groupOf[user] ?? -1;
        if (owner === group) return true;
        for (const next of owner < 0 ? [user] : [user, ...(this.groups[owner]?.members ?? [])]) {
          if (seen.has(next)) continue;
          seen.add(next);
          pending.push(next);
        }
      }
    }
    return false;
  }

  /** Inner groups were made after the outer ones, so costs are known from the end of the list. */
  #chooseBranches(): void {
    const costs = new Float64Array(this.#blocks.length);
    this.#blockOf.forEach((block, id) => {
      if (block >= 0) costs[block] = (costs[block] ?? 0) + costOf(this.#graph.node(id));
    });
    for (const group of [...this.groups].reverse()) {
      const arms = (costs[group.whenTrue] ?? 0) + (costs[group.whenFalse] ?? 0);
      group.isBranch = arms >= BRANCH_COST;
      costs[group.block] = (costs[group.block] ?? 0) + arms;
      this.#block(group.whenTrue).isDissolved = !group.isBranch;
      this.#block(group.whenFalse).isDissolved = !group.isBranch;
    }
  }

  #newBlock(parent: BlockId): BlockId {
    this.#blocks.push({ parent, depth: this.#block(parent).depth + 1, isDissolved: false });
    return this.#blocks.length - 1;
  }

  #block(id: BlockId): Block {
    const block = this.#blocks[id];
    invariant(block, 'a block id is of this placement');
    return block;
  }

  #standing(id: BlockId): BlockId {
    let standing = id;
    while (this.#block(standing).isDissolved) standing = this.#block(standing).parent;
    return standing;
  }

  #commonAncestor(first: BlockId, second: BlockId): BlockId {
    let [a, b] = [first, second];
    while (a !== b) {
      if (this.#block(a).depth >= this.#block(b).depth) a = this.#block(a).parent;
      else b = this.#block(b).parent;
    }
    return a;
  }
}

/** Rough time of a node [operations]. */
function costOf(node: WordNode): number {
  switch (node.kind) {
    case 'constant':
      return 0;
    case 'read':
      return 3;
    case 'binary':
      return node.operator === 'divu' || node.operator === 'remu' ? 20 : 1;
    case 'input':
    case 'state':
    case 'unary':
    case 'extract':
    case 'mux':
      return 1;
  }
}
