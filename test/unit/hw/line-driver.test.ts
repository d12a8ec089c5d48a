/** Line drivers against sets of lines and a level a line. */
import { describe, expect, it } from 'vitest';
import { firstDifference, type CellModel, type PortValues } from '../../support/cell-model.js';
import { randomNumbers, type RandomNumbers } from '../../support/random-numbers.js';

const KIND = { none: 0, all: 1, line: 2, plane: 3, spikes: 4, keep: 5, up: 6, down: 7 } as const;

interface Shape {
  readonly Lines: number;
  readonly IndexW: number;
  readonly LevelW: number;
  readonly Lanes: number;
  readonly Words: number;
  readonly GroupW: number;
  readonly HasMarks: number;
}

interface Inputs extends PortValues {
  readonly load_i: number;
  readonly kind_i: number;
  readonly index_i: number;
  readonly group_i: number;
  readonly word_i: bigint;
  readonly up_i: bigint;
  readonly down_i: bigint;
  readonly commit_i: number;
  readonly select_i: number;
  readonly hold_i: number;
  readonly level_i: number;
}

class DriverModel implements CellModel<Inputs> {
  readonly #shape: Shape;
  #shadow: boolean[] = [];
  #levels: number[] = [];

  constructor(shape: Shape) {
    this.#shape = shape;
  }

  reset(): void {
    this.#shadow = Array.from({ length: this.#shape.Lines }, () => false);
    this.#levels = this.#shadow.map(() => 0);
  }

  outputs(): PortValues {
    const { LevelW } = this.#shape;
    const bits = Array.from({ length: LevelW }, (_, bit) => this.#levels.map((level) => (level >> bit) % 2)).flat();
    return { line_o: BigInt(`0b${bits.reverse().join('')}`) };
  }

  advance(inputs: Inputs): void {
    const { commit_i, select_i, hold_i, level_i } = inputs;
    if (commit_i)
      this.#levels = this.#levels.map((level, line) => {
        if (!select_i) return 0;
        if (this.#shadow[line]) return level_i;
        return hold_i ? level : 0;
      });
    if (inputs.load_i) this.#shadow = this.#shadow.map((isOn, line) => this.#loaded(line, isOn, inputs));
  }

  #loaded(line: number, isOn: boolean, { kind_i, index_i, group_i, word_i, up_i, down_i }: Inputs): boolean {
    const { Words, Lanes, HasMarks } = this.#shape;
    const has = (set: bigint, index: number): boolean => ((set >> BigInt(index)) & 1n) === 1n;
    switch (kind_i) {
      case KIND.all:
        return true;
      case KIND.line:
        return line === index_i;
      case KIND.keep:
        return isOn;
      case KIND.up:
        return HasMarks === 1 && has(up_i, line);
      case KIND.down:
        return HasMarks === 1 && has(down_i, line);
      case KIND.plane:
      case KIND.spikes:
        if (Words === 0) return false;
        return Math.floor(line / Lanes) === group_i ? has(word_i, line % Lanes) : isOn;
      default:
        return false;
    }
  }
}

function randomInputs(random: RandomNumbers, { Lines, Lanes, Words, LevelW }: Shape): Inputs {
  const bits = (count: number): bigint =>
    Array.from({ length: count }, () => BigInt(random(2))).reduce((all, bit) => 2n * all + bit, 0n);
  return {
    load_i: random(2),
    kind_i: random(8),
    index_i: random(Lines),
    group_i: Words > 0 ? random(Words) : 0,
    word_i: bits(Lanes),
    up_i: bits(Lines),
    down_i: bits(Lines),
    commit_i: random(2),
    select_i: Number(random(4) > 0),
    hold_i: random(2),
    level_i: random(2 ** LevelW),
  };
}

describe.each<Shape>([
  { Lines: 1, IndexW: 1, LevelW: 1, Lanes: 1, Words: 0, GroupW: 1, HasMarks: 0 },
  { Lines: 6, IndexW: 3, LevelW: 1, Lanes: 6, Words: 1, GroupW: 1, HasMarks: 0 },
  { Lines: 13, IndexW: 4, LevelW: 3, Lanes: 5, Words: 3, GroupW: 2, HasMarks: 1 },
  { Lines: 70, IndexW: 7, LevelW: 2, Lanes: 64, Words: 2, GroupW: 1, HasMarks: 1 },
  { Lines: 256, IndexW: 8, LevelW: 1, Lanes: 64, Words: 4, GroupW: 2, HasMarks: 1 },
])('drivers of $Lines lines of $LevelW bits, $Words words a plane, marks $HasMarks', (shape) => {
  it('load, keep, commit, hold and rest', async () => {
    const random = randomNumbers(shape.Lines);
    const { Lines, IndexW, LevelW, Lanes, GroupW } = shape;
    const difference = await firstDifference({
      shape: {
        cell: 'ion_line_driver',
        parameters: { ...shape },
        ports: {
          load_i: 1,
          kind_i: 3,
          index_i: IndexW,
          group_i: GroupW,
          word_i: Lanes,
          up_i: Lines,
          down_i: Lines,
          commit_i: 1,
          select_i: 1,
          hold_i: 1,
          level_i: LevelW,
          line_o: Lines * LevelW,
        },
      },
      model: new DriverModel(shape),
      clocks: 3000,
      stimulus: () => randomInputs(random, shape),
    });
    expect(difference).toBeUndefined();
  });
});
