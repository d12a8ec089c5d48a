/** The coil against its model, clock by clock, and everything that can go wrong with it in each of its states. */
import { describe, expect, it } from 'vitest';
import { fieldParameters, type FieldConfig } from '../../../src/ir/blocks/field.js';
import { FieldUnit, type FieldEvents, type FieldInputs, type FieldState } from '../../../src/ir/field-unit.js';
import { openCell, type Cell } from '../../support/cell-session.js';
import { randomNumbers } from '../../support/random-numbers.js';
import { wideNumbers } from '../../support/wide-numbers.js';

const CONFIG: FieldConfig = {
  codeBits: 5,
  stepBits: 3,
  targets: [
    { code: 0, isNegative: false },
    { code: 20, isNegative: false },
    { code: 17, isNegative: true },
    { code: 6, isNegative: false },
  ],
  step: 4,
  periodClocks: 3,
  settleClocks: 5,
  limitClocks: 100,
};

const STATES: readonly FieldState[] = ['off', 'ramp', 'settle', 'ok', 'down', 'error'];
const CALM: FieldInputs = { isInWindow: true, isFaulty: false, isOff: false, isStopped: false };

/** A running cell beside its model. */
class FieldBench {
  readonly model: FieldUnit;
  readonly visited = new Set<FieldState>();
  readonly cell: Cell;

  constructor(cell: Cell, config: FieldConfig) {
    this.cell = cell;
    this.model = new FieldUnit(config);
    cell.reset();
    const { targets, codeBits } = config;
    const codes = targets.map(({ code, isNegative }) => code + (isNegative ? 2 ** codeBits : 0));
    cell.ports.setFields('codes_i', codes, codeBits + 1);
    cell.ports.set('step_i', config.step);
    cell.ports.set('period_i', config.periodClocks);
    cell.ports.set('settle_i', config.settleClocks);
    cell.ports.set('limit_i', config.limitClocks);
  }

  static async open(config = CONFIG): Promise<FieldBench> {
    const count = Math.ceil(Math.log2(config.limitClocks + 1));
    const ports = {
      command_i: 1,
      state_i: 2,
      codes_i: 4 * (config.codeBits + 1),
      step_i: config.stepBits,
      period_i: count,
      settle_i: count,
      limit_i: count,
      estop_ni: 1,
      off_i: 1,
      coil_en_o: 1,
      coil_pol_o: 1,
      coil_code_o: config.codeBits,
      in_window_i: 1,
      coil_fault_i: 1,
      ok_o: 1,
      state_o: 3,
      ready_o: 1,
      timeout_o: 1,
      fault_o: 1,
      left_o: count,
      quiet_o: 1,
      warp_i: 1,
      skip_i: count,
    };
    const parameters = Object.fromEntries(fieldParameters(config).map(({ port, signal }) => [port, signal]));
    return new FieldBench(await openCell({ cell: 'ion_field', parameters, ports }), config);
  }

  /** One clock of both; events are told in the clock, the rest stands after it. */
  step(inputs: FieldInputs = CALM): FieldEvents {
    const polarity = this.model.isNegative;
    const wasFlowing = (this.model.isOn && !inputs.isStopped) || this.model.code !== 0;
    this.cell.step({
      command_i: Number(inputs.command !== undefined),
      state_i: inputs.command ?? 0,
      in_window_i: Number(inputs.isInWindow),
      coil_fault_i: Number(inputs.isFaulty),
      off_i: Number(inputs.isOff),
      estop_ni: Number(!inputs.isStopped),
    });
    const events = this.model.step(inputs);
    this.#compare();
    if (this.model.isNegative !== polarity) expect(wasFlowing || this.model.isOn).toBe(false);
    return events;
  }

  /** Clocks that only count, all that may be skipped or fewer, and the one after them, in one of the cell's. */
  skip(clocksOf: (most: number) => number): void {
    const { ports } = this.cell;
    const left = ports.get('left_o');
    if (ports.get('quiet_o') === 0) return;
    // A cell that is quiet and counts nothing may be skipped for any time
    const skipped = clocksOf(left === 0 ? 50 : left);
    this.cell.step({ command_i: 0, off_i: 0, warp_i: 1, skip_i: skipped });
    for (let clock = 0; clock <= skipped; clock++) this.model.step(CALM);
    this.cell.ports.set('warp_i', 0);
    this.#compare();
  }

