/** The guard by itself: pins in each of its states, limits of time and duty, with and without skipped clocks. */
import { describe, expect, it } from 'vitest';
import { DutyBucket, type DutyLimit } from '../../../src/ir/duty-bucket.js';
import { ARM_KEYS } from '../../../src/ir/register-map.js';
import { openCell, type Cell } from '../../support/cell-session.js';
import { hasTool, runTool } from '../../support/external-tool.js';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { randomNumbers } from '../../support/random-numbers.js';

const PORTS = {
  key_we_i: 1,
  key_i: 32,
  disarm_i: 1,
  clear_i: 1,
  lock_we_i: 1,
  estop_ni: 1,
  ocp_i: 1,
  otp_i: 1,
  fire_i: 1,
  negative_i: 1,
  pulse_start_i: 1,
  on_limit_i: 8,
  duty_limit_i: 8,
  duty_leak_i: 3,
  drv_en_o: 1,
  armed_o: 1,
  frozen_o: 1,
  blocked_o: 1,
  cause_o: 6,
  trip_o: 6,
  left_o: 8,
  quiet_o: 1,
  warp_i: 1,
  skip_i: 8,
};

const WAKE_CLOCKS = 6;
const [FIRST_KEY, SECOND_KEY] = ARM_KEYS;

async function openGuard(parameters: Readonly<Record<string, number>> = {}): Promise<Cell> {
  const cell = await openCell({ cell: 'ion_guard', parameters: { OnTimeW: 8, DutyW: 8, ...parameters }, ports: PORTS });
  cell.reset();
  cell.step({ on_limit_i: 20, duty_limit_i: 200 });
  for (let clock = 1; clock < WAKE_CLOCKS; clock++) cell.step();
  return cell;
}

function arm(cell: Cell): void {
  cell.step({ key_we_i: 1, key_i: FIRST_KEY });
  cell.step({ key_i: SECOND_KEY });
  cell.step({ key_we_i: 0 });
}

function fire(cell: Cell, negative = 0): void {
  cell.step({ pulse_start_i: 1 });
  cell.step({ pulse_start_i: 0, fire_i: 1, negative_i: negative });
}

/** Clocks, of `most`, in which the drivers are on while a pulse is. */
function drivenClocks(cell: Cell, most: number): number {
  let driven = 0;
  for (let clock = 0; clock < most; clock++) {
    driven += cell.ports.get('drv_en_o') & cell.ports.get('fire_i');
    cell.step();
  }
  return driven;
}

const PINS = [
  ['estop_ni', 0, 4],
  ['ocp_i', 1, 2],
  ['otp_i', 1, 3],
] as const;

const STATES = [
  ['disarmed', () => undefined],
  [
    'half armed',
    (cell: Cell) => {
      cell.step({ key_we_i: 1, key_i: FIRST_KEY });
      cell.step({ key_we_i: 0 });
    },
  ],
  ['armed', arm],
  [
    'firing',
    (cell: Cell) => {
      arm(cell);
      fire(cell);
    },
  ],
] as const;

describe.each(PINS)('%s', (pin, active, cause) => {
  it.each(STATES)('switches off at once and for good while %s', async (_, enter) => {
    const cell = await openGuard();
    const { ports } = cell;
    enter(cell);
    const inactive = 1 - active;
    cell.step({ [pin]: active });
    expect(ports.get('drv_en_o')).toBe(0);
    // A press of one clock is enough
    cell.step({ [pin]: inactive });
    let trips = 0;
    for (let clock = 0; clock < WAKE_CLOCKS; clock++) {
      expect(ports.get('drv_en_o')).toBe(0);
      trips |= ports.get('trip_o');
      cell.step({ fire_i: 0 });
    }
    expect((trips >> cause) & 1).toBe(1);
    expect([ports.get('armed_o'), (ports.get('cause_o') >> cause) & 1]).toEqual([0, 1]);
    // No arming before the cause has been cleared
    arm(cell);
    expect(ports.get('armed_o')).toBe(0);
    cell.step({ clear_i: 1 });
    cell.step({ clear_i: 0 });
    arm(cell);
    expect([ports.get('armed_o'), ports.get('drv_en_o')]).toEqual([1, 1]);
  });
});

