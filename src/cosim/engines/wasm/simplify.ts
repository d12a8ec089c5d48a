/** Local identities that keep the word graph small: constants, neutral elements, trivial choices. */
import type { BinaryOperator, NodeId, WordGraph } from './word-graph.js';
import { ones } from './word-width.js';

/** An existing or simpler node that equals the operation, or undefined. */
export function simplifyBinary(
  graph: WordGraph,
  operator: BinaryOperator,
  left: NodeId,
  right: NodeId,
): NodeId | undefined {
  const width = graph.widthOf(left);
  const a = graph.constantOf(left);
  const b = graph.constantOf(right);
  if (a !== undefined && b !== undefined) return foldConstants(graph, operator, { width, a, b });
  if (a !== undefined && isCommutative(operator)) return graph.binary(operator, right, left);
  if (b !== undefined) return IDENTITIES[operator]({ graph, left, b, width });
  if (a === 0n && (operator === 'shl' || operator === 'shr' || operator === 'sar')) return left;
  if (left === right) return simplifyTwins(graph, operator, left);
  return undefined;
}

function isCommutative(operator: BinaryOperator): boolean {
  return ['and', 'or', 'xor', 'add', 'mul', 'eq'].includes(operator);
}

interface ConstantPair {
  readonly width: number;
  readonly a: bigint;
  readonly b: bigint;
}

/** The value of an operation on constants before it is cut to the result's width; undefined for a division by zero. */
type Folding = (pair: ConstantPair) => bigint | undefined;

const signed = (width: number, value: bigint): bigint => BigInt.asIntN(width, value);

const FOLDINGS: Readonly<Record<BinaryOperator, Folding>> = {
  and: ({ a, b }) => a & b,
  or: ({ a, b }) => a | b,
  xor: ({ a, b }) => a ^ b,
  add: ({ a, b }) => a + b,
  sub: ({ a, b }) => a - b,
  mul: ({ a, b }) => a * b,
  divu: ({ a, b }) => (b === 0n ? undefined : a / b),
  remu: ({ a, b }) => (b === 0n ? undefined : a % b),
  shl: ({ a, b }) => a << b,
  shr: ({ a, b }) => a >> b,
  sar: ({ width, a, b }) => signed(width, a) >> b,
  eq: ({ a, b }) => BigInt(a === b),
  ltu: ({ a, b }) => BigInt(a < b),
  lts: ({ width, a, b }) => BigInt(signed(width, a) < signed(width, b)),
};

function foldConstants(graph: WordGraph, operator: BinaryOperator, pair: ConstantPair): NodeId | undefined {
  const value = FOLDINGS[operator](pair);
  const isTest = operator === 'eq' || operator === 'ltu' || operator === 'lts';
  return value === undefined ? undefined : graph.constant(isTest ? 1 : pair.width, value);
}

/** An operation whose right operand is the constant `b`. */
interface WithConstant {
  readonly graph: WordGraph;
  readonly left: NodeId;
  readonly b: bigint;
  readonly width: number;
}

type Identity = (operation: WithConstant) => NodeId | undefined;

const zeroIsNeutral: Identity = ({ left, b }) => (b === 0n ? left : undefined);
const zero = ({ graph, width }: WithConstant): NodeId => graph.constant(width, 0n);
const unknown: Identity = () => undefined;

const IDENTITIES: Readonly<Record<BinaryOperator, Identity>> = {
  and: (operation) => (operation.b === 0n ? zero(operation) : isOnes(operation) ? operation.left : undefined),
  or: (operation) =>
    isOnes(operation) ? operation.graph.constant(operation.width, operation.b) : zeroIsNeutral(operation),
  xor: (operation) => (isOnes(operation) ? undoneNot(operation.graph, operation.left) : zeroIsNeutral(operation)),
  add: zeroIsNeutral,
  sub: zeroIsNeutral,
  shl: zeroIsNeutral,
  shr: zeroIsNeutral,
  sar: zeroIsNeutral,
  mul: (operation) => (operation.b === 0n ? zero(operation) : operation.b === 1n ? operation.left : undefined),
  divu: ({ left, b }) => (b === 1n ? left : undefined),
  remu: unknown,
  eq: ({ graph, left, b }) => simplifyEquality(graph, left, b),
  ltu: ({ graph, left, b }) => (b === 0n ? graph.constant(1, 0n) : b === 1n ? graph.not(graph.any(left)) : undefined),
  lts: unknown,
};

function isOnes({ width, b }: WithConstant): boolean {
  return b === ones(width);
}

/** The operand of a complement. */
function undoneNot(graph: WordGraph, id: NodeId): NodeId | undefined {
  const node = graph.node(id);
  const isNot = node.kind === 'binary' && node.operator === 'xor' && graph.constantOf(node.right) === ones(node.width);
  return isNot ? node.left : undefined;
}

function simplifyEquality(graph: WordGraph, left: NodeId, b: bigint): NodeId | undefined {
  if (graph.widthOf(left) === 1) return b === 1n ? left : graph.not(left);
  return b === 0n ? graph.not(graph.any(left)) : undefined;
}

function simplifyTwins(graph: WordGraph, operator: BinaryOperator, twin: NodeId): NodeId | undefined {
  switch (operator) {
    case 'and':
    case 'or':
      return twin;
    case 'xor':
    case 'sub':
      return graph.constant(graph.widthOf(twin), 0n);
    case 'eq':
      return graph.constant(1, 1n);
    case 'ltu':
    case 'lts':
      return graph.constant(1, 0n);
    default:
      return undefined;
  }
}

/** Like {@link simplifyBinary}, for a choice. */
export function simplifyMux(
  graph: WordGraph,
  condition: NodeId,
  whenTrue: NodeId,
  whenFalse: NodeId,
): NodeId | undefined {
  const chosen = graph.constantOf(condition);
  if (chosen !== undefined) return chosen === 1n ? whenTrue : whenFalse;
  if (whenTrue === whenFalse) return whenTrue;
  const positive = undoneNot(graph, condition);
  if (positive !== undefined) return graph.mux(positive, whenFalse, whenTrue);
  if (graph.widthOf(whenTrue) !== 1) return undefined;
  const a = graph.constantOf(whenTrue);
  const b = graph.constantOf(whenFalse);
  if (a === 1n) return graph.binary('or', condition, whenFalse);
  if (b === 0n) return graph.binary('and', condition, whenTrue);
  if (a === 0n) return graph.binary('and', graph.not(condition), whenFalse);
  if (b === 1n) return graph.binary('or', graph.not(condition), whenTrue);
  return undefined;
}
