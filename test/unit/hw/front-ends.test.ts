/** Bus front ends against plain accounts of requests and answers, whatever a master does. */
import { describe, expect, it } from 'vitest';
import { firstDifference, type CellModel } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';

type Values = Readonly<Record<string, number>>;

const ADDR_BITS = 6;
const INTERNAL = { req_o: 1, we_o: 1, addr_o: ADDR_BITS, wdata_o: 32, rdata_i: 32, error_i: 1, active_o: 1 };

class ApbModel implements CellModel<Values> {
  readonly #latency: number;
  /** Clocks since the request of this transfer. */
  #stage: number | undefined;

  constructor(latency: number) {
    this.#latency = latency;
  }

  reset(): void {
    this.#stage = undefined;
  }

  outputs({
    psel_i = 0,
    penable_i,
    pwrite_i = 0,
    paddr_i = 0,
    pwdata_i = 0,
    rdata_i = 0,
    error_i = 0,
  }: Values): Values {
    const answers = this.#stage === this.#latency;
    return {
      pready_o: Number(answers),
      prdata_o: answers ? rdata_i : 0,
      pslverr_o: answers ? error_i : 0,
      req_o: Number(this.#stage === 0 && psel_i === 1 && penable_i === 1),
      we_o: pwrite_i,
      addr_o: paddr_i,
      wdata_o: pwdata_i,
      active_o: psel_i,
    };
  }

  advance({ psel_i }: Values): void {
    const goesOn = psel_i === 1 && this.#stage !== this.#latency;
    this.#stage = goesOn ? (this.#stage ?? -1) + 1 : undefined;
  }
}

interface Flight {
  readonly isRefused: boolean;
}

class WishboneModel implements CellModel<Values> {
  readonly #latency: number;
  readonly #isPipelined: boolean;
  /** What was asked so many clocks ago, the newest first. */
  #flights: readonly (Flight | undefined)[] = [];

  constructor(latency: number, isPipelined: boolean) {
    this.#latency = latency;
    this.#isPipelined = isPipelined;
  }

  reset(): void {
    this.#flights = Array.from({ length: this.#latency }, () => undefined);
  }

  #taken({ wb_cyc_i, wb_stb_i, wb_we_i, wb_sel_i }: Values): Flight | undefined {
    const isFree = this.#isPipelined || this.#flights.every((flight) => !flight);
    const isTaken = wb_cyc_i === 1 && wb_stb_i === 1 && isFree;
    return isTaken ? { isRefused: wb_we_i === 1 && wb_sel_i !== 15 } : undefined;
  }

  outputs(inputs: Values): Values {
    const answered = this.#flights.at(-1);
    const isError = answered?.isRefused || inputs['error_i'] === 1;
    const taken = this.#taken(inputs);
    return {
      wb_ack_o: Number(answered !== undefined && !isError),
      wb_err_o: Number(answered !== undefined && isError),
      wb_stall_o: Number(!this.#isPipelined && !answered),
      wb_dat_o: inputs['rdata_i'] ?? 0,
      req_o: Number(taken !== undefined && !taken.isRefused),
      we_o: inputs['wb_we_i'] ?? 0,
      addr_o: inputs['wb_adr_i'] ?? 0,
      wdata_o: inputs['wb_dat_i'] ?? 0,
      active_o: inputs['wb_cyc_i'] ?? 0,
    };
  }

  /** The end of a cycle takes back what is in flight. */
  advance(inputs: Values): void {
    const older = this.#flights.slice(0, -1).map((flight) => (inputs['wb_cyc_i'] ? flight : undefined));
    this.#flights = [this.#taken(inputs), ...older];
  }
}

class AxiModel implements CellModel<Values> {
  readonly #latency: number;
  #writeAddress: number | undefined;
  #writeData: { readonly data: number; readonly isWhole: boolean } | undefined;
  #readAddress: number | undefined;
  #flight: { readonly kind: 'write' | 'read'; readonly clocks: number; readonly isRefused: boolean } | undefined;
  #lastKind: 'write' | 'read' = 'read';
  #written: { readonly isError: boolean } | undefined;
  #read: { readonly isError: boolean; readonly data: number } | undefined;

  constructor(latency: number) {
    this.#latency = latency;
  }

  reset(): void {
    this.#writeAddress = this.#writeData = this.#readAddress = this.#flight = this.#written = this.#read = undefined;
    this.#lastKind = 'read';
  }

  /** What is asked now: where both could be, not what was asked last. */
  get #starts(): 'write' | 'read' | undefined {
    if (this.#flight) return undefined;
    const canWrite = this.#writeAddress !== undefined && this.#writeData !== undefined && !this.#written;
    const canRead = this.#readAddress !== undefined && !this.#read;
    if (canWrite && canRead) return this.#lastKind === 'read' ? 'write' : 'read';
    if (canWrite) return 'write';
    return canRead ? 'read' : undefined;
  }

