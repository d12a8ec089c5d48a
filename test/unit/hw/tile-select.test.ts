/** The tile whose codes count, against the lowest of a set. */
import { describe, expect, it } from 'vitest';
import { firstDifference, type CellModel, type PortValues } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';

interface Shape {
  readonly Tiles: number;
  readonly WordW: number;
  readonly AnswerW: number;
}

interface Inputs extends PortValues {
  readonly commit_i: number;
  readonly tiles_i: number;
  readonly word_i: bigint;
  readonly answer_i: bigint;
}

class SelectModel implements CellModel<Inputs> {
  readonly #shape: Shape;
  #tiles = 0;

  constructor(shape: Shape) {
    this.#shape = shape;
  }

  reset(): void {
    this.#tiles = 0;
  }

  outputs({ word_i, answer_i }: Inputs): PortValues {
    const { Tiles, WordW, AnswerW } = this.#shape;
    const found = Array.from({ length: Tiles }, (_, tile) => tile).find((tile) => (this.#tiles >> tile) % 2 === 1);
    const lowest = BigInt(found ?? 0);
    return {
      word_o: BigInt.asUintN(WordW, word_i >> (lowest * BigInt(WordW))),
      answer_o: BigInt.asUintN(AnswerW, answer_i >> (lowest * BigInt(AnswerW))),
    };
  }

  advance({ commit_i, tiles_i }: Inputs): void {
    if (commit_i) this.#tiles = tiles_i;
  }
}

describe.each<Shape>([
  { Tiles: 2, WordW: 8, AnswerW: 2 },
  { Tiles: 5, WordW: 36, AnswerW: 3 },
])('the choice among $Tiles tiles', (shape) => {
  it('is the lowest that takes part in the segment on the lines', async () => {
    const { Tiles, WordW, AnswerW } = shape;
    const random = randomNumbers(Tiles);
    const bits = (count: number): bigint =>
      Array.from({ length: count }, () => BigInt(random(2))).reduce((all, bit) => 2n * all + bit, 0n);
    const difference = await firstDifference<Inputs>({
      shape: {
        cell: 'ion_tile_select',
        parameters: { ...shape },
        ports: {
          commit_i: 1,
          tiles_i: Tiles,
          word_i: Tiles * WordW,
          answer_i: Tiles * AnswerW,
          word_o: WordW,
          answer_o: AnswerW,
        },
      },
      model: new SelectModel(shape),
      clocks: 2000,
      stimulus: () => ({
        commit_i: random(2),
        // Often a single tile, so that the highest ones are chosen, too
        tiles_i: random(2) ? 2 ** random(Tiles) : random(2 ** Tiles),
        word_i: bits(Tiles * WordW),
        answer_i: bits(Tiles * AnswerW),
      }),
    });
    expect(difference).toBeUndefined();
  });
});
