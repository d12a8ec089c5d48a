/** The address map: every window, its edges, refusals and answers, against a list of windows. */
import { describe, expect, it } from 'vitest';
import { firstDifference, type CellModel } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';

type Values = Readonly<Record<string, number>>;

interface Window {
  readonly name: string;
  readonly parameter: string;
  readonly base: number;
  /** log2 of its bus words at most. */
  readonly room: number;
  readonly isReadOnly?: true;
  readonly hasError?: true;
}

const WINDOWS: readonly Window[] = [
  { name: 'program', parameter: 'ProgramBits', base: 0x1_0000, room: 14 },
  { name: 'target', parameter: 'TargetBits', base: 0x2_0000, room: 14, hasError: true },
  { name: 'update', parameter: 'UpdateBits', base: 0x3_0000, room: 14 },
  { name: 'work', parameter: 'WorkBits', base: 0x4_0000, room: 16 },
  { name: 'column_plane', parameter: 'ColumnPlaneBits', base: 0x8_0000, room: 15 },
  { name: 'row_plane', parameter: 'RowPlaneBits', base: 0xa_0000, room: 15 },
  { name: 'result', parameter: 'ResultBits', base: 0xc_0000, room: 15, isReadOnly: true, hasError: true },
  { name: 'accumulator', parameter: 'AccumulatorBits', base: 0xe_0000, room: 14, isReadOnly: true, hasError: true },
  { name: 'transfer', parameter: 'TransferBits', base: 0xf_0000, room: 13, hasError: true },
  { name: 'wear', parameter: 'WearBits', base: 0xf_8000, room: 12 },
  { name: 'rail', parameter: 'RailBits', base: 0xf_c000, room: 12, hasError: true },
];
const REGISTERS = { name: 'reg', end: 0x1_0000 } as const;
const ABORT = 0x1c;

interface Request {
  readonly we: number;
  readonly address: number;
  readonly data: number;
}

class DecodeModel implements CellModel<Values> {
  readonly #bits: Values;
  /** The request that is registered now, and the target of the one before it: none where it was refused. */
  #last: Request = { we: 0, address: 0, data: 0 };
  #isAsked = false;
  #answer: string | undefined;
  #isRefused = false;

  constructor(bits: Values) {
    this.#bits = bits;
  }

  reset(): void {
    this.#last = { we: 0, address: 0, data: 0 };
    this.#isAsked = this.#isRefused = false;
    this.#answer = undefined;
  }

  /** What an access reaches; registers take any address of their window, memories whole words inside it. */
  #target(isBusy: boolean): string | undefined {
    const { we, address } = this.#last;
    if (!this.#isAsked) return undefined;
    if (address < REGISTERS.end) return REGISTERS.name;
    if (isBusy || address % 4 !== 0) return undefined;
    const isInside = ({ base, parameter, isReadOnly }: Window): boolean => {
      const bits = this.#bits[parameter] ?? -1;
      return bits >= 0 && address >= base && address < base + 4 * 2 ** bits && !(isReadOnly && we);
    };
    return WINDOWS.find(isInside)?.name;
  }

  outputs(inputs: Values): Values {
    const target = this.#target(inputs['busy_i'] === 1);
    const names = [REGISTERS.name, ...WINDOWS.map(({ name }) => name)];
    return {
      ...Object.fromEntries(names.map((name) => [`${name}_req_o`, Number(name === target)])),
      we_o: this.#last.we,
      addr_o: this.#last.address,
      wdata_o: this.#last.data,
      // Told while the request comes in
      abort_o: Number(inputs['req_i'] === 1 && inputs['we_i'] === 1 && inputs['addr_i'] === ABORT),
      rdata_o: inputs[`${this.#answer ?? ''}_rdata_i`] ?? 0,
      error_o: Number(this.#isRefused || inputs[`${this.#answer ?? ''}_error_i`] === 1),
    };
  }

  advance({ req_i, we_i = 0, addr_i = 0, wdata_i = 0, busy_i }: Values): void {
    this.#answer = this.#target(busy_i === 1);
    this.#isRefused = this.#isAsked && this.#answer === undefined;
    this.#isAsked = req_i === 1;
    if (req_i) this.#last = { we: we_i, address: addr_i, data: wdata_i };
  }
}

const full = Object.fromEntries(WINDOWS.map(({ parameter, room }) => [parameter, room]));
const none = Object.fromEntries(WINDOWS.map(({ parameter }) => [parameter, -1]));
const small = Object.fromEntries(WINDOWS.map(({ parameter }, index) => [parameter, index % 5]));

describe.each([
  ['full windows', full],
  ['small windows', small],
  ['no memory', none],
])('the address map with %s', (_, bits) => {
  it('asks what an address names, refuses the rest, and passes the answer on', async () => {
    const random = randomNumbers(bits['WorkBits'] ?? 0);
    const named = (suffix: string): readonly string[] => [
      `reg${suffix}`,
      ...WINDOWS.filter(({ hasError }) => suffix !== '_error_i' || hasError).map(({ name }) => `${name}${suffix}`),
    ];
    const widths = (names: readonly string[], width: number): Values =>
      Object.fromEntries(names.map((name) => [name, width]));
    const inputs = {
      req_i: 1,
      we_i: 1,
      addr_i: 20,
      wdata_i: 32,
      busy_i: 1,
      ...widths(named('_rdata_i'), 32),
      ...widths(named('_error_i'), 1),
    };
    const outputs = { rdata_o: 32, error_o: 1, abort_o: 1, we_o: 1, addr_o: 20, wdata_o: 32 };
    const address = (): number => {
      const window = WINDOWS[random(WINDOWS.length)];
      const end = 4 * 2 ** Math.max(0, bits[window?.parameter ?? ''] ?? 0);
      // Inside a window, around its end, a single bit beside it, and anything
      const offsets = [4 * random(end / 4), end - 4 + random(9), 2 ** random(18), random(2 ** 16)];
      const bases = [0, ABORT, random(64), random(2 ** 20)];
      if (random(4) === 0) return bases[random(bases.length)] ?? 0;
      return ((window?.base ?? 0) + (offsets[random(offsets.length)] ?? 0)) % 2 ** 20;
    };
    const difference = await firstDifference<Values>({
      shape: {
        cell: 'ion_bus_decode',
        parameters: bits,
        ports: { ...inputs, ...outputs, ...widths(named('_req_o'), 1) },
      },
      model: new DecodeModel(bits),
      clocks: 8000,
      stimulus: () => ({
        ...Object.fromEntries(Object.entries(inputs).map(([name, width]) => [name, random(2 ** width)])),
        addr_i: address(),
        busy_i: Number(random(4) === 0),
      }),
    });
    expect(difference).toBeUndefined();
  });
});
