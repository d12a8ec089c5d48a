/** A digest of everything that a run depends on, so that a checkpoint of another experiment is told from one's own. */
import type { Samples } from '../../core/samples.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';

/**
 * 128 bits in hexadecimal digits: of the experiment without its places in the text, so that a comment changes nothing,
 * and of all numbers of its samples.
 */
export function specDigest(mapped: MappedNetwork, samplesOf: (data: string) => Samples): string {
  const digest = new Digest();
  digest.text(JSON.stringify(mapped, withoutPlaces));
  for (const { name } of mapped.data) {
    const { features, labels, classes, shape } = samplesOf(name);
    digest.text(JSON.stringify([name, shape, classes]));
    digest.words(new Uint32Array(features.buffer, features.byteOffset, features.length));
    if (labels) digest.words(new Uint32Array(labels.buffer, labels.byteOffset, labels.length));
  }
  return digest.hex();
}

/** Places and names of files are where something was found, not what; samples themselves are digested. */
const PLACES = ['origin', 'source', 'file'];

function withoutPlaces(key: string, value: unknown): unknown {
  return PLACES.includes(key) ? undefined : value;
}

/** Four lanes of FNV-1a over 32-bit words with different beginnings; it finds other input, not forgers. */
export class Digest {
  readonly #lanes = Uint32Array.of(0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35);

  words(words: Uint32Array): void {
    let [a = 0, b = 0, c = 0, d = 0] = this.#lanes;
    for (const word of words) {
      a = Math.imul(a ^ word, PRIME);
      b = Math.imul(b ^ (word >>> 16) ^ a, PRIME);
      c = Math.imul(c ^ (word << 7) ^ b, PRIME);
      d = Math.imul(d ^ word ^ (c >>> 13), PRIME);
    }
    this.#lanes.set([a, b, c, d]);
  }

  text(text: string): void {
    this.words(Uint32Array.from(new TextEncoder().encode(text)));
    this.words(Uint32Array.of(text.length));
  }

  hex(): string {
    return [...this.#lanes].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

const PRIME = 0x01000193;
