/** From a word's selections to lines and planes: select at fetch, and decode with the entry, against plain rules. */
import { describe, expect, it } from 'vitest';
import { POLARITY_CODE, REST_CODE, SELECT_CODE } from '../../../src/ir/microcode.js';
import { firstDifference, packed, type CellModel, type PortValues } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';

const KIND = { none: 0, all: 1, line: 2, plane: 3, spikes: 4, keep: 5, up: 6, down: 7 } as const;

describe.each([
  { CountW: 4, IndexW: 4, HasPlanes: 2, HasRandom: 1, HasSpikes: 4, HasMarks: 1 },
  { CountW: 6, IndexW: 3, HasPlanes: 1, HasRandom: 0, HasSpikes: 0, HasMarks: 0 },
  { CountW: 9, IndexW: 9, HasPlanes: 2, HasRandom: 1, HasSpikes: 4, HasMarks: 1 },
  { CountW: 5, IndexW: 5, HasPlanes: 0, HasRandom: 0, HasSpikes: 0, HasMarks: 0 },
])('line selection with %o', (parameters) => {
  const { CountW, IndexW, HasPlanes, HasRandom, HasSpikes, HasMarks } = parameters;

  it('names kind and index of every code', async () => {
    const random = randomNumbers(IndexW);
    const mask = 2 ** IndexW - 1;
    const difference = await firstDifference({
      shape: {
        cell: 'ion_line_select',
        parameters,
        ports: {
          select_i: 4,
          base_i: IndexW,
          count_i: 3 * CountW,
          draw_i: 4,
          random_planes_i: 4,
          kind_o: 3,
          index_o: IndexW,
          from_entry_o: 1,
          random_o: 1,
        },
      },
      clocks: 6000,
      stimulus: () => {
        const counts = [0, 1, 2].map(() => random(2 ** CountW));
        const base_i = random(3) > 0 ? 0 : random(2 ** IndexW);
        return {
          select_i: random(16),
          base_i,
          count_i: packed(counts, CountW),
          draw_i: random(9),
          random_planes_i: random(10),
        };
      },
      model: {
        reset: () => undefined,
        advance: () => undefined,
        outputs: ({ select_i, base_i, count_i, draw_i, random_planes_i }) => {
          const count = (counter: number): number => Number((count_i >> BigInt(counter * CountW)) & BigInt(mask));
          const plain = { kind_o: KIND.none, index_o: base_i, from_entry_o: 0, random_o: 0 };
          const ofCounter = (first: number): PortValues => ({ ...plain, index_o: base_i | count(select_i - first) });
          if (select_i === SELECT_CODE.all) return { ...plain, kind_o: KIND.all };
          if (select_i === SELECT_CODE.keep) return { ...plain, kind_o: KIND.keep };
          if (select_i === SELECT_CODE.entry) return { ...plain, kind_o: KIND.line, from_entry_o: 1 };
          if (select_i >= SELECT_CODE.counter && select_i < SELECT_CODE.entry)
            return { ...ofCounter(SELECT_CODE.counter), kind_o: KIND.line };
          if (HasPlanes && select_i === SELECT_CODE.entryPlane)
            return { ...plain, kind_o: KIND.plane, from_entry_o: 1 };
          if (HasPlanes && select_i === SELECT_CODE.plane) return { ...plain, kind_o: KIND.plane };
          if (HasPlanes && select_i >= SELECT_CODE.counterPlane && select_i < SELECT_CODE.random)
            return { ...ofCounter(SELECT_CODE.counterPlane), kind_o: KIND.plane };
          if (HasRandom && select_i === SELECT_CODE.random) {
            const kind_o = draw_i < random_planes_i ? KIND.plane : KIND.none;
            return { ...plain, kind_o, index_o: base_i | (draw_i & mask), random_o: 1 };
          }
          if (HasSpikes && select_i === SELECT_CODE.age) return { ...plain, kind_o: KIND.spikes };
          if (HasMarks && select_i === SELECT_CODE.marks) return { ...plain, kind_o: base_i % 2 ? KIND.down : KIND.up };
          return plain;
        },
      },
    });
    expect(difference).toBeUndefined();
  });
});

interface Shape {
  readonly Ages: number;
  readonly TickExp: number;
  readonly RowW: number;
  readonly ColumnW: number;
  readonly EntryRowW: number;
  readonly EntryColW: number;
}

const CARRY_BITS = 5;
const MAGNITUDE_BITS = 8;
const DWELL_BITS = 20;

/** Fields that stand in decode while its entry is read. */
const HELD = ['carry', 'row_kind', 'row_index', 'row_from_entry', 'column_kind', 'column_index', 'column_from_entry'];
const RULES = ['polarity', 'rest', 'timed', 'dwell'];

