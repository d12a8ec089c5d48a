/**
 * Two defects that host interfaces of memory macros have had, shown impossible on every bus: a read of results that
 * are not there answered with a value, and a command that is lost because it came while the last one ran.
 */
import { describe, expect, it } from 'vitest';
import type { BusMaster } from '../../../src/cosim/bus-master.js';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import { createBusMaster } from '../../../src/cosim/create-bus-master.js';
import { PortBlock } from '../../../src/cosim/port-block.js';
import { BUS_PROTOCOLS, type BusProtocol } from '../../../src/ir/chip.js';
import type { LegalModule } from '../../../src/ir/legal.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { STATUS_BUSY } from '../../../src/ir/register-map.js';
import { openController, testCodes } from '../../support/controller-run.js';
import { dataSet, loop, pulseProgram, scheduledModule, segment } from '../../support/pulse-program.js';

const ROWS = 3;
const DWELL = 50;

/** Reads every row of a small tile; what it reads is stored. */
function readingController(bus: BusProtocol): LegalModule {
  const read = segment({
    row: { kind: 'counter', counter: 0 },
    railSet: 2,
    dwell: { kind: 'clocks', clocks: DWELL },
    samples: { mode: 'store', negate: false },
  });
  const program = pulseProgram({ rows: ROWS, columns: 4, operations: [loop(0, ROWS, read)], dataSets: [dataSet([])] });
  const scheduled = scheduledModule(program);
  return encode({ ...scheduled, mapped: { ...scheduled.mapped, bus } });
}

interface Bench {
  readonly legal: LegalModule;
  readonly host: ControllerHost;
  readonly bus: BusMaster;
  readonly offset: (name: string) => number;
  /** Runs to the end; returns the steps that were sampled. */
  readonly run: () => number;
}

async function bench(protocol: BusProtocol): Promise<Bench> {
  const legal = readingController(protocol);
  const session = await openController(legal);
  const host = new ControllerHost(session, legal);
  const bus = createBusMaster(protocol, new PortBlock(session), () => {
    session.step();
  });
  host.start();
  host.loadDataSet(0);
  const offset = (name: string): number => legal.registers.find((register) => register.name === name)?.offset ?? NaN;
  const run = (): number => {
    let steps = 0;
    const { isStalled, errorCode } = host.run({
      commit: () => undefined,
      sample: ({ share }) => {
        steps += 1;
        return testCodes(legal, share);
      },
    });
    expect({ isStalled, errorCode }).toEqual({ isStalled: false, errorCode: 0 });
    return steps;
  };
  return { legal, host, bus, offset, run };
}

describe.each(BUS_PROTOCOLS)('a controller on %s', (protocol) => {
  it('answers a read of results that are not there with an error, and no value stands for them', async () => {
    const { legal, bus, run } = await bench(protocol);
    const { base, laneStride, depth, lanes } = legal.windows.result;
    const at = (step: number, lane = 0): number => base + 4 * (step * laneStride + lane);
    expect(bus.tryRead(at(0)).isRefused).toBe(true);
    const steps = run();
    expect(steps).toBe(ROWS * legal.scan.shares);
    const found = Array.from({ length: depth }, (_, step) => bus.tryRead(at(step)).isRefused);
    expect(found).toEqual(Array.from({ length: depth }, (_, step) => step >= steps));
    expect(bus.tryRead(at(steps - 1, lanes - 1))).toEqual({
      data: testCodes(legal, (steps - 1) % legal.scan.shares)[lanes - 1],
      isRefused: false,
    });
    expect(bus.tryRead(at(depth)).isRefused).toBe(true);
  });

  it('refuses a command while one runs, tells it, and does the first one undisturbed', async () => {
    const { bus, host, legal, offset, run } = await bench(protocol);
    host.arm();
    expect(bus.tryWrite(offset('cmd'), legal.program.entry)).toBe(false);
    expect(bus.read(offset('status')) & STATUS_BUSY).toBe(STATUS_BUSY);
    const seconds = Array.from({ length: 3 }, () => bus.tryWrite(offset('cmd'), legal.program.entry));
    expect(seconds).toEqual([true, true, true]);
    expect(bus.tryRead(legal.windows.result.base).isRefused).toBe(true);
    expect(bus.tryWrite(offset('abort'), 1)).toBe(false);
    expect(bus.read(offset('status')) & STATUS_BUSY).toBe(0);
    // A refused command leaves nothing behind: the next one is taken and runs once
    expect(run()).toBe(ROWS * legal.scan.shares);
    expect(bus.tryRead(offset('pulses'))).toEqual({ data: 0, isRefused: false });
  });

  it('answers every address, aligned or not, and never hangs', async () => {
    const { bus, legal } = await bench(protocol);
    const known = new Set(legal.registers.map(({ offset }) => offset));
    for (let address = 0; address < 0x400; address++) {
      const isKnown = known.has(address);
      expect(bus.tryRead(address).isRefused, address.toString(16)).toBe(!isKnown);
    }
    for (let address = 0; address < 2 ** 20; address += 0x0ffd) {
      bus.tryRead(address);
      if (address % 4 !== 0) expect(bus.tryWrite(address, 1), address.toString(16)).toBe(true);
    }
  });
});
