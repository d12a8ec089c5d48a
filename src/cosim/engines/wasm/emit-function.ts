/** Turns placed nodes into the instructions of one function: shared values in locals, the rest as nested expressions. */
import { invariant } from '../../../core/invariant.js';
import type { FunctionWriter, ValueType } from './encoder.js';
import { emitOperation, typeOf } from './emit-operation.js';
import type { MemoryMap } from './memory-map.js';
import { Placement, type BlockId, type MuxGroup, type Task } from './placement.js';
import { operandsOf, type NodeId, type WordGraph } from './word-graph.js';

/** A unit of a block's schedule. */
type Branch =
  | { readonly kind: 'mux'; readonly group: MuxGroup }
  | { readonly kind: 'task'; readonly task: Task; readonly block: BlockId };

export class FunctionEmitter {
  readonly code: FunctionWriter;
  readonly graph: WordGraph;
  readonly map: MemoryMap;
  readonly #tasks: readonly Task[];
  readonly #placement: Placement;
  readonly #locals = new Map<NodeId, number>();
  readonly #shared: ReadonlySet<NodeId>;
  readonly #done = new Set<NodeId | Branch>();
  readonly #nodesOf = new Map<BlockId, NodeId[]>();
  readonly #ownerOf = new Map<BlockId, Branch>();
  /** Nodes outside of a branch that must be there before it starts. */
  readonly #externals = new Map<Branch, Set<NodeId>>();

  constructor(code: FunctionWriter, circuit: { graph: WordGraph; map: MemoryMap }, tasks: readonly Task[]) {
    this.code = code;
    this.graph = circuit.graph;
    this.map = circuit.map;
    this.#tasks = tasks;
    this.#placement = new Placement(this.graph, tasks);
    for (const group of this.#placement.groups) {
      if (!group.isBranch) continue;
      const branch: Branch = { kind: 'mux', group };
      this.#ownerOf.set(group.whenTrue, branch).set(group.whenFalse, branch);
    }
    tasks.forEach((task, index) => {
      const block = this.#placement.taskBlocks[index];
      if (block !== undefined && task.condition !== undefined) this.#ownerOf.set(block, { kind: 'task', task, block });
    });
    this.#shared = this.#collectUses();
  }

  /** Computes the values of all tasks into locals. */
  computeTasks(): void {
    this.#emitBlock(0);
    for (const block of this.#placement.taskBlocks) {
      const branch = this.#ownerOf.get(block);
      if (branch) this.#ensureBranch(branch);
    }
  }

  /** Pushes the value of a node in the type of its width. */
  push(id: NodeId): void {
    const local = this.#locals.get(id);
    if (local !== undefined) this.code.indexed('local.get', local);
    else emitOperation(this, id);
  }

  /** Pushes the value in a wanted type; values are unsigned. */
  pushAs(id: NodeId, type: ValueType): void {
    const constant = this.graph.constantOf(id);
    if (constant !== undefined) {
      this.code.constant(type, constant);
      return;
    }
    this.push(id);
    const own = typeOf(this.graph.widthOf(id));
    if (own !== type) this.code.op(type === 'i32' ? 'i32.wrap_i64' : 'i64.extend_i32_u');
  }

