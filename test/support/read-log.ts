/** Which words of a model's I/O block a test reads, clock by clock: what it does not read cannot fail it. */

/** Rows of one bit for each watched word of a block; `io` is the block for those whose reads count. */
export class ReadLog {
  readonly io: Uint32Array;
  readonly #bitOf: ReadonlyMap<number, number>;
  readonly #rowWords: number;
  #bits = new Uint32Array(1024);
  #rows = 0;
  #isOpen = false;

  /** Watches the words of `block` at `places`, which have the bits of a row in this order. */
  constructor(block: Uint32Array, places: readonly number[]) {
    this.#bitOf = new Map(places.map((place, bit) => [place, bit]));
    this.#rowWords = rowWords(places.length);
    this.io = this.#watched(block);
  }

  /** (rows, {@link rowWords}) */
  get words(): Uint32Array {
    return this.#bits.slice(0, this.#rows * this.#rowWords);
  }

  /** From now on reads count for a further row. */
  beginRow(): void {
    this.#rows += 1;
    this.#isOpen = true;
    if (this.#rows * this.#rowWords <= this.#bits.length) return;
    const grown = new Uint32Array(2 * this.#rows * this.#rowWords);
    grown.set(this.#bits);
    this.#bits = grown;
  }

  /** From now on reads count no more. */
  close(): void {
    this.#isOpen = false;
  }

  #mark(from: number, to: number): void {
    if (!this.#isOpen) return;
    const row = (this.#rows - 1) * this.#rowWords;
    for (let place = from; place < to; place++) {
      const bit = this.#bitOf.get(place);
      if (bit !== undefined) this.#bits[row + (bit >>> 5)]! |= 1 << (bit & 31);
    }
  }

  #watched(block: Uint32Array): Uint32Array {
    const mark = (from: number, to: number): void => {
      this.#mark(from, to);
    };
    return new Proxy(block, {
      get: (target, key) => {
        const place = typeof key === 'string' ? Number(key) : NaN;
        if (Number.isInteger(place)) {
          mark(place, place + 1);
          return target[place];
        }
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? method(target, key, value, mark) : value;
      },
      set: (target, key, value) => Reflect.set(target, key, value, target),
    });
  }
}

/** Words of a row with a bit for each of `count` words. */
export function rowWords(count: number): number {
  return Math.ceil(count / 32);
}

type Method = (...args: unknown[]) => unknown;

/** A method of the block itself; but for those that only write, it reads what it is given the range of, or all. */
function method(
  target: Uint32Array,
  key: string | symbol,
  value: unknown,
  mark: (from: number, to: number) => void,
): Method {
  return (...args) => {
    const [from, to] = key === 'subarray' || key === 'slice' ? args.map(Number) : [];
    if (key !== 'set' && key !== 'fill') mark(from ?? 0, to ?? target.length);
    // What the block has under this key was found to be callable
    return (value as Method).apply(target, args);
  };
}
