/** A value for every cell, by word for the core and by value for the host, against a plain array. */
import { describe, expect, it } from 'vitest';
import { firstDifference, packed, type CellModel, type PortValues } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';

interface Shape {
  readonly Values: number;
  readonly Width: number;
  readonly SelBits: number;
  readonly IsSigned: number;
}

interface Inputs extends PortValues {
  readonly host_req_i: number;
  readonly host_we_i: number;
  readonly host_addr_i: number;
  readonly host_wdata_i: number;
  readonly re_i: number;
  readonly raddr_i: number;
  readonly we_i: number;
  readonly waddr_i: number;
  readonly wdata_i: bigint;
}

const ADDR_BITS = 3;

class CellMemoryModel implements CellModel<Inputs> {
  readonly #shape: Shape;
  readonly #words: number[][];
  #read: readonly number[];
  #value = 0;

  constructor(shape: Shape) {
    this.#shape = shape;
    this.#read = new Array<number>(shape.Values).fill(0);
    this.#words = Array.from({ length: 2 ** ADDR_BITS }, () => [...this.#read]);
  }

  /** Memories keep what they hold. */
  reset(): void {
    this.#value = 0;
  }

  outputs(): PortValues {
    const { Values, Width, IsSigned } = this.#shape;
    const value = this.#read[this.#value] ?? 0;
    const isNegative = IsSigned === 1 && value >= 2 ** (Width - 1);
    return {
      rdata_o: packed(this.#read, Width),
      host_rdata_o: isNegative ? value + 2 ** 32 - 2 ** Width : value,
      host_error_o: Number(this.#value >= Values),
    };
  }

  advance(inputs: Inputs): void {
    const { host_req_i, host_we_i, host_addr_i, host_wdata_i, re_i, raddr_i, we_i, waddr_i, wdata_i } = inputs;
    const { Values, Width, SelBits } = this.#shape;
    const [word, value] = [host_addr_i >> SelBits, host_addr_i % 2 ** SelBits];
    if (re_i) this.#read = [...(this.#words[raddr_i] ?? [])];
    else if (host_req_i && !host_we_i) this.#read = [...(this.#words[word] ?? [])];
    const field = (index: number): number => Number(BigInt.asUintN(Width, wdata_i >> BigInt(index * Width)));
    if (we_i) this.#words[waddr_i] = this.#read.map((_, index) => field(index));
    else if (host_req_i && host_we_i && value < Values) this.#words[word]![value] = host_wdata_i % 2 ** Width;
    if (host_req_i) this.#value = value;
  }
}

describe.each<Shape>([
  { Values: 1, Width: 12, SelBits: 0, IsSigned: 1 },
  { Values: 3, Width: 5, SelBits: 2, IsSigned: 0 },
  { Values: 4, Width: 9, SelBits: 2, IsSigned: 1 },
  { Values: 2, Width: 32, SelBits: 1, IsSigned: 1 },
])('a memory with %o', (shape) => {
  it('keeps a value for every cell, whoever writes it', async () => {
    const { Values, Width, SelBits } = shape;
    const random = randomNumbers(Width);
    let filled = 0;
    const difference = await firstDifference<Inputs>({
      shape: {
        cell: 'ion_cell_memory',
        parameters: { ...shape, AddrW: ADDR_BITS },
        ports: {
          host_req_i: 1,
          host_we_i: 1,
          host_addr_i: ADDR_BITS + SelBits,
          host_wdata_i: 32,
          host_rdata_o: 32,
          host_error_o: 1,
          re_i: 1,
          raddr_i: ADDR_BITS,
          rdata_o: Values * Width,
          we_i: 1,
          waddr_i: ADDR_BITS,
          wdata_i: Values * Width,
        },
      },
      model: new CellMemoryModel(shape),
      clocks: 5000,
      stimulus: (age) => {
        const wdata_i = packed(
          Array.from({ length: Values }, () => random(2 ** Width)),
          Width,
        );
        const host = { host_addr_i: random(2 ** (ADDR_BITS + SelBits)), host_wdata_i: random(2 ** 32) };
        const idle = { ...host, host_req_i: 0, host_we_i: 0, re_i: 0, raddr_i: 0, we_i: 0, waddr_i: 0, wdata_i };
        // Memories have no reset; every word is written before one is read
        if (age === 0) return idle;
        if (filled < 2 ** ADDR_BITS) return { ...idle, we_i: 1, waddr_i: filled++ };
        // The core runs, or the host asks; nobody reads what is being written
        if (random(2) === 0) return { ...idle, host_req_i: 1, host_we_i: random(2) };
        const [raddr_i, waddr_i] = [random(2 ** ADDR_BITS), random(2 ** ADDR_BITS)];
        return { ...idle, re_i: random(2), raddr_i, we_i: Number(raddr_i !== waddr_i && random(2) === 1), waddr_i };
      },
    });
    expect(difference).toBeUndefined();
  });
});
