/** The count of a pulse's clocks down from its limit, against plain numbers, with and without skipped clocks. */
import { describe, expect, it } from 'vitest';
import { firstDifference, type CellModel } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';
import { mostOf, wideNumbers } from '../../support/wide-numbers.js';

type Inputs = Readonly<Record<'load_i' | 'begun_i' | 'limit_i' | 'run_i' | 'warp_i' | 'skip_i', number>>;

/** `left` are the clocks after this one that are inside the limit; none, nor this one, where it is negative. */
class OnTimeModel implements CellModel<Inputs> {
  left = -1;

  reset(): void {
    this.left = -1;
  }

  outputs(): Readonly<Record<string, number>> {
    return { over_o: Number(this.left < 0), left_o: Math.max(0, this.left) };
  }

  advance({ load_i, begun_i, limit_i, run_i, warp_i, skip_i }: Inputs): void {
    const clocks = 1 + warp_i * skip_i;
    if (load_i === 1) this.left = Math.max(-1, limit_i - 1 - begun_i * clocks);
    else if (run_i === 1 && this.left >= 0) this.left -= clocks;
  }
}

describe.each([3, 8, 24, 32, 48])('the on-time of a pulse, limits of %i bits', (width) => {
  it('ends with the clock after the limit, and tells how many are left', async () => {
    const random = randomNumbers(width);
    const wide = wideNumbers(random);
    const model = new OnTimeModel();
    const lowSpan = 2 ** Math.max(2, Math.floor((2 * width) / 5));
    const limits = [
      () => random(6),
      () => Number(wide(mostOf(width))),
      // Around the border between the two halves of the count
      () => Math.min(2 ** width - 1, lowSpan * random(4) + random(6)),
    ];
    const skips = [(most: number) => Number(wide(BigInt(most))), (most: number) => Math.max(0, most - random(6))];
    const stimulus = (): Inputs => {
      const limit_i = limits[random(limits.length)]!();
      const [load_i, begun_i] = [Number(random(12) === 0), random(2)];
      // Clocks that may be skipped: no more than end the pulse
      const most = load_i === 1 ? begun_i * (limit_i - 1) : model.left;
      const warp_i = Number(most >= 0 && random(4) === 0);
      const skip_i = warp_i === 1 ? skips[random(skips.length)]!(most) : 0;
      return { load_i, begun_i, limit_i, run_i: Number(random(8) > 0), warp_i, skip_i };
    };
    const ports = { load_i: 1, begun_i: 1, limit_i: width, run_i: 1, over_o: 1, left_o: width, warp_i: 1 };
    const shape = {
      cell: 'ion_on_time',
      parameters: { Width: width },
      ports: { ...ports, skip_i: width },
    };
    expect(await firstDifference({ shape, model, clocks: 4000, stimulus })).toBeUndefined();
  });
});
