/** SHA-256 over what a run showed, fed in blocks because a hash call per event would cost more than the event. */
import { createHash } from 'node:crypto';

const BLOCK_NUMBERS = 8192;

export class RunDigest {
  readonly #hash = createHash('sha256');
  readonly #block = new Float64Array(BLOCK_NUMBERS);
  #fill = 0;

  add(value: number): void {
    this.#block[this.#fill++] = value;
    if (this.#fill === BLOCK_NUMBERS) this.#flush();
  }

  /** Adds the length, too, so that neighbouring lists cannot run into each other. */
  addAll(values: Iterable<number> & ArrayLike<number>): void {
    this.add(values.length);
    for (const value of values) this.add(value);
  }

  /** Hexadecimal digest; the instance is used up. */
  finish(): string {
    this.#flush();
    return this.#hash.digest('hex');
  }

  #flush(): void {
    // Numbers are hashed as they lie in memory: engines are compared on one machine.
    this.#hash.update(new Uint8Array(this.#block.buffer, 0, this.#fill * this.#block.BYTES_PER_ELEMENT));
    this.#fill = 0;
  }
}
