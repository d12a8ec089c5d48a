/** The instructions of one node. Results keep the graph's promise: zero bits above the width. */
import { unreachable } from '../../../core/invariant.js';
import type { FunctionWriter, Opcode, ValueType } from './encoder.js';
import type { MemoryMap } from './memory-map.js';
import type { BinaryOperator, NodeId, UnaryOperator, WordGraph, WordNode } from './word-graph.js';
import { carrierBits, ones } from './word-width.js';

/** What the instructions of a node need from the function that they are part of. */
export interface OperandSource {
  readonly code: FunctionWriter;
  readonly graph: WordGraph;
  readonly map: MemoryMap;
  push(id: NodeId): void;
  pushAs(id: NodeId, type: ValueType): void;
}

/** The type that carries words of a width. */
export function typeOf(width: number): ValueType {
  return carrierBits(width) === 32 ? 'i32' : 'i64';
}

export function emitOperation(target: OperandSource, id: NodeId): void {
  const node = target.graph.node(id);
  const { code, map } = target;
  const type = typeOf(node.width);
  switch (node.kind) {
    case 'constant':
      code.constant(type, node.value);
      return;
    case 'input':
      code.constant('i32', 0n);
      code.memory(`${type}.load`, map.ioBase + node.byteOffset);
      mask(code, node.width, 'dirty');
      return;
    case 'state':
      code.constant('i32', 0n);
      code.memory(`${type}.load`, map.stateBase + 8 * node.index);
      return;
    case 'read':
      emitEntryAddress(target, node.memory, node.address);
      code.memory(entryAccess('load', map, node), entryOffset(map, node));
      return;
    case 'unary':
      emitUnary(target, node);
      return;
    case 'extract':
      emitExtract(target, node);
      return;
    case 'binary':
      emitBinary(target, node);
      return;
    case 'mux':
      target.push(node.whenTrue);
      target.push(node.whenFalse);
      target.push(node.condition);
      code.op('select');
      return;
    default:
      unreachable(node);
  }
}

/** Pushes the byte distance of an entry from the start of its memory. */
export function emitEntryAddress(target: OperandSource, memory: number, address: NodeId): void {
  const stride = target.map.memories[memory]?.stride ?? 1;
  target.pushAs(address, 'i32');
  if (stride === 1) return;
  target.code.constant('i32', BigInt(stride));
  target.code.op('i32.mul');
}

interface EntryWord {
  readonly memory: number;
  readonly word: number;
  readonly width: number;
}

export function entryOffset(map: MemoryMap, { memory, word }: EntryWord): number {
  return (map.memories[memory]?.base ?? 0) + 8 * word;
}

/** The load or store that moves a word of an entry without touching its neighbours. */
export function entryAccess(access: 'load' | 'store', map: MemoryMap, { memory, width }: EntryWord): Opcode {
  const stride = map.memories[memory]?.stride ?? 1;
  if (stride === 1) return access === 'load' ? 'i32.load8_u' : 'i32.store8';
  if (stride === 2) return access === 'load' ? 'i32.load16_u' : 'i32.store16';
  return `${typeOf(width)}.${access}`;
}

/** Clears the bits above the width, where an operation can have set them. */
function mask(code: FunctionWriter, width: number, state: 'clean' | 'dirty'): void {
  if (state === 'clean' || width === carrierBits(width)) return;
  code.constant(typeOf(width), ones(width));
  code.op(`${typeOf(width)}.and`);
}

function emitUnary(target: OperandSource, node: Extract<WordNode, { kind: 'unary' }>): void {
  const { code } = target;
  const source = typeOf(target.graph.widthOf(node.operand));
  const operator: UnaryOperator = node.operator;
  switch (operator) {
    case 'any':
      target.push(node.operand);
      code.constant(source, 0n);
      code.op(`${source}.ne`);
      return;
    case 'parity':
      target.push(node.operand);
      code.op(`${source}.popcnt`);
      if (source === 'i64') code.op('i32.wrap_i64');
      code.constant('i32', 1n);
      code.op('i32.and');
      return;
    case 'zext':
      target.pushAs(node.operand, typeOf(node.width));
      return;
    case 'fill': {
      const type = typeOf(node.width);
      code.constant(type, 0n);
      target.pushAs(node.operand, type);
      code.op(`${type}.sub`);
      mask(code, node.width, 'dirty');
      return;
    }
    default:
      unreachable(operator);
  }
}

function emitExtract(target: OperandSource, node: Extract<WordNode, { kind: 'extract' }>): void {
  const { code } = target;
  const sourceWidth = target.graph.widthOf(node.operand);
  const source = typeOf(sourceWidth);
  target.push(node.operand);
  if (node.offset > 0) {
    code.constant(source, BigInt(node.offset));
    code.op(`${source}.shr_u`);
  }
  if (source === 'i64' && typeOf(node.width) === 'i32') code.op('i32.wrap_i64');
  mask(code, node.width, node.offset + node.width < sourceWidth ? 'dirty' : 'clean');
}

/** Instruction of each operator, and whether its result can exceed the width. */
const BINARY_CODES = {
  and: ['and', 'clean'],
  or: ['or', 'clean'],
  xor: ['xor', 'clean'],
  add: ['add', 'dirty'],
  sub: ['sub', 'dirty'],
  mul: ['mul', 'dirty'],
  divu: ['div_u', 'clean'],
  remu: ['rem_u', 'clean'],
  shl: ['shl', 'dirty'],
  shr: ['shr_u', 'clean'],
  sar: ['shr_s', 'dirty'],
  eq: ['eq', 'clean'],
  ltu: ['lt_u', 'clean'],
  lts: ['lt_s', 'clean'],
} as const satisfies Record<BinaryOperator, readonly [string, 'clean' | 'dirty']>;

function emitBinary(target: OperandSource, node: Extract<WordNode, { kind: 'binary' }>): void {
  const { operator, left, right } = node;
  const width = target.graph.widthOf(left);
  const type = typeOf(width);
  target.push(left);
  if (operator === 'sar' || operator === 'lts') signExtend(target.code, width);
  target.pushAs(right, type);
  if (operator === 'lts') signExtend(target.code, width);
  const [name, state] = BINARY_CODES[operator];
  target.code.op(`${type}.${name}`);
  mask(target.code, node.width, state);
}

/** Copies the top bit of a word into the bits above its width. */
function signExtend(code: FunctionWriter, width: number): void {
  const type = typeOf(width);
  const spare = carrierBits(width) - width;
  if (spare === 0) return;
  for (const name of ['shl', 'shr_s'] as const) {
    code.constant(type, BigInt(spare));
    code.op(`${type}.${name}`);
  }
}