describe('the guard', () => {
  it.each([0, 1])('cuts a pulse after exactly the limit (strict: %i)', async (strict) => {
    const cell = await openGuard({ Strict: strict });
    arm(cell);
    fire(cell);
    expect(drivenClocks(cell, 40)).toBe(20 - 1);
    expect(cell.ports.get('cause_o')).toBe(0b10_0001);
  });

  it('believes no new pulse without a rest or a turn where it is strict', async () => {
    const cell = await openGuard({ Strict: 1 });
    arm(cell);
    fire(cell);
    for (let clock = 0; clock < 10; clock++) cell.step();
    cell.step({ pulse_start_i: 1 });
    cell.step({ pulse_start_i: 0 });
    expect(drivenClocks(cell, 40)).toBe(20 - 1 - 12);
    const turning = await openGuard({ Strict: 1 });
    arm(turning);
    fire(turning);
    for (let clock = 0; clock < 10; clock++) turning.step();
    turning.step({ negative_i: 1 });
    expect(drivenClocks(turning, 40)).toBe(20 - 1);
  });

  it.each([
    [0, 1],
    [1, 1],
    [254, 1],
    [255, 1],
    [256, 0],
    [400, 0],
  ])('arms where the second key comes %i clocks after the first: %i', async (clocks, armed) => {
    const cell = await openGuard();
    cell.step({ key_we_i: 1, key_i: FIRST_KEY });
    for (let clock = 0; clock < clocks; clock++) cell.step({ key_we_i: 0 });
    cell.step({ key_we_i: 1, key_i: SECOND_KEY });
    expect([cell.ports.get('armed_o'), cell.ports.get('drv_en_o')]).toEqual([armed, armed]);
  });

  it('tells a pulse that nobody armed for, and does not arm in it', async () => {
    const cell = await openGuard();
    cell.step({ fire_i: 1 });
    expect(cell.ports.get('cause_o')).toBe(0b10_0000);
    cell.step({ clear_i: 1 });
    cell.step({ clear_i: 0 });
    arm(cell);
    expect([cell.ports.get('armed_o'), cell.ports.get('drv_en_o')]).toEqual([0, 0]);
  });

  it('freezes limits while armed, and once locked until reset', async () => {
    const cell = await openGuard();
    const frozen = () => cell.ports.get('frozen_o');
    expect(frozen()).toBe(0);
    arm(cell);
    expect(frozen()).toBe(1);
    cell.step({ disarm_i: 1 });
    expect(frozen()).toBe(0);
    cell.step({ disarm_i: 0, lock_we_i: 1 });
    cell.step({ lock_we_i: 0 });
    expect(frozen()).toBe(1);
  });

  it('cuts pulses that are short but too many', async () => {
    const cell = await openGuard();
    cell.step({ duty_limit_i: 30, duty_leak_i: 2 });
    arm(cell);
    let driven = 0;
    for (let pulse = 0; pulse < 12 && cell.ports.get('armed_o') === 1; pulse++) {
      fire(cell);
      driven += 1 + drivenClocks(cell, 4);
      cell.step({ fire_i: 0 });
    }
    expect(cell.ports.get('cause_o') & 0b10).toBe(0b10);
    // Five clocks of seven fill, all of them leak a quarter of a clock
    expect(driven).toBeGreaterThanOrEqual(30);
    expect(driven).toBeLessThanOrEqual(30 / (1 - (7 / 5) * 0.25) + 6);
  });
});

