/** `$mem_v2` cells with asynchronous read ports as memories of a circuit. */
import type { Memory, MemoryWrite } from './circuit.js';
import { anyBit, constantVector, resize, slice, vectorOf, wordAt, type Vector } from './vector.js';
import { subtract } from './lower-arithmetic.js';
import { less } from './lower-logic.js';
import type { NodeId, WordGraph } from './word-graph.js';
import { ones } from './word-width.js';
import { bitsToNumber, type SignalBit, type YosysCell } from './yosys-json.js';

type Resolve = (bits: readonly SignalBit[]) => Vector;

interface ReadPort {
  readonly address: readonly SignalBit[];
  readonly data: readonly SignalBit[];
}

interface WritePort {
  readonly address: readonly SignalBit[];
  readonly data: readonly SignalBit[];
  readonly enable: readonly SignalBit[];
}

export interface DeclaredMemory {
  readonly reads: readonly ReadPort[];
  readonly writes: readonly WritePort[];
  readonly writeClocks: readonly SignalBit[];
  /** Why the memory cannot be simulated. */
  readonly problem?: string;
  readonly lowerRead: (graph: WordGraph, address: Vector) => Vector;
  readonly connect: (graph: WordGraph, resolve: Resolve) => Memory;
}

/** Largest memory that is simulated [bits]. */
const MAX_MEMORY_BITS = 2 ** 31;

export function declareMemory(name: string, cell: YosysCell, index: number): DeclaredMemory {
  const number = (parameter: string): number => Number(bitsToNumber(cell.parameters[parameter] ?? ''));
  const pin = (port: string): readonly SignalBit[] => cell.connections[port] ?? [];
  const [entries, width, bits] = [number('SIZE'), number('WIDTH'), number('ABITS')];
  const cut = (port: string, k: number, each: number) => pin(port).slice(k * each, (k + 1) * each);
  const reads = Array.from({ length: number('RD_PORTS') }, (_, k): ReadPort => ({
    address: cut('RD_ADDR', k, bits),
    data: cut('RD_DATA', k, width),
  }));
  const writes = Array.from({ length: number('WR_PORTS') }, (_, k): WritePort => ({
    address: cut('WR_ADDR', k, bits),
    data: cut('WR_DATA', k, width),
    enable: cut('WR_EN', k, width),
  }));
  const shape: MemoryShape = { index, entries, width, first: number('OFFSET') };
  const problem = problemOf(number, entries * width);
  const initialBits = cell.parameters['INIT'] ?? '';
  return {
    reads,
    writes,
    writeClocks: pin('WR_CLK'),
    ...(problem !== undefined && { problem }),
    lowerRead: (graph, address) => lowerRead(graph, shape, address),
    connect: (graph, resolve) => ({
      name,
      entries,
      width,
      initialBits: initialBits.length === entries * width ? initialBits : '',
      writes: writes.map((port) => connectWrite(graph, shape, port, resolve)),
    }),
  };
}

function problemOf(number: (parameter: string) => number, bits: number): string | undefined {
  if (number('RD_CLK_ENABLE') !== 0) return 'it has a clocked read port';
  if (number('RD_WIDE_CONTINUATION') !== 0 || number('WR_WIDE_CONTINUATION') !== 0)
    return 'its ports have several widths';
  const writePorts = number('WR_PORTS');
  if (number('WR_CLK_ENABLE') !== 2 ** writePorts - 1) return 'it has a write port without clock';
  return bits > MAX_MEMORY_BITS ? `its ${String(bits)} bits are too many` : undefined;
}

interface MemoryShape {
  readonly index: number;
  readonly entries: number;
  readonly width: number;
  /** Address of the first entry. */
  readonly first: number;
}

interface Entry {
  readonly isInside: NodeId;
  /** Entry index, zero where the address is outside. */
  readonly address: NodeId;
}

function entryAt(graph: WordGraph, shape: MemoryShape, address: Vector): Entry {
  const width = Math.max(address.width, 1);
  const wide = resize(graph, address, width, false);
  const offset = shape.first === 0 ? wide : subtract(graph, wide, constantVector(graph, width, BigInt(shape.first)));
  const covers = 2 ** width <= shape.entries;
  const size = constantVector(graph, width, BigInt(shape.entries));
  const isInside = covers ? graph.constant(1, 1n) : less(graph, offset, size, false);
  const low = wordAt(slice(graph, offset, 0, Math.min(width, 32)), 0);
  return { isInside, address: graph.mux(isInside, low, graph.constant(graph.widthOf(low), 0n)) };
}

/** Outside of the memory all bits read zero. */
function lowerRead(graph: WordGraph, shape: MemoryShape, address: Vector): Vector {
  const entry = entryAt(graph, shape, address);
  return vectorOf(shape.width, (word, bits) => {
    const value = graph.read(shape.index, word, entry.address, bits);
    return graph.mux(entry.isInside, value, graph.constant(bits, 0n));
  });
}

function connectWrite(graph: WordGraph, shape: MemoryShape, port: WritePort, resolve: Resolve): MemoryWrite {
  const entry = entryAt(graph, shape, resolve(port.address));
  const data = resolve(port.data);
  // One enable for the whole entry is the common case: its mask is all ones wherever the write happens
  const isWhole = port.enable.every((bit) => bit === port.enable[0]);
  const enables = resolve(port.enable);
  const mask = isWhole ? constantVector(graph, shape.width, ones(shape.width)) : enables;
  return {
    enable: graph.binary('and', entry.isInside, anyBit(graph, enables)),
    address: entry.address,
    words: data.words.map((word, index) => ({ data: word, mask: wordAt(mask, index) })),
  };
}
