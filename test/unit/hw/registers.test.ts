/** Registers, interrupts and conditions of the outside against plain numbers. */
import { describe, expect, it } from 'vitest';
import { firstDifference } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';
import { mostOf, wideNumbers } from '../../support/wide-numbers.js';

describe.each([
  { Width: 1, Reset: 1 },
  { Width: 20, Reset: 0x5_a0f3 },
  { Width: 48, Reset: 0x8000_0000_0001 },
])('a register of $Width bits', ({ Width, Reset }) => {
  it('keeps what is written, and is reset', async () => {
    const random = randomNumbers(Width);
    const wide = wideNumbers(random);
    let value = Reset;
    const difference = await firstDifference({
      shape: {
        cell: 'ion_reg',
        parameters: { Width, Reset: `${String(Width)}'d${String(Reset)}` },
        ports: { we_i: 1, d_i: Width, q_o: Width },
      },
      model: {
        reset: () => {
          value = Reset;
        },
        outputs: () => ({ q_o: value }),
        advance: ({ we_i, d_i }) => {
          if (we_i) value = d_i;
        },
      },
      clocks: 1500,
      stimulus: () => ({ we_i: Number(random(3) === 0), d_i: Number(wide(mostOf(Width))) }),
    });
    expect(difference).toBeUndefined();
  });
});

describe.each([2, 9])('interrupts of %i events', (Width) => {
  it('are set by events and tests, cleared by ones, and told while enabled', async () => {
    const random = randomNumbers(Width);
    let state = 0;
    let isTold = false;
    const bits = (): number => (random(2) === 0 ? 0 : random(2 ** Width));
    const difference = await firstDifference({
      shape: {
        cell: 'ion_intr',
        parameters: { Width },
        ports: {
          event_i: Width,
          clear_we_i: 1,
          test_we_i: 1,
          wdata_i: Width,
          enable_i: Width,
          state_o: Width,
          irq_o: 1,
        },
      },
      model: {
        reset: () => {
          state = 0;
          isTold = false;
        },
        outputs: () => ({ state_o: state, irq_o: Number(isTold) }),
        advance: ({ event_i, clear_we_i, test_we_i, wdata_i, enable_i }) => {
          if (clear_we_i) state &= ~wdata_i;
          if (test_we_i) state |= wdata_i;
          state |= event_i;
          isTold = (state & enable_i) !== 0;
        },
      },
      clocks: 3000,
      stimulus: () => ({
        event_i: random(3) === 0 ? bits() : 0,
        clear_we_i: random(2),
        test_we_i: Number(random(6) === 0),
        wdata_i: bits(),
        enable_i: random(2 ** Width),
      }),
    });
    expect(difference).toBeUndefined();
  });
});

it('the host goes on once a word, and compliance is seen two clocks late', async () => {
  const random = randomNumbers(4);
  let isTold = false;
  let seen: readonly [number, number] = [0, 0];
  const difference = await firstDifference({
    shape: {
      cell: 'ion_conditions',
      ports: { start_i: 1, go_i: 1, take_i: 1, host_o: 1, compliance_i: 1, compliance_o: 1, quiet_o: 1 },
    },
    model: {
      reset: () => {
        isTold = false;
        seen = [0, 0];
      },
      outputs: ({ compliance_i }) => ({
        host_o: Number(isTold),
        compliance_o: seen[1],
        quiet_o: Number(seen.every((level) => level === compliance_i)),
      }),
      advance: ({ start_i, go_i, take_i, compliance_i }) => {
        isTold = start_i === 0 && (go_i === 1 || (isTold && take_i === 0));
        seen = [compliance_i, seen[0]];
      },
    },
    clocks: 2000,
    stimulus: () => ({
      start_i: Number(random(6) === 0),
      go_i: Number(random(4) === 0),
      take_i: Number(random(3) === 0),
      compliance_i: Number(random(3) === 0),
    }),
  });
  expect(difference).toBeUndefined();
});
