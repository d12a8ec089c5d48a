/** Bitwise, reducing, logical and comparing cells. */
import type { CellLowering, CellView } from './cell-view.js';
import { anyBit, balanced, bitVector, resize, vectorOf, wordAt, zip, type Vector } from './vector.js';
import type { BinaryOperator, NodeId, WordGraph } from './word-graph.js';
import { ones } from './word-width.js';

/** A one-bit result in the width that the cell gives it. */
function truth(cell: CellView, bit: NodeId): Vector {
  return resize(cell.graph, bitVector(bit), cell.resultWidth, false);
}

function complement(graph: WordGraph, vector: Vector): Vector {
  return vectorOf(vector.width, (index) => graph.not(wordAt(vector, index)));
}

function bitwise(operator: BinaryOperator): CellLowering {
  return (cell) => {
    const { a, b } = cell.pair(cell.resultWidth);
    return zip(a, b, (x, y) => cell.graph.binary(operator, x, y));
  };
}

const exclusiveNor: CellLowering = (cell) => {
  const { a, b } = cell.pair(cell.resultWidth);
  return complement(
    cell.graph,
    zip(a, b, (x, y) => cell.graph.binary('xor', x, y)),
  );
};

/** One bit: whether all bits of the vector are set. */
function allBits(graph: WordGraph, vector: Vector): NodeId {
  const full = vector.words.map((word) => {
    const width = graph.widthOf(word);
    return graph.binary('eq', word, graph.constant(width, ones(width)));
  });
  return balanced(full, (x, y) => graph.binary('and', x, y)) ?? graph.constant(1, 1n);
}

function oddBits(graph: WordGraph, vector: Vector): NodeId {
  const bits = vector.words.map((word) => graph.parity(word));
  return balanced(bits, (x, y) => graph.binary('xor', x, y)) ?? graph.constant(1, 0n);
}

function reducing(reduce: (graph: WordGraph, vector: Vector) => NodeId): CellLowering {
  return (cell) => truth(cell, reduce(cell.graph, cell.operand('A')));
}

function logical(operator: 'and' | 'or'): CellLowering {
  return (cell) => {
    const a = anyBit(cell.graph, cell.operand('A'));
    const b = anyBit(cell.graph, cell.operand('B'));
    return truth(cell, cell.graph.binary(operator, a, b));
  };
}

/** One bit: whether the vectors, of equal width, are equal. */
export function equal(graph: WordGraph, a: Vector, b: Vector): NodeId {
  const words = a.words.map((word, index) => graph.binary('eq', word, wordAt(b, index)));
  return balanced(words, (x, y) => graph.binary('and', x, y)) ?? graph.constant(1, 1n);
}

/** One bit: whether `a < b`; only the top word of a signed number has a sign. */
export function less(graph: WordGraph, a: Vector, b: Vector, isSigned: boolean): NodeId {
  let result = graph.constant(1, 0n);
  a.words.forEach((word, index) => {
    const other = wordAt(b, index);
    const isTop = index === a.words.length - 1;
    const here = graph.binary(isSigned && isTop ? 'lts' : 'ltu', word, other);
    result = graph.binary('or', here, graph.binary('and', graph.binary('eq', word, other), result));
  });
  return result;
}

function comparing(test: (graph: WordGraph, a: Vector, b: Vector, isSigned: boolean) => NodeId): CellLowering {
  return (cell) => {
    const { a, b, isSigned } = cell.pair(cell.commonWidth);
    return truth(cell, test(cell.graph, a, b, isSigned));
  };
}

const unequal = comparing((graph, a, b) => graph.not(equal(graph, a, b)));

export const LOGIC_CELLS: Readonly<Record<string, CellLowering>> = {
  $pos: (cell) => cell.left(cell.resultWidth),
  $buf: (cell) => cell.left(cell.resultWidth),
  $not: (cell) => complement(cell.graph, cell.left(cell.resultWidth)),
  $and: bitwise('and'),
  $or: bitwise('or'),
  $xor: bitwise('xor'),
  $xnor: exclusiveNor,
  $reduce_and: reducing(allBits),
  $reduce_or: reducing(anyBit),
  $reduce_bool: reducing(anyBit),
  $reduce_xor: reducing(oddBits),
  $reduce_xnor: reducing((graph, vector) => graph.not(oddBits(graph, vector))),
  $logic_not: reducing((graph, vector) => graph.not(anyBit(graph, vector))),
  $logic_and: logical('and'),
  $logic_or: logical('or'),
  $eq: comparing(equal),
  $eqx: comparing(equal),
  $ne: unequal,
  $nex: unequal,
  $lt: comparing(less),
  $ge: comparing((graph, a, b, isSigned) => graph.not(less(graph, a, b, isSigned))),
  $gt: comparing((graph, a, b, isSigned) => less(graph, b, a, isSigned)),
  $le: comparing((graph, a, b, isSigned) => graph.not(less(graph, b, a, isSigned))),
};