  /** Finds the nodes that need a local, lists the nodes of each block and what branches take from outside. */
  #collectUses(): ReadonlySet<NodeId> {
    const shared = new Set<NodeId>();
    for (let id = 0; id < this.graph.size; id++) {
      const block = this.#placement.blockOf(id);
      if (block === undefined) continue;
      const nodes = this.#nodesOf.get(block) ?? [];
      nodes.push(id);
      this.#nodesOf.set(block, nodes);
      if (this.#placement.usersOf(id).length > 1 || this.#placement.branchOf(id)) shared.add(id);
      this.#noteOperands(id, block, shared);
    }
    this.#tasks.forEach(({ condition, values }, index) => {
      const block = this.#placement.taskBlocks[index] ?? 0;
      for (const value of values) {
        shared.add(value);
        this.#noteUse(value, block, shared);
      }
      if (condition !== undefined) shared.add(condition);
    });
    return shared;
  }

  #noteOperands(id: NodeId, block: BlockId, shared: Set<NodeId>): void {
    const branch = this.#placement.branchOf(id);
    const node = this.graph.node(id);
    if (!branch || node.kind !== 'mux') {
      for (const operand of operandsOf(node)) this.#noteUse(operand, block, shared);
      return;
    }
    this.#noteUse(node.condition, block, shared);
    this.#noteUse(node.whenTrue, branch.whenTrue, shared);
    this.#noteUse(node.whenFalse, branch.whenFalse, shared);
  }

  /** A use from inside a branch of a node outside: the branch, seen from the node's block, needs it first. */
  #noteUse(operand: NodeId, from: BlockId, shared: Set<NodeId>): void {
    const home = this.#placement.blockOf(operand);
    if (home === undefined || home === from) return;
    shared.add(operand);
    let inner = from;
    while (this.#placement.parentOf(inner) !== home) inner = this.#placement.parentOf(inner);
    const branch = this.#ownerOf.get(inner);
    invariant(branch, 'a block below another belongs to a branch');
    const externals = this.#externals.get(branch) ?? new Set<NodeId>();
    this.#externals.set(branch, externals.add(operand));
  }

  #emitBlock(block: BlockId): void {
    for (const id of this.#nodesOf.get(block) ?? []) this.#ensure(id, block);
  }

  #ensure(id: NodeId, block: BlockId): void {
    if (this.#done.has(id) || this.#placement.blockOf(id) !== block) return;
    this.#done.add(id);
    const group = this.#placement.branchOf(id);
    if (group) {
      const branch = this.#ownerOf.get(group.whenTrue);
      invariant(branch, 'a branch owns its arms');
      this.#ensureBranch(branch);
      return;
    }
    for (const operand of operandsOf(this.graph.node(id))) this.#ensure(operand, block);
    if (this.#shared.has(id)) this.#store(id);
  }

  /** Evaluates a node into its local. */
  #store(id: NodeId): void {
    emitOperation(this, id);
    this.code.indexed('local.set', this.#localOf(id));
  }

  #localOf(id: NodeId): number {
    const known = this.#locals.get(id);
    if (known !== undefined) return known;
    const local = this.code.local(typeOf(this.graph.widthOf(id)));
    this.#locals.set(id, local);
    return local;
  }

  #ensureBranch(branch: Branch): void {
    if (this.#done.has(branch)) return;
    this.#done.add(branch);
    const home = branch.kind === 'mux' ? this.#placement.parentOf(branch.group.whenTrue) : 0;
    const condition = branch.kind === 'mux' ? branch.group.condition : branch.task.condition;
    invariant(condition !== undefined, 'a branch has a condition');
    this.#ensure(condition, home);
    for (const external of this.#externals.get(branch) ?? []) this.#ensure(external, home);
    this.push(condition);
    this.code.open('if');
    if (branch.kind === 'mux') this.#emitArms(branch.group);
    else this.#emitBlock(branch.block);
    this.code.op('end');
  }

  #emitArms(group: MuxGroup): void {
    this.#emitBlock(group.whenTrue);
    this.#assignMembers(group, 'whenTrue');
    this.code.op('else');
    this.#emitBlock(group.whenFalse);
    this.#assignMembers(group, 'whenFalse');
  }

  #assignMembers(group: MuxGroup, arm: 'whenTrue' | 'whenFalse'): void {
    for (const member of group.members) {
      const node = this.graph.node(member);
      invariant(node.kind === 'mux', 'members of a group are muxes');
      this.push(node[arm]);
      this.code.indexed('local.set', this.#localOf(member));
    }
  }
}
