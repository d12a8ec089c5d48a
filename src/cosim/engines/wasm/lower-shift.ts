/** Shifting cells. A vector is shifted by words in a choice tree, then by bits inside the words. */
import type { CellLowering } from './cell-view.js';
import { negate } from './lower-arithmetic.js';
import {
  anyBit,
  bitAt,
  bitVector,
  choose,
  constantVector,
  resize,
  slice,
  vectorOf,
  wordAt,
  WORD_BITS,
  type Vector,
} from './vector.js';
import type { NodeId, WordGraph } from './word-graph.js';
import { carrierBits } from './word-width.js';

type Direction = 'left' | 'right';

/** `vector` shifted by an unsigned amount; vacated bits take `fill`. */
export function shift(
  graph: WordGraph,
  vector: Vector,
  amount: Vector,
  how: { direction: Direction; fill: NodeId },
): Vector {
  const reach = Math.ceil(Math.log2(vector.width + 1));
  const used = Math.min(reach, amount.width);
  const isBeyond =
    amount.width > used ? anyBit(graph, slice(graph, amount, used, amount.width - used)) : graph.constant(1, 0n);
  const low = slice(graph, amount, 0, used);
  const shifted = vector.width <= WORD_BITS ? shiftWord(graph, vector, low, how) : shiftWide(graph, vector, low, how);
  const vacated = vectorOf(vector.width, (_, bits) => graph.fill(how.fill, bits));
  return choose(graph, isBeyond, vacated, shifted);
}

/** One word; amounts that the machine's shift would wrap are answered with the fill. */
function shiftWord(
  graph: WordGraph,
  vector: Vector,
  amount: Vector,
  how: { direction: Direction; fill: NodeId },
): Vector {
  const { width } = vector;
  const bits = wordAt(vector, 0);
  const by = wordAt(amount, 0);
  const operator = how.direction === 'left' ? 'shl' : graph.constantOf(how.fill) === 0n ? 'shr' : 'sar';
  const shifted = graph.binary(operator, bits, by);
  if (2 ** amount.width <= carrierBits(width)) return { width, words: [shifted] };
  const isInside = graph.binary('ltu', by, graph.constant(amount.width, BigInt(carrierBits(width))));
  return { width, words: [graph.mux(isInside, shifted, graph.fill(how.fill, width))] };
}

function shiftWide(
  graph: WordGraph,
  vector: Vector,
  amount: Vector,
  how: { direction: Direction; fill: NodeId },
): Vector {
  const aligned = vectorOf(Math.ceil(vector.width / WORD_BITS) * WORD_BITS, (index) => {
    const word = wordAt(vector, index);
    const missing = WORD_BITS - graph.widthOf(word);
    if (missing === 0) return word;
    const top = graph.binary(
      'shl',
      graph.widen(graph.fill(how.fill, missing), WORD_BITS),
      graph.constant(7, BigInt(WORD_BITS - missing)),
    );
    return graph.binary('or', graph.widen(word, WORD_BITS), top);
  });
  const fillWord = graph.fill(how.fill, WORD_BITS);
  let words = aligned.words;
  for (let bit = 6; bit < amount.width; bit++) {
    const step = 2 ** (bit - 6);
    const by = bitAt(graph, amount, bit);
    const source = words;
    words = source.map((word, index) => {
      const from = how.direction === 'left' ? index - step : index + step;
      return graph.mux(by, source[from] ?? fillWord, word);
    });
  }
  const inner = slice(graph, amount, 0, Math.min(6, amount.width));
  const shifted = shiftAcross(graph, words, wordAt(inner, 0), { ...how, fillWord });
  return slice(graph, { width: aligned.width, words: shifted }, 0, vector.width);
}

interface WordShift {
  readonly direction: Direction;
  readonly fillWord: NodeId;
}

/** Shifts by 0 to 63 bits; the second shift of the neighbour by one keeps amount 0 correct. */
function shiftAcross(graph: WordGraph, words: readonly NodeId[], by: NodeId, how: WordShift): NodeId[] {
  const isLeft = how.direction === 'left';
  const sixBits = graph.widen(by, 6);
  const complement = graph.not(sixBits);
  const one = graph.constant(7, 1n);
  return words.map((word, index) => {
    const neighbour = words[isLeft ? index - 1 : index + 1] ?? (isLeft ? graph.constant(WORD_BITS, 0n) : how.fillWord);
    const moved = graph.binary(isLeft ? 'shl' : 'shr', word, sixBits);
    const rest = graph.binary(isLeft ? 'shr' : 'shl', graph.binary(isLeft ? 'shr' : 'shl', neighbour, one), complement);
    return graph.binary('or', moved, rest);
  });
}

