/** Which word of the graph drives which net, and the vectors that lists of nets stand for. */
import { assemble, bitAt, partsOf, WORD_BITS, type Part, type Vector } from './vector.js';
import type { WordGraph } from './word-graph.js';
import type { SignalBit } from './yosys-json.js';

interface Source {
  readonly vector: Vector;
  readonly index: number;
}

/** Bits `at` to `at + length` of a signal that come from consecutive bits of one source, or repeat one bit. */
interface Run {
  readonly at: number;
  readonly source: Source;
  length: number;
  isRepeat: boolean;
}

export class BitSources {
  readonly #graph: WordGraph;
  readonly #sources = new Map<number, Source>();

  constructor(graph: WordGraph) {
    this.#graph = graph;
  }

  /** Says that `vector` drives the nets `bits`. */
  drive(bits: readonly SignalBit[], vector: Vector): void {
    bits.forEach((bit, index) => {
      if (typeof bit === 'number') this.#sources.set(bit, { vector, index });
    });
  }

  /** The vector of a signal; undriven and undefined bits are zero. */
  vector(bits: readonly SignalBit[]): Vector {
    const parts = [...this.#constantParts(bits), ...this.#runs(bits).flatMap((run) => this.#runParts(run))];
    return assemble(this.#graph, bits.length, parts);
  }

  #constantParts(bits: readonly SignalBit[]): Part[] {
    const parts: Part[] = [];
    for (let at = 0; at < bits.length; at += WORD_BITS) {
      const digits = bits.slice(at, at + WORD_BITS).map((bit) => (bit === '1' ? '1' : '0'));
      const value = BigInt(`0b${digits.reverse().join('')}`);
      if (value !== 0n) parts.push({ at, node: this.#graph.constant(digits.length, value) });
    }
    return parts;
  }

  #runs(bits: readonly SignalBit[]): Run[] {
    const runs: Run[] = [];
    bits.forEach((bit, at) => {
      const source = typeof bit === 'number' ? this.#sources.get(bit) : undefined;
      if (!source) return;
      const last = runs.at(-1);
      if (!last || !extendRun(last, source, at)) runs.push({ at, source, length: 1, isRepeat: false });
    });
    return runs;
  }

  #runParts({ at, source, length, isRepeat }: Run): Part[] {
    const graph = this.#graph;
    if (!isRepeat) return partsOf(graph, source.vector, { offset: source.index, width: length, at });
    const bit = bitAt(graph, source.vector, source.index);
    const parts: Part[] = [];
    for (let done = 0; done < length;) {
      const room = WORD_BITS - ((at + done) % WORD_BITS);
      const width = Math.min(room, length - done);
      parts.push({ at: at + done, node: graph.fill(bit, width) });
      done += width;
    }
    return parts;
  }
}

/** Adds the bit at `at` to the run if it continues it. */
function extendRun(run: Run, source: Source, at: number): boolean {
  if (run.source.vector !== source.vector || run.at + run.length !== at) return false;
  const isNext = !run.isRepeat && source.index === run.source.index + run.length;
  const isSame = source.index === run.source.index && (run.isRepeat || run.length === 1);
  if (!isNext && !isSame) return false;
  run.length += 1;
  run.isRepeat = isSame;
  return true;
}