  #compare(): void {
    const { ports } = this.cell;
    this.visited.add(this.model.state);
    expect([ports.get('coil_en_o'), ports.get('coil_pol_o'), ports.get('coil_code_o')]).toEqual([
      Number(this.model.isOn),
      Number(this.model.isNegative),
      this.model.code,
    ]);
    expect([STATES[ports.get('state_o')], ports.get('ok_o')]).toEqual([
      this.model.state,
      Number(this.model.state === 'ok'),
    ]);
  }

  /** Steps until the model is in `state`; the events on the way. */
  until(state: FieldState, inputs: FieldInputs = CALM, most = 300): FieldEvents {
    let seen: FieldEvents = { isReady: false, isLate: false, isFault: false };
    for (let clock = 0; clock < most && this.model.state !== state; clock++) {
      const events = this.step(inputs);
      seen = {
        isReady: seen.isReady || events.isReady,
        isLate: seen.isLate || events.isLate,
        isFault: seen.isFault || events.isFault,
      };
    }
    expect(this.model.state).toBe(state);
    return seen;
  }

  /** Goes to `state` in some way. */
  enter(state: FieldState): void {
    if (state === 'off') return;
    this.step({ ...CALM, command: 1 });
    if (state === 'down') {
      this.until('ok');
      this.step({ ...CALM, command: 2 });
    }
    if (state === 'error') this.step({ ...CALM, isOff: true });
    this.until(state);
  }
}

describe('the field', () => {
  it.each([1, 2, 3])('does as its model says under random commands and pins %i', async (seed) => {
    const bench = await FieldBench.open();
    const random = randomNumbers(seed);
    let command = 1;
    for (let clock = 0; clock < 6000; clock++) {
      command = random(4);
      bench.step({
        ...(random(40) === 0 ? { command } : {}),
        isInWindow: random(30) !== 0,
        isFaulty: random(200) === 0,
        isOff: random(300) === 0,
        isStopped: random(300) === 0,
      });
    }
    expect(bench.visited).toEqual(new Set(STATES));
  });

  it('does as its model says with settings of all sizes, clocks skipped or not', async () => {
    const widest = { ...CONFIG, codeBits: 8, stepBits: 6, limitClocks: 2047 };
    const { cell } = await FieldBench.open(widest);
    const random = randomNumbers(8);
    const wide = wideNumbers(random);
    const upTo = (most: number): number => Number(wide(BigInt(most)));
    for (let run = 0; run < 80; run++) {
      const bench = new FieldBench(cell, {
        ...widest,
        targets: CONFIG.targets.map(() => ({ code: upTo(255), isNegative: random(2) === 1 })),
        step: upTo(63),
        periodClocks: 1 + upTo(2046),
        settleClocks: 1 + upTo(2046),
        limitClocks: 2047 - upTo(1000),
      });
      for (let turn = 0; turn < 60; turn++) {
        const [isInWindow, isFaulty, isOff] = [random(100) > 0, random(300) === 0, random(400) === 0];
        bench.step({ ...CALM, ...(turn % 20 === 0 ? { command: random(4) } : {}), isInWindow, isFaulty, isOff });
        if (isInWindow && !isFaulty) bench.skip((most) => (random(3) === 0 ? upTo(most) : most));
      }
    }
  });

  it('takes the clocks of ramp and settling, and turns through zero with the coil off', async () => {
    const bench = await FieldBench.open();
    bench.step({ ...CALM, command: 1 });
    const clocksTo = (state: FieldState): number => {
      let clocks = 0;
      for (; bench.model.state !== state; clocks++) bench.step();
      return clocks;
    };
    // Coil on, five steps of three clocks, arrival; five clocks in the window
    expect(clocksTo('ok')).toBe(1 + 5 * 3 + 1 + 5);
    bench.step({ ...CALM, command: 2 });
    const codes: number[] = [];
    while (bench.model.state === 'down') {
      bench.step();
      codes.push(bench.model.code);
    }
    expect(codes.at(-1)).toBe(0);
    bench.until('ok');
    expect([bench.model.isNegative, bench.model.code, bench.model.isOn]).toEqual([true, 17, true]);
    bench.step({ ...CALM, command: 0 });
    bench.until('ok');
    expect([bench.model.code, bench.model.isOn]).toEqual([0, false]);
  });

  it('settles anew after a glitch out of the window', async () => {
    const bench = await FieldBench.open();
    bench.enter('settle');
    bench.step();
    bench.step({ ...CALM, isInWindow: false });
    let clocks = 0;
    for (; bench.model.state === 'settle'; clocks++) bench.step();
    // Two clocks of synchroniser, one of them in the window's old time, then all of the time again
    expect(clocks).toBe(2 + CONFIG.settleClocks);
  });

  it.each([0, 1, 2])('skips clocks that only count, but %i of each count', async (lessBy) => {
    const slow = { ...CONFIG, periodClocks: 40, settleClocks: 200, limitClocks: 2000 };
    const bench = await FieldBench.open(slow);
    const plain = new FieldUnit(slow);
    bench.step({ ...CALM, command: 1 });
    plain.step({ ...CALM, command: 1 });
    let clocks = 0;
    for (; plain.state !== 'ok'; clocks++) plain.step(CALM);
    expect(await skippedClocks(slow, lessBy)).toBe(clocks);
  });

  it.each(['ramp', 'settle', 'ok', 'down'] as const)('tells a failing coil while in %s', async (state) => {
    const bench = await FieldBench.open();
    bench.enter(state);
    expect(bench.until('error', { ...CALM, isFaulty: true }, 4)).toMatchObject({ isFault: true, isLate: false });
    expect([bench.model.isOn, bench.model.code]).toEqual([false, 0]);
  });

  it('tells a field that leaves its window, and one that never gets there', async () => {
    const bench = await FieldBench.open();
    bench.enter('ok');
    expect(bench.until('error', { ...CALM, isInWindow: false }, 3)).toMatchObject({ isFault: true });
    bench.step({ ...CALM, command: 3 });
    expect(bench.until('error', { ...CALM, isInWindow: false })).toMatchObject({ isLate: true, isReady: false });
    bench.step({ ...CALM, command: 3 });
    bench.until('ok');
  });

  it.each(STATES)('is off at once, and stays off, on an emergency stop while in %s', async (state) => {
    const bench = await FieldBench.open();
    bench.enter(state);
    // A press of one clock; the guard tells it two clocks later
    bench.step({ ...CALM, isStopped: true });
    expect(bench.model.isOn).toBe(false);
    bench.step();
    for (let clock = 0; clock < 30; clock++) bench.step({ ...CALM, isOff: clock === 0 });
    expect([bench.model.isOn, bench.model.code]).toEqual([false, 0]);
  });
});

