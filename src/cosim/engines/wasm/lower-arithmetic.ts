/** Adding, multiplying and dividing cells. */
import type { CellLowering, CellView } from './cell-view.js';
import { bitAt, choose, constantVector, slice, vectorOf, wordAt, zip, WORD_BITS, type Vector } from './vector.js';
import type { NodeId, WordGraph } from './word-graph.js';

/** `a + b + carry` modulo the width, word by word with the carry between. */
function add(graph: WordGraph, a: Vector, b: Vector): Vector {
  let carry = graph.constant(1, 0n);
  return vectorOf(a.width, (index, bits) => {
    const x = wordAt(a, index);
    const sum = graph.binary('add', x, wordAt(b, index));
    const total = graph.binary('add', sum, graph.widen(carry, bits));
    if (index < a.words.length - 1) {
      carry = graph.binary('or', graph.binary('ltu', sum, x), graph.binary('ltu', total, sum));
    }
    return total;
  });
}

export function subtract(graph: WordGraph, a: Vector, b: Vector): Vector {
  let borrow = graph.constant(1, 0n);
  return vectorOf(a.width, (index, bits) => {
    const [x, y] = [wordAt(a, index), wordAt(b, index)];
    const difference = graph.binary('sub', x, y);
    const wide = graph.widen(borrow, bits);
    const total = graph.binary('sub', difference, wide);
    if (index < a.words.length - 1) {
      borrow = graph.binary('or', graph.binary('ltu', x, y), graph.binary('ltu', difference, wide));
    }
    return total;
  });
}

export function negate(graph: WordGraph, vector: Vector): Vector {
  return subtract(graph, constantVector(graph, vector.width, 0n), vector);
}

/** Schoolbook product of 32-bit limbs: a limb product and two carries fit a 64-bit word. */
function multiply(graph: WordGraph, a: Vector, b: Vector): Vector {
  const { width } = a;
  if (width <= WORD_BITS) return zip(a, b, (x, y) => graph.binary('mul', x, y));
  const [limbsA, limbsB] = [limbsOf(graph, a), limbsOf(graph, b)];
  const zero = graph.constant(WORD_BITS, 0n);
  const result: NodeId[] = limbsA.map(() => zero);
  limbsA.forEach((limbA, i) => {
    let carry = zero;
    for (let j = 0; i + j < limbsA.length; j++) {
      const product = graph.binary('mul', limbA, limbsB[j] ?? zero);
      const sum = graph.binary('add', graph.binary('add', product, result[i + j] ?? zero), carry);
      result[i + j] = graph.widen(graph.extract(sum, 0, 32), WORD_BITS);
      carry = graph.widen(graph.extract(sum, 32, 32), WORD_BITS);
    }
  });
  const words = vectorOf(result.length * 32, (index, bits) => {
    const low = graph.extract(result[2 * index] ?? zero, 0, Math.min(bits, 32));
    if (bits <= 32) return low;
    const high = graph.extract(result[2 * index + 1] ?? zero, 0, bits - 32);
    return graph.binary(
      'or',
      graph.widen(low, bits),
      graph.binary('shl', graph.widen(high, bits), graph.constant(7, 32n)),
    );
  });
  return slice(graph, words, 0, width);
}

function limbsOf(graph: WordGraph, vector: Vector): NodeId[] {
  const limbs: NodeId[] = [];
  for (let offset = 0; offset < vector.width; offset += 32) {
    const limb = slice(graph, vector, offset, Math.min(32, vector.width - offset));
    limbs.push(graph.widen(wordAt(limb, 0), WORD_BITS));
  }
  return limbs;
}

function arithmetic(compute: (graph: WordGraph, a: Vector, b: Vector) => Vector): CellLowering {
  return (cell) => {
    const { a, b } = cell.pair(cell.resultWidth);
    return compute(cell.graph, a, b);
  };
}

/** Division toward zero of up to 64 bits; the remainder has the dividend's sign; by zero both are zero. */
function dividing(part: 'divu' | 'remu'): CellLowering {
  return (cell) => {
    const width = Math.max(cell.commonWidth, cell.resultWidth);
    if (width > WORD_BITS) return undefined;
    const { a, b, isSigned } = cell.pair(width);
    const { graph } = cell;
    if (!isSigned) return slice(graph, divideUnsigned(graph, part, a, b), 0, cell.resultWidth);
    const [signA, signB] = [bitAt(graph, a, width - 1), bitAt(graph, b, width - 1)];
    const magnitude = divideUnsigned(graph, part, absolute(graph, a), absolute(graph, b));
    const isNegative = part === 'divu' ? graph.binary('xor', signA, signB) : signA;
    return slice(graph, choose(graph, isNegative, negate(graph, magnitude), magnitude), 0, cell.resultWidth);
  };
}

function absolute(graph: WordGraph, vector: Vector): Vector {
  return choose(graph, bitAt(graph, vector, vector.width - 1), negate(graph, vector), vector);
}

/** WebAssembly traps on a zero divisor, so the divisor is made one there and the result zero. */
function divideUnsigned(graph: WordGraph, part: 'divu' | 'remu', a: Vector, b: Vector): Vector {
  return zip(a, b, (x, y) => {
    const width = graph.widthOf(y);
    const isSafe = graph.any(y);
    const divisor = graph.mux(isSafe, y, graph.constant(width, 1n));
    return graph.mux(isSafe, graph.binary(part, x, divisor), graph.constant(width, 0n));
  });
}

function negated(cell: CellView): Vector {
  return negate(cell.graph, cell.left(cell.resultWidth));
}

export const ARITHMETIC_CELLS: Readonly<Record<string, CellLowering>> = {
  $add: arithmetic(add),
  $sub: arithmetic(subtract),
  $mul: arithmetic(multiply),
  $div: dividing('divu'),
  $mod: dividing('remu'),
  $neg: negated,
};
