/** Buckets and guards over the whole width of their counters, clocks skipped as far as they allow, against plain numbers. */
import { describe, expect, it } from 'vitest';
import { ARM_KEYS } from '../../../src/ir/register-map.js';
import { firstDifference, type CellModel, type PortValues } from '../../support/cell-model.js';
import { openCell, type Cell } from '../../support/cell-session.js';
import { randomNumbers } from '../../support/random-numbers.js';
import { mostOf, wideNumbers } from '../../support/wide-numbers.js';

type Values = Readonly<Record<string, bigint>>;

const CLOCKS = 6000;
const FOREVER = mostOf(48);

/** Parts of a clock that a bucket counts. */
const PARTS = 128n;

interface BucketShape {
  readonly LimitW: number;
  readonly SkipW: number;
}

/** The bucket with any number of clocks at once, each alone as in src/ir/duty-bucket.ts. */
class BucketModel implements CellModel<Values> {
  readonly #shape: BucketShape;
  #level = 0n;
  #isOver = false;

  constructor(shape: BucketShape) {
    this.#shape = shape;
  }

  reset(): void {
    this.#level = 0n;
    this.#isOver = false;
  }

  /** Clocks that may be skipped after one with these inputs. */
  left({ fire_i, limit_i = 0n, leak_i }: Values): bigint {
    const content = this.#level < 0n ? 0n : this.#level / PARTS;
    if (leak_i === 0n) return FOREVER;
    if (this.#isOver || content >= limit_i) return 0n;
    if (fire_i) return limit_i - content - 1n;
    return this.#level < 0n ? FOREVER : mostOf(this.#shape.SkipW) - 1n;
  }

  outputs(inputs: Values): PortValues {
    return { over_o: Number(this.#isOver), left_o: this.left(inputs) };
  }

  advance({ fire_i, limit_i = 0n, leak_i = 0n, warp_i, skip_i = 0n }: Values): void {
    const clocks = warp_i ? skip_i + 1n : 1n;
    const leak = PARTS >> leak_i;
    const isFull = leak_i > 0n && this.#level >= limit_i * PARTS;
    if (fire_i && !this.#isOver) {
      this.#level += clocks * (PARTS - leak);
    } else if (this.#level >= 0n) {
      const toEmpty = this.#level / leak + 1n;
      this.#level -= leak * (clocks < toEmpty ? clocks : toEmpty);
    }
    this.#isOver = isFull;
  }
}

describe.each<BucketShape>([
  { LimitW: 8, SkipW: 3 },
  { LimitW: 10, SkipW: 24 },
  { LimitW: 24, SkipW: 24 },
  { LimitW: 24, SkipW: 48 },
])('a bucket with %o', (parameters) => {
  it('fills and leaks by every clock, however many are skipped', async () => {
    const { LimitW, SkipW } = parameters;
    const random = randomNumbers(LimitW + SkipW);
    const wide = wideNumbers(random);
    const model = new BucketModel(parameters);
    let settings = { limit_i: 0n, leak_i: 0n };
    let fire_i = 0n;
    const difference = await firstDifference<Values>({
      shape: {
        cell: 'ion_duty',
        parameters: { ...parameters },
        ports: { fire_i: 1, limit_i: LimitW, leak_i: 3, over_o: 1, left_o: 48, warp_i: 1, skip_i: SkipW },
      },
      model,
      clocks: CLOCKS,
      stimulus: () => {
        if (random(40) === 0) settings = { limit_i: wide(mostOf(LimitW)), leak_i: BigInt(random(8)) };
        if (random(5) === 0) fire_i = BigInt(random(2));
        const left = model.left({ ...settings, fire_i });
        const most = left > mostOf(SkipW) ? mostOf(SkipW) : left;
        const warp_i = BigInt(left > 0n && random(2) === 0);
        return { ...settings, fire_i, warp_i, skip_i: warp_i ? wide(most) : wide(mostOf(SkipW)) };
      },
    });
    expect(difference).toBeUndefined();
  });
});

const GUARD_BITS = { on_time: 48, duty: 24 } as const;
const GUARD_PORTS = {
  ...{ key_we_i: 1, key_i: 32, disarm_i: 1, clear_i: 1, lock_we_i: 1, estop_ni: 1, ocp_i: 1, otp_i: 1 },
  ...{ fire_i: 1, negative_i: 1, pulse_start_i: 1, on_limit_i: GUARD_BITS.on_time },
  ...{ duty_limit_i: GUARD_BITS.duty, duty_leak_i: 3, drv_en_o: 1, armed_o: 1, frozen_o: 1, blocked_o: 1 },
  ...{ cause_o: 6, trip_o: 6, left_o: GUARD_BITS.on_time, quiet_o: 1, warp_i: 1, skip_i: GUARD_BITS.on_time },
};
const WAKE_CLOCKS = 6;
const CUT_BY_TIME = 0b10_0001;
const CUT_BY_DUTY = 0b10_0010;

describe.each([0, 1])('a guard (strict: %i)', (Strict) => {
  const parameters = { OnTimeW: GUARD_BITS.on_time, DutyW: GUARD_BITS.duty, Strict };
  const random = randomNumbers(Strict + 1);
  const wide = wideNumbers(random);

  /** Arms for a pulse that never ends by itself; clocks that the drivers are on in it. */
  function drivenClocks(cell: Cell, limits: Readonly<Record<string, number>>): number {
    const { ports } = cell;
    cell.step({ fire_i: 0, clear_i: 1, warp_i: 0, key_i: Number(wide(mostOf(32))), ...limits });
    cell.step({ clear_i: 0, key_we_i: 1, key_i: ARM_KEYS[0] });
    cell.step({ key_i: ARM_KEYS[1] });
    cell.step({ key_we_i: 0, pulse_start_i: 1 });
    cell.step({ pulse_start_i: 0, fire_i: 1, negative_i: random(2) });
    let driven = 0;
    for (let evaluated = 0; ports.get('drv_en_o') === 1; evaluated++) {
      expect(evaluated).toBeLessThan(300);
      // The clocks left are asked for while nothing is skipped
      const left = ports.get('quiet_o') === 1 ? BigInt(ports.get('left_o')) : 0n;
      const skip = random(3) === 0 ? Number(wide(left)) : 0;
      cell.step({ warp_i: Number(skip > 0), skip_i: skip });
      driven += 1 + skip;
    }
    // The cause stands a clock later, and a pulse without arms the clock after that
    for (let clock = 0; clock < 2; clock++) cell.step({ warp_i: 0 });
    return driven;
  }

  async function openGuard(): Promise<Cell> {
    const cell = await openCell({ cell: 'ion_guard', parameters, ports: GUARD_PORTS });
    cell.reset();
    for (let clock = 0; clock < WAKE_CLOCKS; clock++) cell.step();
    return cell;
  }

  it('cuts pulses after exactly their limit, whatever it is', async () => {
    const cell = await openGuard();
    for (let pulse = 0; pulse < 150; pulse++) {
      const limit = 2n + wide(mostOf(GUARD_BITS.on_time) - 2n);
      expect(drivenClocks(cell, { on_limit_i: Number(limit) })).toBe(Number(limit) - 1);
      expect(cell.ports.get('cause_o')).toBe(CUT_BY_TIME);
    }
  });

  it('cuts pulses that fill the bucket, whatever it holds', async () => {
    const cell = await openGuard();
    for (let pulse = 0; pulse < 150; pulse++) {
      const content = 1n + wide(mostOf(GUARD_BITS.duty) - 1n);
      const leak = 1 + random(7);
      const limits = { on_limit_i: Number(mostOf(GUARD_BITS.on_time)), duty_leak_i: leak };
      const driven = drivenClocks(cell, { ...limits, duty_limit_i: Number(content) });
      const excess = driven * (1 - 2 ** -leak) - Number(content);
      // Found a clock after the bucket is full; an empty one may be short of one leak
      expect(Math.abs(excess - 1)).toBeLessThanOrEqual(2);
      expect(cell.ports.get('cause_o')).toBe(CUT_BY_DUTY);
      // Without a limit it is not full any more, and empties in any number of clocks
      for (let clock = 0; clock < 2; clock++) cell.step({ fire_i: 0, duty_leak_i: 0 });
      cell.step({ warp_i: 1, skip_i: cell.ports.get('left_o') });
    }
  });
});
