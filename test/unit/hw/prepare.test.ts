/** Load and prepare stages against a queue of two places. */
import { describe, expect, it } from 'vitest';
import { firstDifference, type CellModel, type PortValues } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';

type Values = Readonly<Record<string, number>>;

const LOADED = ['row_kind', 'row_index', 'column_kind', 'column_index'];
const PASSED = ['carry', 'negative', 'rest', 'chain'];

class PrepareModel implements CellModel<Values> {
  readonly #dwellBits: number;
  #loading: Values = {};
  #isLoading = false;
  #prepared: Values = {};
  #isPrepared = false;

  constructor(dwellBits: number) {
    this.#dwellBits = dwellBits;
  }

  reset(): void {
    this.#isLoading = this.#isPrepared = false;
    this.#loading = Object.fromEntries([...LOADED, ...PASSED, 'dwell'].map((field) => [`${field}_i`, 0]));
    this.#prepared = {};
  }

  /** The shadow registers may be written where nothing prepared needs them any more. */
  #loads({ free_i }: Values): boolean {
    return this.#isLoading && (!this.#isPrepared || free_i === 1);
  }

  #isReady(inputs: Values): boolean {
    return !this.#isLoading || (this.#loads(inputs) && inputs['done_i'] === 1);
  }

  outputs(inputs: Values): PortValues {
    const isReady = this.#isReady(inputs);
    const dwell = this.#prepared['dwell_i'];
    return {
      ...Object.fromEntries(LOADED.map((field) => [`${field}_o`, this.#loading[`${field}_i`] ?? 0])),
      ...Object.fromEntries(PASSED.map((field) => [`${field}_o`, this.#prepared[`${field}_i`] ?? 0])),
      row_o: this.#prepared['row_index_i'] ?? 0,
      count_o: dwell === undefined ? 0 : (dwell - 3 + 2 ** (this.#dwellBits + 1)) % 2 ** (this.#dwellBits + 1),
      ready_o: Number(isReady),
      enter_o: Number(isReady && inputs['valid_i'] === 1),
      load_o: Number(this.#loads(inputs)),
      valid_o: Number(this.#isPrepared),
      loading_o: Number(this.#isLoading),
      settled_o: this.#isLoading ? Number(this.#isPrepared) : 1 - (inputs['valid_i'] ?? 0),
    };
  }

  advance(inputs: Values): void {
    const isReady = this.#isReady(inputs);
    if (this.#loads(inputs)) {
      this.#prepared = this.#loading;
      this.#isPrepared = inputs['done_i'] === 1;
    } else if (inputs['free_i']) this.#isPrepared = false;
    if (isReady) {
      this.#loading = inputs;
      this.#isLoading = inputs['valid_i'] === 1;
    }
    if (inputs['abort_i']) this.#isLoading = this.#isPrepared = false;
  }
}

describe.each([
  { CarryW: 3, RowW: 2, ColumnW: 3, DwellW: 3 },
  { CarryW: 5, RowW: 7, ColumnW: 9, DwellW: 20 },
  { CarryW: 9, RowW: 6, ColumnW: 1, DwellW: 12 },
])('load and prepare with %o', (parameters) => {
  it('hold a segment each, and pass them on in order', async () => {
    const { CarryW, RowW, ColumnW, DwellW } = parameters;
    const random = randomNumbers(DwellW);
    const inputs = {
      abort_i: 1,
      valid_i: 1,
      carry_i: CarryW,
      row_kind_i: 3,
      row_index_i: RowW,
      column_kind_i: 3,
      column_index_i: ColumnW,
      negative_i: 1,
      rest_i: 1,
      chain_i: 1,
      dwell_i: DwellW,
      done_i: 1,
      free_i: 1,
      soon_i: 1,
      warped_i: 1,
    };
    const outputs = {
      ready_o: 1,
      enter_o: 1,
      load_o: 1,
      row_kind_o: 3,
      row_index_o: RowW,
      column_kind_o: 3,
      column_index_o: ColumnW,
      valid_o: 1,
      carry_o: CarryW,
      row_o: RowW,
      negative_o: 1,
      rest_o: 1,
      chain_o: 1,
      count_o: DwellW + 1,
      loading_o: 1,
      settled_o: 1,
    };
    let soon = 0;
    const difference = await firstDifference({
      shape: { cell: 'ion_prepare', parameters, ports: { ...inputs, ...outputs } },
      model: new PrepareModel(DwellW),
      clocks: 5000,
      stimulus: () => {
        const drawn = Object.fromEntries(Object.entries(inputs).map(([name, bits]) => [name, random(2 ** bits)]));
        const warped = Number(random(8) === 0);
        // Free is what was told a clock ahead, or comes by a warp
        const free = soon | warped;
        soon = random(2);
        return { ...drawn, abort_i: Number(random(20) === 0), free_i: free, warped_i: warped, soon_i: soon };
      },
    });
    expect(difference).toBeUndefined();
  });
});
