/** Memories that the host fills and the core reads, against plain arrays. */
import { describe, expect, it } from 'vitest';
import { firstDifference, type CellModel, type PortValues } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';
import { mostOf, wideNumbers } from '../../support/wide-numbers.js';

type Values = Readonly<Record<string, number>>;

interface RamInputs extends PortValues {
  readonly we_i: number;
  readonly waddr_i: number;
  readonly wdata_i: bigint;
  readonly re_i: number;
  readonly raddr_i: number;
}

const DEPTH = 8;
const ADDR_BITS = 3;

class HostMemoryModel implements CellModel<Values> {
  readonly #width: number;
  readonly #laneBits: number;
  readonly #words = new Array<bigint>(DEPTH).fill(0n);
  #data = 0n;
  #lane = 0;

  constructor(width: number, laneBits: number) {
    this.#width = width;
    this.#laneBits = laneBits;
  }

  /** Memories keep what they hold. */
  reset(): void {
    this.#lane = 0;
  }

  outputs(): PortValues {
    return { rdata_o: this.#data, host_rdata_o: (this.#data >> BigInt(32 * this.#lane)) & 0xffff_ffffn };
  }

  advance({ host_req_i, host_we_i, host_addr_i = 0, host_wdata_i = 0, own_i, re_i, addr_i = 0 }: Values): void {
    const [word, lane] = [host_addr_i >> this.#laneBits, host_addr_i % 2 ** this.#laneBits];
    if (re_i) this.#data = this.#words[own_i ? addr_i : word] ?? 0n;
    if (host_req_i) this.#lane = lane;
    if (!host_req_i || !host_we_i) return;
    const shift = BigInt(32 * lane);
    const others = (this.#words[word] ?? 0n) & ~(0xffff_ffffn << shift);
    this.#words[word] = BigInt.asUintN(this.#width, others | (BigInt(host_wdata_i) << shift));
  }
}

describe.each([
  { Width: 20, LaneBits: 0 },
  { Width: 40, LaneBits: 1 },
  { Width: 64, LaneBits: 1 },
  { Width: 75, LaneBits: 2 },
])('a memory of $Width bits a word', ({ Width, LaneBits }) => {
  it('takes lanes from the host and gives words to the core', async () => {
    const random = randomNumbers(Width);
    let filled = 0;
    const difference = await firstDifference<Values>({
      shape: {
        cell: 'ion_host_memory',
        parameters: { Width, Depth: DEPTH, LaneBits },
        ports: {
          host_req_i: 1,
          host_we_i: 1,
          host_addr_i: ADDR_BITS + LaneBits,
          host_wdata_i: 32,
          host_rdata_o: 32,
          own_i: 1,
          re_i: 1,
          addr_i: ADDR_BITS,
          rdata_o: Width,
        },
      },
      model: new HostMemoryModel(Width, LaneBits),
      clocks: 4000,
      stimulus: (age) => {
        const host_wdata_i = random(2 ** 32);
        const addr_i = random(DEPTH);
        // Every word is written before one is read
        if (filled < DEPTH << LaneBits) {
          const host_addr_i = age === 0 ? filled : filled++;
          return { host_req_i: 1, host_we_i: 1, host_addr_i, host_wdata_i, own_i: 1, re_i: 0, addr_i };
        }
        const host_addr_i = random(DEPTH << LaneBits);
        const own_i = random(2);
        // The port that is read does not meet the word that is written
        const read = own_i ? addr_i : host_addr_i >> LaneBits;
        const host_we_i = Number(age > 0 && random(2) === 1 && read !== host_addr_i >> LaneBits);
        const re_i = Number(age > 0 && random(4) > 0);
        return { host_req_i: Number(random(3) > 0), host_we_i, host_addr_i, host_wdata_i, own_i, re_i, addr_i };
      },
    });
    expect(difference).toBeUndefined();
  });
});

describe.each([
  { Width: 5, Depth: 8 },
  { Width: 33, Depth: 6 },
  { Width: 256, Depth: 4096 },
])('a memory of $Depth words of $Width bits', ({ Width, Depth }) => {
  it('gives what was written last, until the next read', async () => {
    const random = randomNumbers(Depth);
    const wide = wideNumbers(random);
    const addressBits = Math.ceil(Math.log2(Depth));
    // Words that are written are read again, those between their ends as well
    const places = Array.from({ length: 24 }, () => Number(wide(BigInt(Depth - 1))));
    const place = (): number => places[random(places.length)]!;
    const words = new Array<bigint>(Depth).fill(0n);
    let data = 0n;
    const difference = await firstDifference<RamInputs>({
      shape: {
        cell: 'ion_ram',
        parameters: { Width, Depth },
        ports: { we_i: 1, waddr_i: addressBits, wdata_i: Width, re_i: 1, raddr_i: addressBits, rdata_o: Width },
      },
      model: {
        reset: () => undefined,
        outputs: () => ({ rdata_o: data }),
        advance: ({ we_i, waddr_i, wdata_i, re_i, raddr_i }) => {
          if (re_i) data = words[raddr_i] ?? 0n;
          if (we_i) words[waddr_i] = wdata_i;
        },
      },
      clocks: 3000,
      stimulus: (age) => {
        const wdata_i = wide(mostOf(Width));
        const [waddr_i, raddr_i] = [place(), place()];
        // It has no reset, which is told apart from a clock that does nothing
        if (age === 0) return { we_i: 0, waddr_i, wdata_i, re_i: 0, raddr_i };
        return { we_i: Number(waddr_i !== raddr_i && random(2) === 1), waddr_i, wdata_i, re_i: random(2), raddr_i };
      },
    });
    expect(difference).toBeUndefined();
  });
});
