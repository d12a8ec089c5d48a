/** The watch over words that a run reads, against a count of ones and the codes in use. */
import { describe, expect, it } from 'vitest';
import { WORD_KIND } from '../../../src/ir/microcode.js';
import { firstDifference, type CellModel, type PortValues } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';

interface Inputs extends PortValues {
  readonly read_i: number;
  readonly word_i: bigint;
  readonly kind_i: number;
  readonly row_i: number;
  readonly column_i: number;
  readonly polarity_i: number;
  readonly sample_i: number;
  readonly rest_i: number;
  readonly control_i: number;
}

interface Shape {
  readonly Width: number;
  readonly HasControl: number;
  readonly HasSet: number;
}

class ParityModel implements CellModel<Inputs> {
  readonly #shape: Shape;
  #wasRead = false;
  /** Whether a word that was read is bad, one clock after it stood and two. */
  #bad: readonly [boolean, boolean] = [false, false];

  constructor(shape: Shape) {
    this.#shape = shape;
  }

  reset(): void {
    this.#wasRead = false;
    this.#bad = [false, false];
  }

  outputs(inputs: Inputs): PortValues {
    const isQuiet = !this.#isBad(inputs) && !this.#bad[0] && !this.#bad[1];
    return { damaged_o: Number(this.#bad[1]), quiet_o: Number(isQuiet) };
  }

  advance(inputs: Inputs): void {
    this.#bad = [this.#isBad(inputs), this.#bad[0]];
    this.#wasRead = inputs.read_i === 1;
  }

  #isBad(inputs: Inputs): boolean {
    return this.#wasRead && (isOdd(inputs.word_i) || !this.#hasMeaning(inputs));
  }

  #hasMeaning({ kind_i, row_i, column_i, polarity_i, sample_i, rest_i, control_i }: Inputs): boolean {
    const { HasControl, HasSet } = this.#shape;
    if (kind_i === WORD_KIND.segment)
      return row_i < 15 && column_i < 15 && polarity_i < 3 && sample_i < 7 && rest_i < 3;
    if (kind_i === WORD_KIND.control) return HasControl === 1 && control_i < 3;
    return kind_i === WORD_KIND.set ? HasSet === 1 : true;
  }
}

function isOdd(word: bigint): boolean {
  let ones = 0;
  for (let rest = word; rest > 0n; rest >>= 1n) ones += Number(rest & 1n);
  return ones % 2 === 1;
}

describe.each<Shape>([
  { Width: 16, HasControl: 1, HasSet: 1 },
  { Width: 21, HasControl: 0, HasSet: 0 },
  { Width: 72, HasControl: 1, HasSet: 0 },
])('the watch over words of %o', (shape) => {
  it('tells of odd words and of codes that mean nothing, two clocks later', async () => {
    const random = randomNumbers(shape.Width);
    // The highest code is the one that means nothing
    const code = (bits: number): number => (random(8) === 0 ? 2 ** bits - 1 : random(2 ** bits - 1));
    const difference = await firstDifference<Inputs>({
      shape: {
        cell: 'ion_parity',
        parameters: { ...shape },
        ports: {
          read_i: 1,
          word_i: shape.Width,
          kind_i: 2,
          row_i: 4,
          column_i: 4,
          polarity_i: 2,
          sample_i: 3,
          rest_i: 2,
          control_i: 2,
          damaged_o: 1,
          quiet_o: 1,
        },
      },
      model: new ParityModel(shape),
      clocks: 6000,
      stimulus: () => {
        let word = 0n;
        for (let bit = 0; bit < shape.Width; bit++) word = 2n * word + BigInt(random(2));
        const isBent = random(3) === 0;
        return {
          read_i: random(2),
          word_i: isOdd(word) && !isBent ? word ^ (1n << BigInt(random(shape.Width))) : word,
          kind_i: random(4),
          row_i: code(4),
          column_i: code(4),
          polarity_i: code(2),
          sample_i: code(3),
          rest_i: code(2),
          control_i: code(2),
        };
      },
    });
    expect(difference).toBeUndefined();
  });
});
