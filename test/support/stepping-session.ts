/** A model's session that goes one clock at a time, so that every clock can be seen. */
import type { ModelSession } from '../../src/cosim/engine.js';

/** Passes everything on to `inner`; what is to be seen of a clock is for `step` to see. */
export abstract class SteppingSession implements ModelSession {
  protected readonly inner: ModelSession;
  readonly #watched: readonly number[];

  /** @param watch  outputs that end a run of clocks when they are not zero */
  constructor(inner: ModelSession, watch: readonly string[]) {
    this.inner = inner;
    this.#watched = watch.flatMap((name) => placesOf(inner, name));
  }

  get io(): Uint32Array {
    return this.inner.io;
  }

  get slots(): ModelSession['slots'] {
    return this.inner.slots;
  }

  get evaluatedClocks(): number {
    return this.inner.evaluatedClocks;
  }

  abstract step(): void;

  runUntil(maxClocks: number): number {
    for (let clocks = 1; clocks <= maxClocks; clocks++) {
      this.step();
      if (this.#watched.some((place) => this.io[place] !== 0)) return clocks;
    }
    return maxClocks;
  }

  close(): void {
    this.inner.close();
  }
}

/** Where the words of a port lie; none where the model has no such port. */
export function placesOf({ slots }: ModelSession, port: string): readonly number[] {
  const slot = slots.get(port);
  return slot ? Array.from({ length: slot.words }, (_, index) => slot.offset + index) : [];
}
