/**
 * Combinational logic as a graph of operations on words of 1 to 64 bits; every value has zero bits above its width.
 * Equal nodes are one node, and a node's operands have smaller ids, so ascending ids are a topological order.
 */
import { invariant } from '../../../core/invariant.js';
import { simplifyBinary, simplifyMux } from './simplify.js';
import { ones } from './word-width.js';

export type NodeId = number;

/** Operands of equal width; `shl`, `shr` and `sar` take an amount of any width below the bits of the carrier. */
export type BinaryOperator =
  ('and' | 'or' | 'xor' | 'add' | 'sub' | 'mul' | 'divu' | 'remu') | ('shl' | 'shr' | 'sar' | 'eq' | 'ltu' | 'lts');

/** `any`: not zero; `parity`: xor of the bits; `zext`: more width; `fill`: one bit copied to the width. */
export type UnaryOperator = 'any' | 'parity' | 'zext' | 'fill';

export type WordNode =
  | { readonly kind: 'constant'; readonly width: number; readonly value: bigint }
  /** Word at a byte offset of the I/O block. */
  | { readonly kind: 'input'; readonly width: number; readonly byteOffset: number }
  /** Word of the registers' state, by index. */
  | { readonly kind: 'state'; readonly width: number; readonly index: number }
  /** Word `word` of an entry; the address must be below the memory's size. */
  | {
      readonly kind: 'read';
      readonly width: number;
      readonly memory: number;
      readonly word: number;
      readonly address: NodeId;
    }
  | { readonly kind: 'unary'; readonly width: number; readonly operator: UnaryOperator; readonly operand: NodeId }
  | { readonly kind: 'extract'; readonly width: number; readonly offset: number; readonly operand: NodeId }
  | {
      readonly kind: 'binary';
      readonly width: number;
      readonly operator: BinaryOperator;
      readonly left: NodeId;
      readonly right: NodeId;
    }
  | {
      readonly kind: 'mux';
      readonly width: number;
      readonly condition: NodeId;
      readonly whenTrue: NodeId;
      readonly whenFalse: NodeId;
    };

/** The ids that a node reads. */
export function operandsOf(node: WordNode): readonly NodeId[] {
  switch (node.kind) {
    case 'constant':
    case 'input':
    case 'state':
      return [];
    case 'read':
      return [node.address];
    case 'unary':
    case 'extract':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'mux':
      return [node.condition, node.whenTrue, node.whenFalse];
  }
}

export class WordGraph {
  readonly #nodes: WordNode[] = [];
  readonly #ids = new Map<string, NodeId>();

  get size(): number {
    return this.#nodes.length;
  }

  node(id: NodeId): WordNode {
    const node = this.#nodes[id];
    invariant(node, `word graph has node ${String(id)}`);
    return node;
  }

  widthOf(id: NodeId): number {
    return this.node(id).width;
  }

  /** The value, where the node is a constant. */
  constantOf(id: NodeId): bigint | undefined {
    const node = this.node(id);
    return node.kind === 'constant' ? node.value : undefined;
  }

  constant(width: number, value: bigint): NodeId {
    return this.#intern({ kind: 'constant', width, value: BigInt.asUintN(width, value) });
  }

  input(byteOffset: number, width: number): NodeId {
    return this.#intern({ kind: 'input', width, byteOffset });
  }

  state(index: number, width: number): NodeId {
    return this.#intern({ kind: 'state', width, index });
  }

  read(memory: number, word: number, address: NodeId, width: number): NodeId {
    return this.#intern({ kind: 'read', width, memory, word, address });
  }

  binary(operator: BinaryOperator, left: NodeId, right: NodeId): NodeId {
    const isShift = operator === 'shl' || operator === 'shr' || operator === 'sar';
    invariant(isShift || this.widthOf(left) === this.widthOf(right), `operands of ${operator} have equal widths`);
    const isTest = operator === 'eq' || operator === 'ltu' || operator === 'lts';
    const width = isTest ? 1 : this.widthOf(left);
    return (
      simplifyBinary(this, operator, left, right) ?? this.#intern({ kind: 'binary', width, operator, left, right })
    );
  }

  not(operand: NodeId): NodeId {
    const width = this.widthOf(operand);
    return this.binary('xor', operand, this.constant(width, ones(width)));
  }

  /** One bit: whether any bit of `operand` is set. */
  any(operand: NodeId): NodeId {
    if (this.widthOf(operand) === 1) return operand;
    const value = this.constantOf(operand);
    if (value !== undefined) return this.constant(1, value === 0n ? 0n : 1n);
    const node = this.node(operand);
    if (node.kind === 'unary' && node.operator === 'fill') return node.operand;
    if (node.kind === 'unary' && node.operator === 'zext') return this.any(node.operand);
    return this.#intern({ kind: 'unary', width: 1, operator: 'any', operand });
  }

  parity(operand: NodeId): NodeId {
    if (this.widthOf(operand) === 1) return operand;
    return this.#intern({ kind: 'unary', width: 1, operator: 'parity', operand });
  }

  /** The same value with at least as many bits. */
  widen(operand: NodeId, width: number): NodeId {
    const node = this.node(operand);
    invariant(node.width <= width, 'widening adds bits');
    if (node.width === width) return operand;
    if (node.kind === 'constant') return this.constant(width, node.value);
    const source = node.kind === 'unary' && node.operator === 'zext' ? node.operand : operand;
    return this.#intern({ kind: 'unary', width, operator: 'zext', operand: source });
  }

  /** `width` copies of one bit. */
  fill(bit: NodeId, width: number): NodeId {
    invariant(this.widthOf(bit) === 1, 'fill copies one bit');
    if (width === 1) return bit;
    const value = this.constantOf(bit);
    if (value !== undefined) return this.constant(width, value === 0n ? 0n : ones(width));
    return this.#intern({ kind: 'unary', width, operator: 'fill', operand: bit });
  }

  extract(operand: NodeId, offset: number, width: number): NodeId {
    const node = this.node(operand);
    invariant(offset + width <= node.width, 'an extract lies inside its operand');
    if (width === node.width) return operand;
    if (node.kind === 'constant') return this.constant(width, node.value >> BigInt(offset));
    if (node.kind === 'extract') return this.extract(node.operand, node.offset + offset, width);
    if (node.kind === 'unary' && node.operator === 'fill') return this.fill(node.operand, width);
    if (node.kind === 'unary' && node.operator === 'zext') {
      const inner = this.widthOf(node.operand);
      if (offset >= inner) return this.constant(width, 0n);
      if (offset + width <= inner) return this.extract(node.operand, offset, width);
    }
    return this.#intern({ kind: 'extract', width, offset, operand });
  }

  mux(condition: NodeId, whenTrue: NodeId, whenFalse: NodeId): NodeId {
    invariant(this.widthOf(condition) === 1, 'a condition is one bit');
    const width = this.widthOf(whenTrue);
    invariant(width === this.widthOf(whenFalse), 'arms of a mux have equal widths');
    return (
      simplifyMux(this, condition, whenTrue, whenFalse) ??
      this.#intern({ kind: 'mux', width, condition, whenTrue, whenFalse })
    );
  }

  #intern(node: WordNode): NodeId {
    const key = Object.values(node).join(',');
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#nodes.length;
    this.#nodes.push(node);
    this.#ids.set(key, id);
    return id;
  }
}
