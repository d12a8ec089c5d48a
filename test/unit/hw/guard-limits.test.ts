/** Limits of the guard that are wide, and what is left of them: how far time may be skipped. */
import { describe, expect, it } from 'vitest';
import { openCell } from '../../support/cell-session.js';

const WIDE = 24;

const PORTS = {
  estop_ni: 1,
  fire_i: 1,
  pulse_start_i: 1,
  on_limit_i: WIDE,
  duty_limit_i: WIDE,
  duty_leak_i: 3,
  left_o: WIDE,
  warp_i: 1,
  skip_i: WIDE,
};

describe('a guard with wide limits', () => {
  it.each([
    { on: 2 ** 23 + 2 ** 20 + 5, duty: 2 ** 22 + 2 ** 21 + 77 },
    { on: 2 ** 21 + 2 ** 15 + 3, duty: 2 ** 23 + 9 },
    { on: 2 ** 20, duty: 2 ** 20 + 1 },
    { on: 70_000, duty: 2 ** 17 },
  ])('lets clocks be skipped up to the nearer of $on and $duty', async ({ on, duty }) => {
    const parameters = { OnTimeW: WIDE, DutyW: WIDE };
    const cell = await openCell({ cell: 'ion_guard', parameters, ports: PORTS });
    cell.reset();
    cell.step({ on_limit_i: on, duty_limit_i: duty, duty_leak_i: 7 });
    cell.step({ pulse_start_i: 1 });
    cell.step({ pulse_start_i: 0, fire_i: 1 });
    let fired = 1;
    for (const skip of [0, 0, 3, 1000, 30_000]) {
      cell.step({ warp_i: Number(skip > 0), skip_i: skip });
      fired += 1 + skip;
      // All but a 128th of a clock fills; this clock belongs to what the bucket does not hold yet
      const filled = Math.floor((fired * 127) / 128);
      expect(cell.ports.get('left_o')).toBe(Math.min(on - fired - 1, duty - filled - 1));
    }
  });
});

describe('a bucket', () => {
  it('holds the same after skipped clocks that emptied it, whatever leaks from it then', async () => {
    const ports = { fire_i: 1, limit_i: 8, leak_i: 3, over_o: 1, left_o: 48, warp_i: 1, skip_i: 3 };
    const shape = { cell: 'ion_duty', parameters: { LimitW: 8, SkipW: 3 }, ports };
    const cells = [await openCell(shape), await openCell(shape)] as const;
    const [skipping, walking] = cells;
    for (const leak of [1, 2, 3, 4, 5, 6]) {
      for (const cell of cells) {
        cell.reset();
        for (let clock = 0; clock < 3; clock++) cell.step({ fire_i: 1, limit_i: 200, leak_i: leak });
        const drain = 2 ** leak * 3 - 4;
        for (let clock = 0; clock < drain; clock++) cell.step({ fire_i: 0 });
      }
      skipping.step({ warp_i: 1, skip_i: 7 });
      for (let clock = 0; clock < 8; clock++) walking.step();
      skipping.step({ warp_i: 0, fire_i: 1, leak_i: 7 });
      walking.step({ fire_i: 1, leak_i: 7 });
      for (let clock = 0; clock < 130; clock++) {
        const [skipped, walked] = cells.map((cell) => cell.ports.get('left_o'));
        expect(skipped).toBe(walked);
        for (const cell of cells) cell.step();
      }
    }
  });
});
