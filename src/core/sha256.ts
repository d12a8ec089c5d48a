/**
 * SHA-256 (FIPS 180-4) of what is at hand as a whole. Browsers have it as a promise only, and passes are functions.
 * @see https://doi.org/10.6028/NIST.FIPS.180-4
 */

/** The digest of `bytes`, eight words of 32 bits, the first one first. */
export function sha256(bytes: Uint8Array): Uint32Array {
  const hash = Uint32Array.from(INITIAL);
  const schedule = new Uint32Array(64);
  const padded = pad(bytes);
  for (let offset = 0; offset < padded.byteLength; offset += BLOCK_BYTES) {
    for (let word = 0; word < 16; word++) schedule[word] = padded.getUint32(offset + 4 * word);
    for (let word = 16; word < 64; word++) schedule[word] = extended(schedule, word);
    compress(hash, schedule);
  }
  return hash;
}

/** The same as 64 hexadecimal digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return Array.from(sha256(bytes), (word) => word.toString(16).padStart(8, '0')).join('');
}

const BLOCK_BYTES = 64;

/** The message, a bit 1, zeros, and the length in bits: a multiple of 512 bits (section 5.1.1). */
function pad(bytes: Uint8Array): DataView {
  const blocks = Math.ceil((bytes.length + 9) / BLOCK_BYTES);
  const padded = new Uint8Array(blocks * BLOCK_BYTES);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, 8n * BigInt(bytes.length));
  return view;
}

function rotated(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** Word `at` of the message schedule (section 6.2.2, step 1). */
function extended(schedule: Uint32Array, at: number): number {
  const [near = 0, far = 0] = [schedule[at - 2], schedule[at - 15]];
  const nearMix = rotated(near, 17) ^ rotated(near, 19) ^ (near >>> 10);
  const farMix = rotated(far, 7) ^ rotated(far, 18) ^ (far >>> 3);
  return nearMix + (schedule[at - 7] ?? 0) + farMix + (schedule[at - 16] ?? 0);
}

/** Adds a block to `hash` (section 6.2.2, steps 2 to 4). */
function compress(hash: Uint32Array, schedule: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let round = 0; round < 64; round++) {
    const eMix = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const chosen = (e & f) ^ (~e & g);
    const first = h + eMix + chosen + (ROUND[round] ?? 0) + (schedule[round] ?? 0);
    const aMix = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e] = [g, f, e, (d + first) | 0];
    [d, c, b, a] = [c, b, a, (first + aMix + majority) | 0];
  }
  for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) hash[index] = (hash[index] ?? 0) + value;
}

/** The first `count` primes. */
function primes(count: number): readonly number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}

/** The first 32 bits behind the binary point of the root of a prime, exactly: floor(2^32 root) mod 2^32. */
function rootBits(prime: number, degree: 2 | 3): number {
  const target = BigInt(prime) << BigInt(32 * degree);
  let root = 0n;
  for (let bit = 1n << 40n; bit > 0n; bit >>= 1n) if ((root + bit) ** BigInt(degree) <= target) root += bit;
  return Number(root & 0xffffffffn);
}

/** Of square roots of the first 8 primes (section 5.3.3), and of cube roots of the first 64 (section 4.2.2). */
const INITIAL = primes(8).map((prime) => rootBits(prime, 2));
const ROUND = primes(64).map((prime) => rootBits(prime, 3));