/** Clocks from a command to the settled field, as counted by a cell whose clocks are skipped where it allows. */
async function skippedClocks(config: FieldConfig, lessBy: number): Promise<number> {
  const bench = await FieldBench.open(config);
  const cell = bench.cell;
  cell.step({ command_i: 1, state_i: 1, in_window_i: 1 });
  cell.step({ command_i: 0 });
  let clocks = 1;
  let evaluated = 1;
  for (; cell.ports.get('ok_o') === 0 && evaluated < 500; evaluated++) {
    const left = cell.ports.get('left_o');
    // A cell that is quiet and counts nothing may be skipped for any time
    const most = left === 0 ? 100 : Math.max(0, left - lessBy);
    const skip = cell.ports.get('quiet_o') === 1 ? most : 0;
    cell.step({ warp_i: Number(skip > 0), skip_i: skip });
    clocks += 1 + skip;
  }
  expect(evaluated).toBeLessThan(100);
  return clocks;
}

/** Clocks to the error of a coil that never comes into its window, of which `skipOf` those that may be are skipped. */
async function clocksToError(config: FieldConfig, skipOf: (left: number) => number): Promise<number> {
  const { cell } = await FieldBench.open(config);
  cell.step({ command_i: 1, state_i: 1, estop_ni: 1, in_window_i: 0 });
  cell.step({ command_i: 0 });
  let clocks = 2;
  while (STATES[cell.ports.get('state_o')] !== 'error' && clocks < 500) {
    const skip = cell.ports.get('quiet_o') === 1 ? skipOf(cell.ports.get('left_o')) : 0;
    cell.step({ warp_i: Number(skip > 0), skip_i: skip });
    clocks += 1 + skip;
  }
  return clocks;
}

describe('a coil that is late', () => {
  it.each([40, 41, 43, 46, 52, 77])('is found after %i clocks, skipped or not', async (limitClocks) => {
    const random = randomNumbers(limitClocks);
    const config = { ...CONFIG, settleClocks: 30, limitClocks };
    const walked = await clocksToError(config, () => 0);
    expect(walked).toBe(limitClocks + 1);
    expect(await clocksToError(config, (left) => left)).toBe(walked);
    for (let run = 0; run < 20; run++) expect(await clocksToError(config, (left) => random(left + 1))).toBe(walked);
  });
});
