/** The guard's leaky bucket of on-time, clock by clock as hw/ion_duty.sv. */

/** Parts of a clock that the bucket counts. */
const PARTS = 128;

export interface DutyLimit {
  /** Content at which pulses are cut [clocks]. */
  readonly clocks: number;
  /** 2^-leak of all time leaks out; 0 for no limit. */
  readonly leak: number;
}

export class DutyBucket {
  /** Whether pulses are cut in this clock. */
  isOver = false;
  readonly #limit: DutyLimit;
  readonly #leak: number;
  #level = 0;

  constructor(limit: DutyLimit) {
    this.#limit = limit;
    this.#leak = PARTS / 2 ** limit.leak;
  }

  /** Content, a little below zero where it is empty [clocks]. */
  get content(): number {
    return this.#level / PARTS;
  }

  /** One clock, in which a pulse is on or not. */
  step(fires: boolean): void {
    const { clocks, leak } = this.#limit;
    const isFull = leak > 0 && this.#level >= clocks * PARTS;
    if (fires && !this.isOver) this.#level += PARTS - this.#leak;
    else if (this.#level >= 0) this.#level -= this.#leak;
    this.isOver = isFull;
  }
}