  outputs({ awvalid_i, wvalid_i, arvalid_i }: Values): Values {
    const starts = this.#starts;
    const asks = starts === 'read' || (starts === 'write' && this.#writeData?.isWhole);
    const held = [this.#writeAddress, this.#writeData, this.#readAddress, this.#flight, this.#written, this.#read];
    return {
      awready_o: Number(this.#writeAddress === undefined),
      wready_o: Number(this.#writeData === undefined),
      arready_o: Number(this.#readAddress === undefined),
      bvalid_o: Number(this.#written !== undefined),
      rvalid_o: Number(this.#read !== undefined),
      ...(this.#written && { bresp_o: this.#written.isError ? 2 : 0 }),
      ...(this.#read && { rresp_o: this.#read.isError ? 2 : 0, rdata_o: this.#read.data }),
      req_o: Number(asks),
      ...(asks && { we_o: Number(starts === 'write') }),
      ...(asks && { addr_o: (starts === 'write' ? this.#writeAddress : this.#readAddress) ?? 0 }),
      ...(asks && starts === 'write' && { wdata_o: this.#writeData?.data ?? 0 }),
      active_o: Number(Boolean(awvalid_i || wvalid_i || arvalid_i) || held.some((one) => one !== undefined)),
    };
  }

  advance(inputs: Values): void {
    const starts = this.#starts;
    const isRefused = starts === 'write' && !this.#writeData?.isWhole;
    this.#answer(inputs);
    this.#takeOver(inputs, starts);
    if (starts) {
      this.#flight = { kind: starts, clocks: this.#latency, isRefused };
      this.#lastKind = starts;
    }
  }

  #answer({ rdata_i = 0, error_i, bready_i, rready_i }: Values): void {
    if (bready_i) this.#written = undefined;
    if (rready_i) this.#read = undefined;
    if (!this.#flight) return;
    const { kind, clocks, isRefused } = this.#flight;
    this.#flight = clocks > 1 ? { kind, clocks: clocks - 1, isRefused } : undefined;
    if (this.#flight) return;
    if (kind === 'write') this.#written = { isError: isRefused || error_i === 1 };
    else this.#read = { isError: error_i === 1, data: rdata_i };
  }

  #takeOver(inputs: Values, starts: 'write' | 'read' | undefined): void {
    const { awvalid_i, awaddr_i = 0, wvalid_i, wdata_i = 0, wstrb_i, arvalid_i, araddr_i = 0 } = inputs;
    if (this.#writeAddress === undefined) this.#writeAddress = awvalid_i ? awaddr_i : undefined;
    else if (starts === 'write') this.#writeAddress = undefined;
    if (this.#writeData === undefined)
      this.#writeData = wvalid_i ? { data: wdata_i, isWhole: wstrb_i === 15 } : undefined;
    else if (starts === 'write') this.#writeData = undefined;
    if (this.#readAddress === undefined) this.#readAddress = arvalid_i ? araddr_i : undefined;
    else if (starts === 'read') this.#readAddress = undefined;
  }
}

interface FrontEnd {
  readonly cell: string;
  readonly Latency: number;
  readonly more?: Values;
  readonly model: CellModel<Values>;
  readonly ports: Values;
  /** Inputs that are high most of the time, so that transfers come to their end. */
  readonly eager: readonly string[];
}

const APB = {
  psel_i: 1,
  penable_i: 1,
  pwrite_i: 1,
  paddr_i: ADDR_BITS,
  pwdata_i: 32,
  prdata_o: 32,
  pready_o: 1,
  pslverr_o: 1,
};
const WISHBONE = {
  wb_cyc_i: 1,
  wb_stb_i: 1,
  wb_we_i: 1,
  wb_adr_i: ADDR_BITS,
  wb_sel_i: 4,
  wb_dat_i: 32,
  wb_dat_o: 32,
  wb_ack_o: 1,
  wb_err_o: 1,
  wb_stall_o: 1,
};
const AXI = {
  awvalid_i: 1,
  awready_o: 1,
  awaddr_i: ADDR_BITS,
  wvalid_i: 1,
  wready_o: 1,
  wdata_i: 32,
  wstrb_i: 4,
  bvalid_o: 1,
  bready_i: 1,
  bresp_o: 2,
  arvalid_i: 1,
  arready_o: 1,
  araddr_i: ADDR_BITS,
  rvalid_o: 1,
  rready_i: 1,
  rdata_o: 32,
  rresp_o: 2,
};

const wishbone = (Latency: number, Pipelined: number): FrontEnd => ({
  cell: 'ion_wishbone',
  Latency,
  more: { Pipelined },
  model: new WishboneModel(Latency, Pipelined === 1),
  ports: WISHBONE,
  eager: ['wb_cyc_i', 'wb_sel_i'],
});

const FRONT_ENDS: readonly FrontEnd[] = [
  ...[1, 2, 3].map((Latency) => ({
    cell: 'ion_apb',
    Latency,
    model: new ApbModel(Latency),
    ports: APB,
    eager: ['psel_i', 'penable_i'],
  })),
  ...[1, 2].map((Latency) => ({
    cell: 'ion_axi4lite',
    Latency,
    model: new AxiModel(Latency),
    ports: AXI,
    eager: ['wstrb_i'],
  })),
  wishbone(1, 0),
  wishbone(2, 0),
  wishbone(2, 1),
  wishbone(3, 1),
];

describe.each(FRONT_ENDS)('$cell, $Latency clocks from request to answer, $more', (frontEnd) => {
  it('asks once and answers once', async () => {
    const { cell, Latency, more, model, ports, eager } = frontEnd;
    const random = randomNumbers(Latency);
    const all: Values = { ...ports, ...INTERNAL };
    const inputs = Object.entries(all).filter(([name]) => name.endsWith('_i'));
    const difference = await firstDifference<Values>({
      shape: { cell, parameters: { AddrW: ADDR_BITS, Latency, ...more }, ports: all },
      model,
      clocks: 5000,
      stimulus: () =>
        Object.fromEntries(
          inputs.map(([name, bits]) => {
            const isHigh = eager.includes(name) && random(8) > 0;
            return [name, isHigh ? 2 ** bits - 1 : random(2 ** bits)];
          }),
        ),
    });
    expect(difference).toBeUndefined();
  });
});
