/** Bytes with damage of the kinds that happen and of those that somebody does on purpose. */
import fc, { type Arbitrary } from 'fast-check';

type Edit = (bytes: Uint8Array) => Uint8Array;

/** Numbers where fields of a binary header lie, most significant byte first. */
const FIELDS = ['00000000', '7fffffff', '80000000', 'ffffffff', '0000ffff', '00010000', 'ffffffffffffffff'];

/** What does not belong between numbers and words. */
const TEXTS = [
  ...['1e999', '-1e999', 'NaN', 'Infinity', '-0', '1e-400', '0x10', '9'.repeat(400), '18446744073709551616'],
  ...['\u0000', '\uFEFF', '\u202E', '"', '""', "'", '\\', '\r', '\n\n', ',', ';', '\t', '{', '[', ']', '}', '-', '.'],
  ...['__proto__', 'constructor', 'toString', '[' + '['.repeat(5000), '{"a":'.repeat(2000), ','.repeat(3000)],
];

function place(bytes: Uint8Array, share: number): number {
  return Math.floor(share * bytes.length);
}

function splice(bytes: Uint8Array, at: number, removed: number, inserted: Uint8Array): Uint8Array {
  const kept = bytes.subarray(Math.min(at + removed, bytes.length));
  const out = new Uint8Array(at + inserted.length + kept.length);
  out.set(bytes.subarray(0, at));
  out.set(inserted, at);
  out.set(kept, at + inserted.length);
  return out;
}

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

const edit: Arbitrary<Edit> = fc.oneof(
  fc.tuple(share, fc.nat(7)).map(([at, bit]): Edit => {
    return (bytes) => bytes.map((byte, index) => (index === place(bytes, at) ? byte ^ (1 << bit) : byte));
  }),
  share.map(
    (at): Edit =>
      (bytes) =>
        bytes.slice(0, place(bytes, at)),
  ),
  fc.tuple(share, share).map(([at, length]): Edit => {
    return (bytes) => splice(bytes, place(bytes, at), place(bytes, length), new Uint8Array());
  }),
  fc.tuple(share, share, share).map(([at, from, length]): Edit => {
    return (bytes) => {
      const start = place(bytes, from);
      return splice(bytes, place(bytes, at), 0, bytes.slice(start, start + Math.min(4096, place(bytes, length))));
    };
  }),
  fc.tuple(share, fc.constantFrom(...TEXTS), fc.nat(3)).map(([at, text, removed]): Edit => {
    return (bytes) => splice(bytes, place(bytes, at), removed, new TextEncoder().encode(text));
  }),
  fc.tuple(fc.nat(64), fc.constantFrom(...FIELDS)).map(([at, digits]): Edit => {
    const field = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    return (bytes) => splice(bytes, Math.min(at, bytes.length), field.length, field);
  }),
  fc.uint8Array({ maxLength: 300 }).map(
    (noise): Edit =>
      () =>
        noise,
  ),
);

/** One of `seeds` with up to six edits. */
export function mutatedBytes(seeds: readonly Uint8Array[]): Arbitrary<Uint8Array> {
  const edits = fc.array(edit, { maxLength: 6, size: 'max' });
  return fc.tuple(fc.constantFrom(...seeds), edits).map(([seed, list]) => list.reduce((now, each) => each(now), seed));
}
