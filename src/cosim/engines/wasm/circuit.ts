/** A clocked design in words: what its registers, memories and outputs become at a clock edge. */
import type { NodeId, WordGraph } from './word-graph.js';

export interface RegisterWord {
  /** Index of the state word. */
  readonly state: number;
  readonly width: number;
  readonly initial: bigint;
  readonly next: NodeId;
  /** Value while the register's reset is active. */
  readonly reset?: NodeId;
}

export interface Register {
  readonly name: string;
  readonly words: readonly RegisterWord[];
  /** Absent where the register takes `next` on every edge. */
  readonly enable?: NodeId;
  /** Active level of the asynchronous reset or load. */
  readonly resetActive?: NodeId;
}

export interface MemoryWrite {
  readonly enable: NodeId;
  /** Entry index, below the memory's size wherever `enable` is set. */
  readonly address: NodeId;
  readonly words: readonly { readonly data: NodeId; readonly mask: NodeId }[];
}

export interface Memory {
  readonly name: string;
  readonly entries: number;
  readonly width: number;
  /** Contents at the start, most significant bit of the last entry first, or empty. */
  readonly initialBits: string;
  /** In the order in which they take effect. */
  readonly writes: readonly MemoryWrite[];
}

export interface OutputWord {
  /** In the I/O block. */
  readonly byteOffset: number;
  readonly node: NodeId;
}

export interface Circuit {
  readonly graph: WordGraph;
  readonly ioWords: number;
  readonly stateWords: number;
  readonly registers: readonly Register[];
  readonly memories: readonly Memory[];
  readonly outputs: readonly OutputWord[];
  /** One bit: whether a watched output is not zero. */
  readonly watched: NodeId;
  /** Words of the I/O block that strobe inputs occupy. */
  readonly strobeWords: readonly number[];
}
