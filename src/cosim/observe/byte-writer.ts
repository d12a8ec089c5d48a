/** Bytes of a file under construction: big-endian numbers, numbers of variable length, texts. */

export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Everything written so far. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  append(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** 64 bits, most significant byte first. */
  long(value: bigint): void {
    this.#room(8);
    new DataView(this.#bytes.buffer).setBigUint64(this.#length, value);
    this.#length += 8;
  }

  /** IEEE 754, least significant byte first. */
  double(value: number): void {
    this.#room(8);
    new DataView(this.#bytes.buffer).setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** Seven bits a byte, the least significant first; the highest bit says that more follow. */
  varint(value: number | bigint): void {
    let rest = BigInt(value);
    while (rest >= 0x80n) {
      this.byte(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.byte(Number(rest));
  }

  /** UTF-8, ended by a zero. */
  text(text: string): void {
    this.append(new TextEncoder().encode(text));
    this.byte(0);
  }

  /** A text of fixed length, filled up by zeros. */
  padded(text: string, bytes: number): void {
    const encoded = new TextEncoder().encode(text).subarray(0, bytes);
    this.append(encoded);
    this.append(new Uint8Array(bytes - encoded.length));
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const wider = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + bytes));
    wider.set(this.bytes);
    this.#bytes = wider;
  }
}