describe.each([
  [{ clocks: 12, leak: 1 }],
  [{ clocks: 30, leak: 3 }],
  [{ clocks: 5, leak: 7 }],
  [{ clocks: 0, leak: 2 }],
  [{ clocks: 9, leak: 0 }],
])('a bucket of %o', (limit: DutyLimit) => {
  it('does as its model says, skipped clocks or not', async () => {
    const ports = { fire_i: 1, limit_i: 8, leak_i: 3, over_o: 1, left_o: 48, warp_i: 1, skip_i: 3 };
    const cell = await openCell({ cell: 'ion_duty', parameters: { LimitW: 8, SkipW: 3 }, ports });
    cell.reset();
    const bucket = new DutyBucket(limit);
    const random = randomNumbers(limit.clocks + limit.leak);
    let cuts = 0;
    let skipped = 0;
    for (let span = 0; span < 600; span++) {
      const fires = random(limit.leak + 1) === 0;
      for (let left = 1 + random(12); left > 0;) {
        cell.step({ fire_i: Number(fires), limit_i: limit.clocks, leak_i: limit.leak, warp_i: 0 });
        bucket.step(fires);
        left -= 1;
        expect(cell.ports.get('over_o')).toBe(Number(bucket.isOver));
        // The on-time limit keeps a pulse within what the input counts; otherwise the bucket itself must
        const skip = Math.min(left - 1, cell.ports.get('left_o'), fires ? 7 : Infinity);
        if (skip <= 0) continue;
        cell.step({ warp_i: 1, skip_i: skip % 8 });
        for (let clock = 0; clock <= skip; clock++) bucket.step(fires);
        left -= skip + 1;
        skipped += skip;
        expect(cell.ports.get('over_o')).toBe(Number(bucket.isOver));
      }
      cuts += Number(bucket.isOver);
      expect(bucket.content).toBeLessThanOrEqual(limit.leak === 0 ? Infinity : limit.clocks + 2);
    }
    if (limit.clocks > 0) expect(skipped).toBeGreaterThan(100);
    if (limit.leak > 0) expect(cuts).toBeGreaterThan(0);
  });
});

const STILL = `
module still;
  logic clk = 0, rst_n = 0, estop_n = 1, ocp = 0, otp = 0, we = 0;
  logic [31:0] key = 0;
  wire drv_en, armed;
  ion_guard #(.OnTimeW(8)) u_guard (
    .clk_i(clk), .rst_ni(rst_n), .key_we_i(we), .key_i(key), .disarm_i(1'b0), .clear_i(1'b0), .lock_we_i(1'b0),
    .estop_ni(estop_n), .ocp_i(ocp), .otp_i(otp), .fire_i(1'b0), .negative_i(1'b0), .pulse_start_i(1'b0),
    .on_limit_i(8'd9), .duty_limit_i(1'b0), .duty_leak_i(3'd0), .drv_en_o(drv_en), .armed_o(armed), .frozen_o(),
    .blocked_o(), .cause_o(), .trip_o(), .left_o(), .quiet_o(), .warp_i(1'b0), .skip_i(8'd0));
  task tick; begin #5 clk = 1; #5 clk = 0; end endtask
  integer k;
  initial begin
    #1 rst_n = 1;
    for (k = 0; k < 6; k = k + 1) tick;
    we = 1; key = 32'hA5C3_5A3C; tick; key = 32'h3CA5_C35A; tick; we = 0;
    $display("armed %b", drv_en);
    #3 PIN = ACTIVE; #1 $display("pressed %b", drv_en);
    #1 PIN = ~PIN; #100 $display("released %b", drv_en);
    for (k = 0; k < 6; k = k + 1) begin tick; $display("clock %b", drv_en); end
    $display("disarmed %b", armed);
    $finish;
  end
endmodule`;

describe.skipIf(!hasTool('iverilog'))('while the clock stands still', () => {
  it.each([
    ['estop_n', "1'b0"],
    ['ocp', "1'b1"],
    ['otp', "1'b1"],
  ])('%s switches off, and its release does not switch on again', (pin, active) => {
    const cells = HARDWARE_SOURCES.cells.filter(({ name }) => /^ion_(guard|duty|on_time)$/.test(name));
    const files = [
      ...cells.map(({ name, text }) => ({ path: `${name}.sv`, text })),
      { path: 'still.sv', text: STILL.replaceAll('PIN', pin).replaceAll('ACTIVE', active) },
      { path: 'run.sh', text: 'iverilog -g2012 -o still *.sv 2>&1 && vvp -n still' },
    ];
    const { output, isGood } = runTool('sh', ['run.sh'], files);
    expect(isGood, output).toBe(true);
    const seen = output.split('\n').filter((line) => /^(armed|pressed|released|clock|disarmed) /.test(line));
    expect(seen).toEqual([
      'armed 1',
      'pressed 0',
      'released 0',
      ...Array.from({ length: 6 }, () => 'clock 0'),
      'disarmed 0',
    ]);
  });
});
