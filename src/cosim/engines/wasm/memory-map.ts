/** Linear memory of a model: the I/O block, then the registers' state, then the memories. */
import type { Circuit, Memory } from './circuit.js';
import { wordCount } from './vector.js';

export interface MemoryPlace {
  readonly base: number;
  /** Bytes from one entry to the next: 1, 2, 4, or a multiple of 8. */
  readonly stride: number;
}

export interface MemoryMap {
  readonly ioBase: number;
  readonly stateBase: number;
  readonly memories: readonly MemoryPlace[];
  readonly bytes: number;
}

/** The I/O block begins here, so that address zero stays unused. */
export const IO_BASE = 64;

export function mapMemory(circuit: Circuit): MemoryMap {
  const stateBase = alignTo(IO_BASE + 4 * circuit.ioWords, 64);
  let bytes = alignTo(stateBase + 8 * circuit.stateWords, 64);
  const memories = circuit.memories.map((memory): MemoryPlace => {
    const place = { base: bytes, stride: strideOf(memory.width) };
    bytes = alignTo(bytes + place.stride * memory.entries, 64);
    return place;
  });
  return { ioBase: IO_BASE, stateBase, memories, bytes };
}

function alignTo(address: number, step: number): number {
  return Math.ceil(address / step) * step;
}

function strideOf(width: number): number {
  if (width <= 8) return 1;
  if (width <= 16) return 2;
  return width <= 32 ? 4 : 8 * wordCount(width);
}

/** Start contents of the registers and memories, where they are not zero. */
export function initialData(circuit: Circuit, map: MemoryMap): { address: number; bytes: Uint8Array }[] {
  const state = new Uint8Array(8 * circuit.stateWords);
  const view = new DataView(state.buffer);
  for (const { words } of circuit.registers) {
    for (const { state: index, initial } of words) view.setBigUint64(8 * index, initial, true);
  }
  const memories = circuit.memories.flatMap((memory, index) => {
    const place = map.memories[index];
    return place && memory.initialBits.includes('1')
      ? [{ address: place.base, bytes: memoryBytes(memory, place) }]
      : [];
  });
  return [...(state.some((byte) => byte !== 0) ? [{ address: map.stateBase, bytes: state }] : []), ...memories];
}

function memoryBytes(memory: Memory, { stride }: MemoryPlace): Uint8Array {
  const bytes = new Uint8Array(stride * memory.entries);
  const { initialBits: text, width } = memory;
  for (let position = 0; position < text.length; position++) {
    if (text[position] !== '1') continue;
    const bit = text.length - 1 - position;
    const [entry, inEntry] = [Math.floor(bit / width), bit % width];
    const at = entry * stride + Math.floor(inEntry / 8);
    bytes[at] = (bytes[at] ?? 0) | (1 << (inEntry % 8));
  }
  return bytes;
}
