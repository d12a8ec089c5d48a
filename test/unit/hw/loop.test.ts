/** A loop counter against a plain count and limit. */
import { describe, expect, it } from 'vitest';
import { firstDifference, type CellModel } from '../../support/cell-model.js';
import { openCell } from '../../support/cell-session.js';
import { randomNumbers } from '../../support/random-numbers.js';

const INPUTS = { start_i: 1, step_i: 1, clear_i: 1, set_i: 1 };

/** Clocks of a run: the limit stands from some clocks before its start to its end. */
const RUN_CLOCKS = 60;

interface Inputs extends Readonly<Record<string, number>> {
  readonly last_i: number;
  readonly start_i: number;
  readonly step_i: number;
  readonly clear_i: number;
  readonly set_i: number;
  readonly value_i: number;
}

class LoopModel implements CellModel<Inputs> {
  count = 0;
  /** Unknown before the first start. */
  limit: number | undefined;

  get isLast(): boolean {
    return this.count === this.limit;
  }

  reset(): void {
    this.count = 0;
    this.limit = undefined;
  }

  outputs(): Readonly<Record<string, number>> {
    return { count_o: this.count, last_o: Number(this.isLast) };
  }

  advance({ last_i, start_i, step_i, clear_i, set_i, value_i }: Inputs): void {
    if (start_i || clear_i || set_i) this.count = 0;
    else if (step_i) this.count += 1;
    if (start_i) this.limit = last_i;
    else if (set_i) this.limit = value_i;
  }
}

describe.each([2, 5, 9])('a loop counter of %i bits', (CountW) => {
  it.each([0, 1])('counts to its limit and knows its last turn (limits of the program %i)', async (HasSet) => {
    const random = randomNumbers(CountW + HasSet);
    const model = new LoopModel();
    let last_i = 0;
    const difference = await firstDifference({
      shape: {
        cell: 'ion_loop',
        parameters: { CountW, HasSet },
        ports: { ...INPUTS, last_i: CountW, value_i: CountW, count_o: CountW, last_o: 1 },
      },
      model,
      clocks: 4000,
      stimulus: (age) => {
        const phase = age % RUN_CLOCKS;
        if (phase === 0) last_i = random(2) === 0 ? random(2 ** CountW) : random(4);
        const value_i = random(3) === 0 ? 0 : random(2 ** CountW);
        const inputs = { last_i, start_i: Number(phase === 3), step_i: 0, clear_i: 0, set_i: 0, value_i };
        if (phase < 3) return inputs;
        // Only a turn that is not the last one has a next; setting a limit is a word of its own
        const step_i = Number(!model.isLast && random(4) > 0);
        const clear_i = Number(random(16) === 0 || (model.isLast && random(3) === 0));
        const set_i = Number(HasSet === 1 && !step_i && !clear_i && random(12) === 0);
        return { ...inputs, step_i, clear_i, set_i };
      },
    });
    expect(difference).toBeUndefined();
  });

  it('has as many turns as it can count', async () => {
    const cell = await openCell({
      cell: 'ion_loop',
      parameters: { CountW, HasSet: 0 },
      ports: { ...INPUTS, last_i: CountW, value_i: CountW, count_o: CountW, last_o: 1 },
    });
    const last = 2 ** CountW - 1;
    cell.reset();
    for (const start_i of [0, 0, 1]) cell.step({ last_i: last, start_i });
    for (let turn = 0; turn <= last; turn++) {
      expect([cell.ports.get('count_o'), cell.ports.get('last_o')]).toEqual([turn, Number(turn === last)]);
      cell.step({ start_i: 0, step_i: 1 });
    }
  });
});
