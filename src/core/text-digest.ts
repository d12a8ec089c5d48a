/** A short digest of long texts and numbers, to tell whether two are the same; no protection against forgery. */

/** Adds up text and numbers in order; two digests are equal where all that went in was, but for one in 2^53. */
export class TextDigest {
  #first = 0xdeadbeef;
  #second = 0x41c6ce57;

  text(text: string): this {
    for (let index = 0; index < text.length; index++) this.#word(text.charCodeAt(index));
    return this.word(text.length);
  }

  /** A 32-bit word. */
  word(word: number): this {
    this.#word(word);
    return this;
  }

  /** The digest so far. */
  get value(): string {
    const first = Math.imul(this.#first ^ (this.#first >>> 16), 2246822507) ^ Math.imul(this.#second ^ (this.#second >>> 13), 3266489909); // prettier-ignore
    const second = Math.imul(this.#second ^ (this.#second >>> 16), 2246822507) ^ Math.imul(this.#first ^ (this.#first >>> 13), 3266489909); // prettier-ignore
    return (second >>> 0).toString(16).padStart(8, '0') + (first >>> 0).toString(16).padStart(8, '0');
  }

  #word(word: number): void {
    this.#first = Math.imul(this.#first ^ word, 2654435761);
    this.#first ^= this.#first >>> 15;
    this.#second = Math.imul(this.#second ^ word, 1597334677);
    this.#second ^= this.#second >>> 13;
  }
}
