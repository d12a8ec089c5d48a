/** The walk through planes against a list of words a segment. */
import { describe, expect, it } from 'vitest';
import { firstDifference, type CellModel } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';

type Values = Readonly<Record<string, number>>;

interface Shape {
  readonly RowWords: number;
  readonly ColumnWords: number;
  readonly RowBits: number;
  readonly ColumnBits: number;
  readonly GroupW: number;
}

const PLANE_BITS = 9;

/** Kinds of selection that walk through the words of a plane. */
const isPlane = (kind: number | undefined): boolean => kind === 3 || kind === 4;

class LoaderModel implements CellModel<Values> {
  readonly shape: Shape;
  group = 0;
  /** Words of the walk; none before the first segment. */
  words = Infinity;

  constructor(shape: Shape) {
    this.shape = shape;
  }

  get isOneWord(): boolean {
    return Math.max(this.shape.RowWords, this.shape.ColumnWords) <= 1;
  }

  get isDone(): boolean {
    return this.isOneWord || this.group === this.words - 1;
  }

  reset(): void {
    this.group = 0;
    this.words = Infinity;
  }

  outputs({ enter_i, enter_row_i = 0, enter_column_i = 0, load_i, row_i = 0, column_i = 0 }: Values): Values {
    const { RowBits, ColumnBits } = this.shape;
    const word = enter_i || this.isOneWord ? 0 : this.group + 1;
    const address = (plane: number, bits: number): number => plane * 2 ** bits + (word % 2 ** bits);
    return {
      done_o: Number(this.isDone),
      group_o: this.group,
      re_o: Number(enter_i === 1 || (load_i === 1 && !this.isDone)),
      row_addr_o: address(enter_i || this.isOneWord ? enter_row_i : row_i, RowBits),
      column_addr_o: address(enter_i || this.isOneWord ? enter_column_i : column_i, ColumnBits),
    };
  }

  advance({ abort_i, enter_i, enter_row_kind_i, enter_column_kind_i, load_i }: Values): void {
    if (this.isOneWord) return;
    const { RowWords, ColumnWords } = this.shape;
    if (abort_i) this.reset();
    else if (enter_i) {
      this.group = 0;
      const [rows, columns] = [
        isPlane(enter_row_kind_i) ? RowWords : 1,
        isPlane(enter_column_kind_i) ? ColumnWords : 1,
      ];
      this.words = Math.max(rows, columns, 1);
    } else if (load_i && !this.isDone) this.group += 1;
  }
}

describe.each<Shape>([
  { RowWords: 0, ColumnWords: 1, RowBits: 0, ColumnBits: 0, GroupW: 1 },
  { RowWords: 1, ColumnWords: 3, RowBits: 0, ColumnBits: 2, GroupW: 2 },
  { RowWords: 4, ColumnWords: 2, RowBits: 2, ColumnBits: 1, GroupW: 2 },
  { RowWords: 5, ColumnWords: 0, RowBits: 3, ColumnBits: 0, GroupW: 3 },
])('the loader of planes of $RowWords and $ColumnWords words', (shape) => {
  it('reads every word of the longer side once, in order', async () => {
    const random = randomNumbers(shape.ColumnWords);
    const model = new LoaderModel(shape);
    let isLoading = false;
    const difference = await firstDifference<Values>({
      shape: {
        cell: 'ion_plane_loader',
        parameters: { ...shape, RowW: PLANE_BITS, ColumnW: PLANE_BITS },
        ports: {
          abort_i: 1,
          enter_i: 1,
          enter_row_kind_i: 3,
          enter_row_i: PLANE_BITS,
          enter_column_kind_i: 3,
          enter_column_i: PLANE_BITS,
          load_i: 1,
          row_i: PLANE_BITS,
          column_i: PLANE_BITS,
          done_o: 1,
          group_o: shape.GroupW,
          re_o: 1,
          row_addr_o: PLANE_BITS + shape.RowBits,
          column_addr_o: PLANE_BITS + shape.ColumnBits,
        },
      },
      model,
      clocks: 5000,
      stimulus: (age) => {
        // Nothing enters in the clock of a reset
        if (age === 0) isLoading = false;
        const abort_i = Number(random(40) === 0);
        // The next segment comes when the load of the last one ends, or later
        const load_i = Number(isLoading && random(3) > 0);
        const ends = load_i === 1 && model.isDone;
        const enter_i = Number(age > 0 && (!isLoading || ends) && random(3) > 0);
        isLoading = abort_i === 0 && (enter_i === 1 || (isLoading && !ends));
        return {
          abort_i,
          enter_i,
          enter_row_kind_i: random(8),
          enter_row_i: random(2 ** PLANE_BITS),
          enter_column_kind_i: random(8),
          enter_column_i: random(2 ** PLANE_BITS),
          load_i,
          row_i: random(2 ** PLANE_BITS),
          column_i: random(2 ** PLANE_BITS),
        };
      },
    });
    expect(difference).toBeUndefined();
  });
});
