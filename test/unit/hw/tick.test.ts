/** The tick against a plain count of clocks that are left, with pauses and time warp. */
import { describe, expect, it } from 'vitest';
import { firstDifference, type CellModel } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';

type Values = Readonly<Record<string, number>>;

const RUN_CLOCKS = 70;
const FOREVER = 2 ** 48 - 1;

class TickModel implements CellModel<Values> {
  /** Clocks to the next tick, the one of the tick among them. */
  left = 2;
  #isPending = false;
  #hasTicks = false;

  reset(): void {
    this.left = 2;
    this.#isPending = this.#hasTicks = false;
  }

  runs({ run_i }: Values): boolean {
    return run_i === 1 && this.#hasTicks;
  }

  #ticks(inputs: Values): boolean {
    const { warp_i, skip_i = 0 } = inputs;
    return this.runs(inputs) && this.left - (warp_i ? skip_i : 0) === 1;
  }

  outputs(inputs: Values): Values {
    const ticks = this.#ticks(inputs);
    return {
      tick_o: Number(ticks),
      late_o: Number(ticks && this.#isPending && inputs['take_i'] === 0),
      pending_o: Number(this.#isPending),
      left_o: this.runs(inputs) ? this.left - 1 : FOREVER,
    };
  }

  advance(inputs: Values): void {
    const { div_i = 0, start_i, take_i, warp_i, skip_i = 0 } = inputs;
    const ticks = this.#ticks(inputs);
    if (start_i || ticks) this.left = div_i;
    else if (this.runs(inputs)) this.left -= 1 + (warp_i ? skip_i : 0);
    this.#isPending = !start_i && (ticks || (this.#isPending && !take_i));
    this.#hasTicks = div_i !== 0;
  }
}

describe.each([4, 9, 16, 24])('a tick of %i bits', (DivW) => {
  it.each([0, 1])('comes every so many clocks of a run, is pending and late (time warp %i)', async (hasWarp) => {
    const random = randomNumbers(DivW + hasWarp);
    const model = new TickModel();
    let div_i = 0;
    const difference = await firstDifference<Values>({
      shape: {
        cell: 'ion_tick',
        parameters: { DivW },
        ports: {
          div_i: DivW,
          start_i: 1,
          run_i: 1,
          take_i: 1,
          tick_o: 1,
          pending_o: 1,
          late_o: 1,
          left_o: 48,
          warp_i: 1,
          skip_i: DivW,
        },
      },
      model,
      clocks: 6000,
      stimulus: (age) => {
        const phase = age % RUN_CLOCKS;
        if (phase === 0) div_i = random(3) === 0 ? random(4) : random(2 ** DivW);
        const run_i = Number(phase > 2 && random(8) > 0);
        const inputs = { div_i, start_i: Number(phase === 2), run_i, take_i: Number(random(3) === 0) };
        const left = model.runs(inputs) ? model.left - 1 : 0;
        const skips = [left, Math.max(0, left - 1), random(left + 1)];
        const warp_i = Number(hasWarp === 1 && left > 0 && random(2) === 1);
        return { ...inputs, warp_i, skip_i: warp_i ? (skips[random(3)] ?? 0) : random(2 ** DivW) };
      },
    });
    expect(difference).toBeUndefined();
  });
});
