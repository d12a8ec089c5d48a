/**
 * Draws of random planes as the hardware makes them: one 32-bit shift register a side, feedback from bits 31, 21, 1
 * and 0, eight steps a draw; the draw is the number of trailing zeros of its low byte, so d with probability 2^-(d+1).
 */
import type { Side } from './environment.js';

const STEPS = 8;

export class RandomPlanes {
  readonly #seeds: Readonly<Record<Side, number>>;
  readonly #state: Record<Side, number>;

  /** Seeds as the host writes them; 0 would never leave 0 and is replaced by 1. */
  constructor(row: number, column: number) {
    this.#seeds = { row: row >>> 0 || 1, column: column >>> 0 || 1 };
    this.#state = { ...this.#seeds };
  }

  /** What a side's seed register reads. */
  state(side: Side): number {
    return this.#state[side];
  }

  /** The draw of one segment, 0 .. 8; the register moves on. */
  draw(side: Side): number {
    const byte = this.#state[side] & 0xff;
    for (let step = 0; step < STEPS; step++) this.#state[side] = next(this.#state[side]);
    return byte === 0 ? 8 : 31 - Math.clz32(byte & -byte);
  }

  /** Both sides start again from their seeds. */
  reseed(): void {
    this.#state.row = this.#seeds.row;
    this.#state.column = this.#seeds.column;
  }
}

function next(state: number): number {
  const bit = (state >>> 31) ^ (state >>> 21) ^ (state >>> 1) ^ state;
  return ((state << 1) | (bit & 1)) >>> 0;
}