class DecodeModel implements CellModel<Readonly<Record<string, number>>> {
  readonly #shape: Shape;
  #isValid = false;
  #word: Readonly<Record<string, number>> = {};

  constructor(shape: Shape) {
    this.#shape = shape;
  }

  reset(): void {
    this.#isValid = false;
    this.#word = Object.fromEntries([...HELD, ...RULES].map((field) => [field, 0]));
  }

  outputs(inputs: Readonly<Record<string, number>>): PortValues {
    const word = (field: string): number => this.#word[field] ?? 0;
    const given = (port: string): number => inputs[port] ?? 0;
    const byEntry = word('rest') === REST_CODE.entry;
    const isLast = given('entry_last_i') === 1;
    const polarity = word('polarity');
    return {
      ready_o: Number(!this.#isValid || given('ready_i') === 1),
      valid_o: Number(this.#isValid),
      carry_o: word('carry'),
      row_kind_o: word('row_kind'),
      row_index_o: this.#index('row', this.#shape.RowW, inputs),
      column_kind_o: word('column_kind'),
      column_index_o: this.#index('column', this.#shape.ColumnW, inputs),
      negative_o: polarity === POLARITY_CODE.entry ? given('entry_negative_i') : polarity % 2,
      rest_o: Number(word('rest') === REST_CODE.always || (byEntry && isLast)),
      chain_o: Number(byEntry && !isLast),
      dwell_o: word('timed') ? (given('entry_magnitude_i') << this.#shape.TickExp) % 2 ** DWELL_BITS : word('dwell'),
    };
  }

  #index(side: string, bits: number, inputs: Readonly<Record<string, number>>): number {
    const index = this.#word[`${side}_index`] ?? 0;
    const { Ages } = this.#shape;
    if (Ages > 0 && this.#word[`${side}_kind`] === KIND.spikes)
      return ((inputs['tick_index_i'] ?? 0) - index + 16 * Ages) % Ages;
    return this.#word[`${side}_from_entry`] ? (index | (inputs[`entry_${side}_i`] ?? 0)) % 2 ** bits : index;
  }

  advance(inputs: Readonly<Record<string, number>>): void {
    const isReady = !this.#isValid || inputs['ready_i'] === 1;
    if (isReady && inputs['valid_i'])
      this.#word = Object.fromEntries([...HELD, ...RULES].map((field) => [field, inputs[`${field}_i`] ?? 0]));
    if (inputs['abort_i']) this.#isValid = false;
    else if (isReady) this.#isValid = inputs['valid_i'] === 1;
  }
}

describe.each<Shape>([
  { Ages: 0, TickExp: 0, RowW: 4, ColumnW: 3, EntryRowW: 4, EntryColW: 3 },
  { Ages: 0, TickExp: 5, RowW: 7, ColumnW: 9, EntryRowW: 7, EntryColW: 9 },
  { Ages: 4, TickExp: 3, RowW: 3, ColumnW: 4, EntryRowW: 4, EntryColW: 2 },
])('decode with %o', (shape) => {
  it('resolves what a segment takes from its entry', async () => {
    const random = randomNumbers(5);
    const { RowW, ColumnW, EntryRowW, EntryColW, Ages } = shape;
    const inputs = {
      abort_i: 1,
      valid_i: 1,
      carry_i: CARRY_BITS,
      row_kind_i: 3,
      row_index_i: RowW,
      row_from_entry_i: 1,
      column_kind_i: 3,
      column_index_i: ColumnW,
      column_from_entry_i: 1,
      polarity_i: 2,
      rest_i: 2,
      timed_i: 1,
      dwell_i: DWELL_BITS,
      entry_row_i: EntryRowW,
      entry_column_i: EntryColW,
      entry_magnitude_i: MAGNITUDE_BITS,
      entry_negative_i: 1,
      entry_last_i: 1,
      tick_index_i: Ages > 0 ? 2 : 1,
      ready_i: 1,
    };
    const outputs = {
      ready_o: 1,
      valid_o: 1,
      carry_o: CARRY_BITS,
      row_kind_o: 3,
      row_index_o: RowW,
      column_kind_o: 3,
      column_index_o: ColumnW,
      negative_o: 1,
      rest_o: 1,
      chain_o: 1,
      dwell_o: DWELL_BITS,
    };
    const sizes = { CarryW: CARRY_BITS, MagnitudeW: MAGNITUDE_BITS, DwellW: DWELL_BITS };
    const difference = await firstDifference({
      shape: { cell: 'ion_decode', parameters: { ...shape, ...sizes }, ports: { ...inputs, ...outputs } },
      model: new DecodeModel(shape),
      clocks: 6000,
      stimulus: () => ({
        ...Object.fromEntries(Object.entries(inputs).map(([name, bits]) => [name, random(2 ** bits)])),
        abort_i: Number(random(20) === 0),
      }),
    });
    expect(difference).toBeUndefined();
  });
});
