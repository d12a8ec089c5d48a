/** Bit vectors of any width as lists of 64-bit words, least significant first, and how to cut and join them. */
import type { NodeId, WordGraph } from './word-graph.js';

export interface Vector {
  readonly width: number;
  /** All of 64 bits but the last, which holds the rest. */
  readonly words: readonly NodeId[];
}

export const WORD_BITS = 64;

/** Width of word `index` of a vector. */
export function wordWidth(width: number, index: number): number {
  return Math.min(WORD_BITS, width - index * WORD_BITS);
}

export function wordCount(width: number): number {
  return Math.ceil(width / WORD_BITS);
}

/** A vector from a function of the word's index and width. */
export function vectorOf(width: number, word: (index: number, bits: number) => NodeId): Vector {
  const words: NodeId[] = [];
  for (let index = 0; index * WORD_BITS < width; index++) words.push(word(index, wordWidth(width, index)));
  return { width, words };
}

export function constantVector(graph: WordGraph, width: number, value: bigint): Vector {
  return vectorOf(width, (index, bits) => graph.constant(bits, value >> BigInt(index * WORD_BITS)));
}

export function bitVector(bit: NodeId): Vector {
  return { width: 1, words: [bit] };
}

/** A word of the vector; every index in use is inside. */
export function wordAt(vector: Vector, index: number): NodeId {
  const word = vector.words[index];
  if (word === undefined) throw new RangeError(`word ${String(index)} of a ${String(vector.width)}-bit vector`);
  return word;
}

/** A run of bits of one node, to be placed at a bit of a wider vector. */
export interface Part {
  readonly at: number;
  readonly node: NodeId;
}

/** The vector whose bits are those of the parts; bits without a part are zero. Parts do not overlap. */
export function assemble(graph: WordGraph, width: number, parts: readonly Part[]): Vector {
  const terms: NodeId[][] = Array.from({ length: wordCount(width) }, () => []);
  for (const { at, node } of parts) {
    const bits = graph.widthOf(node);
    const index = Math.floor(at / WORD_BITS);
    const offset = at % WORD_BITS;
    const here = Math.min(bits, WORD_BITS - offset);
    terms[index]?.push(placed(graph, graph.extract(node, 0, here), offset, wordWidth(width, index)));
    if (here < bits) {
      const rest = graph.extract(node, here, bits - here);
      terms[index + 1]?.push(placed(graph, rest, 0, wordWidth(width, index + 1)));
    }
  }
  return vectorOf(
    width,
    (index, bits) => balanced(terms[index] ?? [], (a, b) => graph.binary('or', a, b)) ?? graph.constant(bits, 0n),
  );
}

function placed(graph: WordGraph, node: NodeId, offset: number, width: number): NodeId {
  return graph.binary('shl', graph.widen(node, width), graph.constant(7, BigInt(offset)));
}

/** Joins the nodes as a balanced tree, so that long chains do not wait for each other. */
export function balanced(nodes: readonly NodeId[], join: (a: NodeId, b: NodeId) => NodeId): NodeId | undefined {
  let level = nodes;
  while (level.length > 1) {
    const next: NodeId[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const [a, b] = level.slice(index, index + 2);
      if (a !== undefined) next.push(b === undefined ? a : join(a, b));
    }
    level = next;
  }
  return level[0];
}

/** The bits of `vector` from `offset`, as parts that begin at bit `at`. */
export function partsOf(
  graph: WordGraph,
  vector: Vector,
  range: { offset: number; width: number; at: number },
): Part[] {
  const parts: Part[] = [];
  let done = 0;
  while (done < range.width) {
    const bit = range.offset + done;
    const word = wordAt(vector, Math.floor(bit / WORD_BITS));
    const start = bit % WORD_BITS;
    const bits = Math.min(graph.widthOf(word) - start, range.width - done);
    parts.push({ at: range.at + done, node: graph.extract(word, start, bits) });
    done += bits;
  }
  return parts;
}

export function slice(graph: WordGraph, vector: Vector, offset: number, width: number): Vector {
  if (offset === 0 && width === vector.width) return vector;
  return assemble(graph, width, partsOf(graph, vector, { offset, width, at: 0 }));
}

/** One bit of the vector. */
export function bitAt(graph: WordGraph, vector: Vector, index: number): NodeId {
  return graph.extract(wordAt(vector, Math.floor(index / WORD_BITS)), index % WORD_BITS, 1);
}

/** The vector cut or extended to `width`, with copies of its top bit where `isSigned`. */
export function resize(graph: WordGraph, vector: Vector, width: number, isSigned: boolean): Vector {
  if (width <= vector.width) return slice(graph, vector, 0, width);
  const sign = isSigned ? bitAt(graph, vector, vector.width - 1) : graph.constant(1, 0n);
  return vectorOf(width, (index, bits) => {
    const word = vector.words[index];
    if (word === undefined) return graph.fill(sign, bits);
    const missing = bits - graph.widthOf(word);
    if (missing === 0) return word;
    const filled = placed(graph, graph.fill(sign, missing), graph.widthOf(word), bits);
    return graph.binary('or', graph.widen(word, bits), filled);
  });
}

/** Applies an operation word by word; the vectors have equal widths. */
export function zip(a: Vector, b: Vector, join: (a: NodeId, b: NodeId) => NodeId): Vector {
  return vectorOf(a.width, (index) => join(wordAt(a, index), wordAt(b, index)));
}

/** Word-wise choice by one bit. */
export function choose(graph: WordGraph, condition: NodeId, whenTrue: Vector, whenFalse: Vector): Vector {
  return zip(whenTrue, whenFalse, (a, b) => graph.mux(condition, a, b));
}

/** One bit: whether any bit of the vector is set. */
export function anyBit(graph: WordGraph, vector: Vector): NodeId {
  const bits = vector.words.map((word) => graph.any(word));
  return balanced(bits, (a, b) => graph.binary('or', a, b)) ?? graph.constant(1, 0n);
}
