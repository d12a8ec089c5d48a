/** A run that a fault ends takes as many clocks where those that only count are skipped as where each is evaluated. */
import { describe, expect, it } from 'vitest';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import { PortBlock } from '../../../src/cosim/port-block.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { openController } from '../../support/controller-run.js';
import { dataSet, pulseProgram, scheduledModule, segment } from '../../support/pulse-program.js';

/** Long segments, so that the words behind the first one stand still while it is on the lines. */
const LEGAL = encode(
  scheduledModule(
    pulseProgram({
      rows: 2,
      columns: 3,
      operations: [400, 10, 10, 10, 10, 10].map((clocks) =>
        segment({ row: { kind: 'all' }, fires: true, dwell: { kind: 'clocks', clocks } }),
      ),
      dataSets: [dataSet([])],
    }),
  ),
);

/** Clocks from the start to the end of a run, and its error code. */
async function endOf(damagedWord: number | undefined, stopClock: number, skips: boolean) {
  const session = await openController(LEGAL);
  const host = new ControllerHost(session, LEGAL);
  const ports = new PortBlock(session);
  host.start();
  if (damagedWord !== undefined) {
    const word = damagedWord * LEGAL.windows.program.laneStride;
    host.writeWord('program', word, host.readWord('program', word) ^ 4);
  }
  host.loadDataSet(0);
  host.arm();
  host.writeRegister('cmd', LEGAL.dataSets[0]!.entry);
  let clock = 0;
  let evaluated = 0;
  for (; ports.get('idle_o') === 0 && evaluated < 1000; evaluated++) {
    ports.set('estop_ni', Number(clock < stopClock));
    // What is left was told before the pin moved
    const untilStop = clock > stopClock ? Infinity : Math.max(0, stopClock - clock - 1);
    const skip = skips ? Math.min(ports.get('left_o'), untilStop) : 0;
    ports.set('warp_i', Number(skip > 0));
    ports.set('skip_i', skip);
    session.step();
    clock += 1 + skip;
  }
  ports.set('warp_i', 0);
  ports.set('estop_ni', 1);
  return { clock, evaluated, code: host.readRegister('err_code') & 0xff };
}

describe('a fault under time warp', () => {
  it.each([
    { title: 'a stop at a pin', damagedWord: undefined, stopClock: 50, code: 5 },
    { title: 'a damaged word behind a long segment', damagedWord: 4, stopClock: 10_000, code: 12 },
  ])('ends the run in the same clock: $title', async ({ damagedWord, stopClock, code }) => {
    const plain = await endOf(damagedWord, stopClock, false);
    const warped = await endOf(damagedWord, stopClock, true);
    expect([warped.clock, warped.code]).toEqual([plain.clock, code]);
    expect(plain.code).toBe(code);
    expect(plain.clock).toBeLessThan(100);
  });

  it('skips a run without a fault', async () => {
    const [plain, warped] = [await endOf(undefined, 10_000, false), await endOf(undefined, 10_000, true)];
    expect([warped.clock, warped.code]).toEqual([plain.clock, 0]);
    expect(warped.evaluated).toBeLessThan(plain.evaluated / 10);
  });
});
