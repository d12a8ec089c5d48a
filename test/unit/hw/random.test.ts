/** The random register against the model that programs are interpreted with. */
import { expect, it } from 'vitest';
import { RandomPlanes } from '../../../src/ir/random-planes.js';
import { firstDifference, type CellModel } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';

type Values = Readonly<Record<string, number>>;

class RandomModel implements CellModel<Values> {
  #planes = new RandomPlanes(1, 1);
  #seed = 1;

  reset(): void {
    this.#planes = new RandomPlanes(1, 1);
    this.#seed = 1;
  }

  /** The draw of a copy: a look moves nothing. */
  outputs(): Values {
    const state = this.#planes.state('row');
    return { state_o: state, draw_o: new RandomPlanes(state, 1).draw('row') };
  }

  advance({ we_i, reseed_i, wdata_i = 0, step_i }: Values): void {
    if (we_i) this.#planes = new RandomPlanes((this.#seed = wdata_i), 1);
    else if (reseed_i) this.#planes = new RandomPlanes(this.#seed, 1);
    else if (step_i) this.#planes.draw('row');
  }
}

it.each([1, 2])('the random register draws, is seeded and starts again as its model (%i)', async (seed) => {
  const random = randomNumbers(seed);
  const seeds = [0, 1, 0x100, 0x8000_0000, 0xffff_ffff];
  const difference = await firstDifference<Values>({
    shape: {
      cell: 'ion_random',
      ports: { we_i: 1, reseed_i: 1, wdata_i: 32, state_o: 32, draw_o: 4, step_i: 1 },
    },
    model: new RandomModel(),
    clocks: 6000,
    stimulus: () => {
      const wdata_i = random(3) === 0 ? (seeds[random(seeds.length)] ?? 0) : random(2 ** 32);
      return { we_i: Number(random(60) === 0), reseed_i: Number(random(50) === 0), wdata_i, step_i: random(2) };
    },
  });
  expect(difference).toBeUndefined();
});