/** A narrow value put at a variable bit of a wide result: every word asks whether it is the one. */
function placeWord(graph: WordGraph, value: NodeId, amount: Vector, width: number): Vector {
  const inside = resize(graph, amount, Math.max(amount.width, 7), false);
  const low = wordAt(slice(graph, inside, 0, 6), 0);
  const index = slice(graph, inside, 6, inside.width - 6);
  const isNear =
    index.width <= 32 ? graph.constant(1, 1n) : graph.not(anyBit(graph, slice(graph, index, 32, index.width - 32)));
  const near = wordAt(slice(graph, index, 0, Math.min(32, index.width)), 0);
  const isAt = (word: number): NodeId => {
    const bits = graph.widthOf(near);
    if (word < 0 || BigInt(word) >= 1n << BigInt(bits)) return graph.constant(1, 0n);
    return graph.binary('and', isNear, graph.binary('eq', near, graph.constant(bits, BigInt(word))));
  };
  const wide = graph.widen(value, WORD_BITS);
  const here = graph.binary('shl', wide, low);
  const spill = graph.binary('shr', graph.binary('shr', wide, graph.constant(7, 1n)), graph.not(low));
  const zero = graph.constant(WORD_BITS, 0n);
  const hasSpill = graph.widthOf(value) > 1;
  return vectorOf(width, (word, bits) => {
    const carried = hasSpill ? graph.mux(isAt(word - 1), spill, zero) : zero;
    return graph.extract(graph.mux(isAt(word), here, carried), 0, bits);
  });
}

function shiftLeft(graph: WordGraph, vector: Vector, amount: Vector, width: number): Vector {
  if (vector.width <= WORD_BITS && width > WORD_BITS) return placeWord(graph, wordAt(vector, 0), amount, width);
  const wide = resize(graph, vector, Math.max(vector.width, width), false);
  const zero = graph.constant(1, 0n);
  return slice(graph, shift(graph, wide, amount, { direction: 'left', fill: zero }), 0, width);
}

/** The lowest bits of `vector >> amount`. Only the words that they need stay alive in the graph. */
function pick(graph: WordGraph, vector: Vector, amount: Vector, width: number): Vector {
  if (width === 1 && vector.width > WORD_BITS) return bitVector(pickBit(graph, vector, amount));
  const zero = graph.constant(1, 0n);
  const shifted = shift(graph, resize(graph, vector, Math.max(vector.width, width), false), amount, {
    direction: 'right',
    fill: zero,
  });
  return slice(graph, shifted, 0, width);
}

/** One bit of a wide vector: a tree over the words, then a shift without neighbour. */
function pickBit(graph: WordGraph, vector: Vector, amount: Vector): NodeId {
  const padded = resize(graph, vector, Math.ceil(vector.width / WORD_BITS) * WORD_BITS, false);
  const zero = graph.constant(WORD_BITS, 0n);
  const high = amount.width > 6 ? slice(graph, amount, 6, amount.width - 6) : constantVector(graph, 1, 0n);
  let level = padded.words;
  let bit = 0;
  for (; level.length > 1 && bit < high.width; bit++) {
    const by = bitAt(graph, high, bit);
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, index) =>
      graph.mux(by, level[2 * index + 1] ?? zero, level[2 * index] ?? zero),
    );
  }
  const isBeyond = bit < high.width ? anyBit(graph, slice(graph, high, bit, high.width - bit)) : graph.constant(1, 0n);
  const low = wordAt(slice(graph, amount, 0, Math.min(6, amount.width)), 0);
  const found = graph.extract(graph.binary('shr', level[0] ?? zero, low), 0, 1);
  return graph.mux(isBeyond, graph.constant(1, 0n), found);
}

const left: CellLowering = (cell) => {
  const { graph, resultWidth } = cell;
  const source = cell.isSigned('A') ? cell.left(Math.max(cell.operand('A').width, resultWidth)) : cell.operand('A');
  return shiftLeft(graph, source, cell.operand('B'), resultWidth);
};

function right(isArithmetic: boolean): CellLowering {
  return (cell) => {
    const { graph, resultWidth } = cell;
    const vector = cell.left(Math.max(cell.operand('A').width, resultWidth));
    const isSigned = isArithmetic && cell.isSigned('A');
    const fill = isSigned ? bitAt(graph, vector, vector.width - 1) : graph.constant(1, 0n);
    return slice(graph, shift(graph, vector, cell.operand('B'), { direction: 'right', fill }), 0, resultWidth);
  };
}

/** `$shift` and `$shiftx`: to the right, and where the amount is signed and negative to the left. */
const signedShift: CellLowering = (cell) => {
  const { graph, resultWidth } = cell;
  const source = cell.isSigned('A') ? cell.left(Math.max(cell.operand('A').width, resultWidth)) : cell.operand('A');
  const amount = cell.operand('B');
  const toRight = pick(graph, source, amount, resultWidth);
  if (!cell.isSigned('B')) return toRight;
  const isNegative = bitAt(graph, amount, amount.width - 1);
  const toLeft = shiftLeft(graph, source, negate(graph, amount), resultWidth);
  return choose(graph, isNegative, toLeft, toRight);
};

export const SHIFT_CELLS: Readonly<Record<string, CellLowering>> = {
  $shl: left,
  $sshl: left,
  $shr: right(false),
  $sshr: right(true),
  $shift: signedShift,
  $shiftx: signedShift,
};
