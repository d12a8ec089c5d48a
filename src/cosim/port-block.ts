/** Named ports of a running model: numbers and sets of lines instead of words of the I/O block. */
import { invariant } from '../core/invariant.js';
import type { ModelSession, PortSlot, WordMask } from './engine.js';

export class PortBlock {
  readonly #io: Uint32Array;
  readonly #slots: ReadonlyMap<string, PortSlot>;

  constructor(session: ModelSession) {
    this.#io = session.io;
    this.#slots = session.slots;
  }

  /** Value of a port of at most 53 significant bits. */
  get(name: string): number {
    const { offset, words } = this.#slot(name);
    const low = this.#word(offset);
    return words === 1 ? low : low + this.#word(offset + 1) * 2 ** 32;
  }

  /** Sets an input of at most 64 bits to an unsigned number below 2^53. */
  set(name: string, value: number): void {
    const { offset, words } = this.#slot(name);
    this.#io[offset] = value % 2 ** 32;
    if (words > 1) this.#io[offset + 1] = Math.floor(value / 2 ** 32);
  }

  /** The words of the block that would give these inputs of at most 32 bits these values. */
  words(values: Readonly<Record<string, number>>): readonly (readonly [word: number, value: number])[] {
    return Object.entries(values).map(([name, value]) => [this.#slot(name).offset, value]);
  }

  /** Where the lowest bit of a port stands. */
  bit(name: string): WordMask {
    return { word: this.#slot(name).offset, mask: 1 };
  }

  /** Indices of the bits that are one, ascending. */
  lines(name: string): readonly number[] {
    const { offset, words } = this.#slot(name);
    const lines: number[] = [];
    for (let word = 0; word < words; word++) {
      for (let rest = this.#word(offset + word); rest !== 0; rest &= rest - 1) {
        lines.push(32 * word + 31 - Math.clz32(rest & -rest));
      }
    }
    return lines;
  }

  /** Packs equally wide fields into an input, the first lowest; values are taken modulo 2^bits. */
  setFields(name: string, values: readonly number[], bits: number): void {
    const { offset, words } = this.#slot(name);
    this.#io.fill(0, offset, offset + words);
    values.forEach((value, index) => {
      const field = value % 2 ** bits;
      const lsb = index * bits;
      const at = offset + (lsb >>> 5);
      this.#io[at] = this.#word(at) | (field << (lsb & 31));
      const spill = (lsb & 31) + bits - 32;
      if (spill > 0) this.#io[at + 1] = field >>> (bits - spill);
    });
  }

  #word(offset: number): number {
    return this.#io[offset] ?? 0;
  }

  #slot(name: string): PortSlot {
    const slot = this.#slots.get(name);
    invariant(slot, `the model has a port ${name}`);
    return slot;
  }
}
