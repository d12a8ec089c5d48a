/** What the controller refuses, and how it lets go of the lines. */
import { beforeAll, describe, expect, it } from 'vitest';
import { ApbMaster } from '../../../src/cosim/apb-master.js';
import { ControllerHost } from '../../../src/cosim/controller-host.js';
import type { ModelSession } from '../../../src/cosim/engine.js';
import { PortBlock } from '../../../src/cosim/port-block.js';
import { INTERRUPTS } from '../../../src/ir/blocks/monitor.js';
import type { LegalModule } from '../../../src/ir/legal.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { ARM_KEYS, INTR_DONE, INTR_FAULT, STATUS_ARMED, STATUS_BUSY } from '../../../src/ir/register-map.js';
import { packOp, STOP_FIELDS } from '../../../src/ir/encode-op.js';
import { unpackWord } from '../../../src/ir/word-format.js';
import { modelOf, openController, record, testCodes, type ObservedEvent } from '../../support/controller-run.js';
import { dataSet, loop, pulseProgram, scheduledModule, segment } from '../../support/pulse-program.js';

const ON_LIMIT = 40;
const ENTRY = { row: 1, column: 2, negative: true, magnitude: 10, last: true };

/** Pulses from the work list, then a scan; pulses of at most 40 clocks. */
const LEGAL = encode(
  scheduledModule(
    pulseProgram({
      rows: 4,
      columns: 6,
      operations: [
        loop(
          0,
          'entries',
          segment({
            row: { kind: 'entry' },
            column: { kind: 'entry' },
            dwell: { kind: 'entry' },
            fires: true,
            rest: 'entry',
          }),
        ),
        loop(
          0,
          4,
          segment({
            row: { kind: 'counter', counter: 0 },
            railSet: 2,
            dwell: { kind: 'clocks', clocks: 9 },
            samples: { mode: 'store', negate: false },
          }),
        ),
      ],
      dataSets: [
        dataSet([]),
        dataSet([ENTRY, { ...ENTRY, magnitude: ON_LIMIT }]),
        dataSet([ENTRY, { ...ENTRY, magnitude: ON_LIMIT + 1 }, ENTRY]),
        dataSet([
          { ...ENTRY, magnitude: 30, last: false },
          { ...ENTRY, magnitude: 11 },
        ]),
        dataSet([
          { ...ENTRY, magnitude: 30 },
          { ...ENTRY, magnitude: 11 },
        ]),
      ],
    }),
    ON_LIMIT / 1e6,
  ),
);

interface Bench {
  readonly session: ModelSession;
  readonly host: ControllerHost;
  readonly ports: PortBlock;
  readonly bus: ApbMaster;
}

async function bench(legal: LegalModule, hardware = legal): Promise<Bench> {
  const session = await openController(hardware, modelOf(hardware));
  const ports = new PortBlock(session);
  const host = new ControllerHost(session, legal);
  const bus = new ApbMaster(ports, () => {
    session.step();
  });
  host.start();
  return { session, host, ports, bus };
}

function offsetOf(name: string): number {
  return LEGAL.registers.find((register) => register.name === name)?.offset ?? NaN;
}

/** Loads a data set, arms, starts, and evaluates so many clocks. */
function startRun({ host, session }: Bench, index: number, clocks: number): void {
  host.loadDataSet(index);
  host.arm();
  host.writeRegister('cmd', LEGAL.dataSets[index]!.entry);
  for (let clock = 0; clock < clocks; clock++) session.step();
}

function isAtRest(ports: PortBlock): boolean {
  const lines = [...ports.lines('row_o'), ...ports.lines('col_o')];
  return lines.length === 0 && ports.get('rail_o') === 0 && ports.get('fire_o') === 0;
}

describe('the controller', () => {
  let it0: Bench;
  beforeAll(async () => {
    it0 = await bench(LEGAL);
  });

  it('is idle, at rest and off after reset', () => {
    const { ports } = it0;
    expect(isAtRest(ports)).toBe(true);
    expect([ports.get('drv_en_o'), ports.get('idle_o'), ports.get('irq_o')]).toEqual([0, 1, 0]);
  });

  it('does nothing with an empty program memory', async () => {
    const stopped = { ...LEGAL, program: { ...LEGAL.program, words: [] } };
    const { host } = await bench(stopped);
    const { events } = record(host, stopped, 1);
    expect(events.map(({ clock }) => clock)).toEqual([0]);
  });

  it('refuses to fire unarmed', async () => {
    const { host } = await bench(LEGAL);
    const fired: ObservedEvent[] = [];
    host.loadDataSet(1);
    const summary = host.execute(LEGAL.dataSets[1]!.entry, {
      commit: (commit) => fired.push(...(commit.fires ? [commit] : [])),
      sample: ({ share }) => testCodes(LEGAL, share),
    });
    expect(fired).toEqual([]);
    expect(summary).toMatchObject({ errorCode: 6, pulses: 0 });
  });

  it('refuses a word that needs an entry of an empty work list', async () => {
    const { host } = await bench(LEGAL);
    host.loadDataSet(0);
    host.arm();
    const summary = host.execute(LEGAL.program.entry, { commit: () => undefined, sample: () => [] });
    expect(summary).toMatchObject({ errorCode: 19, pulses: 0 });
  });

  it('arms by two keys in order within 256 clocks', async () => {
    const { host, session } = await bench(LEGAL);
    const isArmed = () => (host.readRegister('status') & STATUS_ARMED) !== 0;
    const [first, second] = ARM_KEYS;
    const turn = (...keys: readonly number[]) => {
      for (const key of keys) host.writeRegister('arm', key);
      return isArmed();
    };
    expect(turn(second, first)).toBe(false);
    expect(turn(first, 0, second)).toBe(false);
    expect(turn(first, second)).toBe(true);
    expect(turn(0)).toBe(false);
    host.writeRegister('arm', first);
    for (let clock = 0; clock < 256; clock++) session.step();
    expect(turn(second)).toBe(false);
  });

  it('does not arm while the emergency stop is pressed', async () => {
    const { host, ports, session } = await bench(LEGAL);
    ports.set('estop_ni', 0);
    for (let clock = 0; clock < 3; clock++) session.step();
    expect(() => {
      host.arm();
    }).toThrow();
  });

  it.each([
    ['estop_ni', 0, 5],
    ['ocp_i', 1, 3],
  ])('switches off and lets go on %s', async (pin, value, code) => {
    const it1 = await bench(LEGAL);
    const { ports, session, host } = it1;
    startRun(it1, 1, 5);
    expect([ports.get('fire_o'), ports.get('drv_en_o')]).toEqual([1, 1]);
    ports.set(pin, value);
    session.step();
    expect(ports.get('drv_en_o')).toBe(0);
    // Two clocks of synchroniser, one to tell the sequencer, one to commit
    session.step();
    session.step();
    session.step();
    expect(isAtRest(ports)).toBe(true);
    expect(host.readRegister('err_code') & 0xff).toBe(code);
    expect(host.readRegister('status') & (STATUS_ARMED | STATUS_BUSY)).toBe(0);
  });

  it('is at rest two clocks after an abort, disarmed', async () => {
    const it1 = await bench(LEGAL);
    const { ports, session, host } = it1;
    startRun(it1, 1, 5);
    expect(ports.get('fire_o')).toBe(1);
    ports.set('psel_i', 1);
    ports.set('pwrite_i', 1);
    ports.set('paddr_i', offsetOf('abort'));
    session.step();
    ports.set('penable_i', 1);
    session.step();
    session.step();
    expect(isAtRest(ports)).toBe(true);
    ports.set('psel_i', 0);
    ports.set('penable_i', 0);
    expect(host.readRegister('status') & (STATUS_ARMED | STATUS_BUSY)).toBe(0);
  });

  it.each([
    [1, 0, [10, ON_LIMIT]],
    [2, 1, [10, ON_LIMIT + 1]],
    [3, 1, [30, 11]],
    [4, 0, [30, 11]],
  ])('guards the on-time of data set %i', async (index, errorCode, onTimes) => {
    const { host } = await bench(LEGAL);
    const { events, summary } = record(host, LEGAL, index);
    expect(summary.errorCode).toBe(errorCode);
    const segments = events.filter((event) => event.kind === 'segment');
    const lengths = segments.flatMap((event, at) =>
      'fires' in event && event.fires ? [segments[at + 1]!.clock - event.clock] : [],
    );
    expect(lengths).toEqual(onTimes);
  });

  it('gives up on a converter that does not answer', async () => {
    const slow = { ...LEGAL, scan: { ...LEGAL.scan, conversionClocks: LEGAL.limits.answerClocks } };
    const { host } = await bench(slow, LEGAL);
    expect(record(host, slow, 0).summary).toMatchObject({ errorCode: 7, isStalled: false });
  });

  it('stops before the result memory overflows', async () => {
    const { host } = await bench(LEGAL);
    const last = LEGAL.registers.find(({ name }) => /^loop\d_last$/.test(name));
    host.writeRegister(last?.name ?? '', 7);
    const { events, summary } = record(host, LEGAL, 0);
    expect(summary.errorCode).toBe(20);
    expect(events.filter((event) => event.kind === 'sample')).toHaveLength(9);
  });

  it('locks what must not change during a run, and answers bad addresses with an error', async () => {
    const it1 = await bench(LEGAL);
    const { bus, host } = it1;
    for (const address of [offsetOf('id'), offsetOf('status'), 0x0f0, 0x2_0000, 0x8_0000, 0xc_0000, 0x4_0002]) {
      expect(bus.tryWrite(address, 1), address.toString(16)).toBe(true);
    }
    expect(bus.tryWrite(LEGAL.windows.work.base + 4 * LEGAL.windows.work.depth, 0)).toBe(true);
    startRun(it1, 2, 3);
    const locked = [offsetOf('limit'), offsetOf('cmd'), offsetOf('rest_lo'), offsetOf('on_max_lo'), 0x1_0000, 0x4_0000];
    for (const address of locked) expect(bus.tryWrite(address, 1), address.toString(16)).toBe(true);
    expect(host.readRegister('limit')).toBe(3);
  });

  it('raises and clears interrupts', async () => {
    const { host, ports, session } = await bench(LEGAL);
    host.writeRegister('intr_enable', INTR_FAULT);
    record(host, LEGAL, 1);
    // Results can be read, too
    const after = INTR_DONE + 2 ** INTERRUPTS.indexOf('result_ready');
    expect([host.readRegister('intr_state'), ports.get('irq_o')]).toEqual([after, 0]);
    host.writeRegister('intr_test', INTR_FAULT);
    session.step();
    expect(ports.get('irq_o')).toBe(1);
    host.writeRegister('intr_state', INTR_FAULT);
    expect([host.readRegister('intr_state'), ports.get('irq_o')]).toEqual([after, 0]);
  });

  it('raises no interrupt where the host itself ends a run, and arms again only after the keys', async () => {
    const it1 = await bench(LEGAL);
    const { host, session } = it1;
    startRun(it1, 1, 3);
    expect(host.readRegister('status') & (STATUS_BUSY | STATUS_ARMED)).toBe(STATUS_BUSY | STATUS_ARMED);
    host.writeRegister('abort', 1);
    for (let clock = 0; clock < 50; clock++) session.step();
    expect(host.readRegister('status') & (STATUS_BUSY | STATUS_ARMED)).toBe(0);
    expect(host.readRegister('intr_state') & (INTR_DONE | INTR_FAULT)).toBe(0);
    host.arm();
    // The first key alone takes the arming back
    host.writeRegister('arm', ARM_KEYS[0]);
    expect(host.readRegister('status') & STATUS_ARMED).toBe(0);
  });

  it('counts its clocks through skipped ones', async () => {
    const { host } = await bench(LEGAL);
    record(host, LEGAL, 1);
    const before = host.readRegister('time_lo') - host.clocks;
    record(host, LEGAL, 1);
    expect(host.readRegister('time_lo') - host.clocks).toBe(before);
  });
});

describe('a segment that is not ready', () => {
  it('never stretches the pulse before it: lines rest, the underrun counts', async () => {
    // Planes of 130 columns take three clocks to load.
    const taking = segment({
      row: { kind: 'all' },
      column: { kind: 'plane', source: { kind: 'entry', base: 0 } },
      dwell: { kind: 'entry' },
      fires: true,
      rest: 'entry',
    });
    const entry = { row: 0, column: 0, negative: false, magnitude: 1, last: false };
    const legal = encode(
      scheduledModule(
        pulseProgram({
          rows: 2,
          columns: 130,
          tickExponent: 2,
          operations: [
            loop(
              0,
              'entries',
              segment({ dwell: { kind: 'clocks', clocks: 3 }, column: { kind: 'all' }, fires: true }),
              taking,
            ),
          ],
          dataSets: [dataSet([entry, entry], [[1, 129]])],
        }),
      ),
    );
    const hurried = legal.program.words.map((lanes) => {
      const op = unpackWord(legal.opFormat, lanes);
      return op.dwell === 3 ? packOp(legal.opFormat, { ...STOP_FIELDS, ...op, dwell: 1 }) : lanes;
    });
    const hasty = { ...legal, program: { ...legal.program, words: hurried } };
    const { host } = await bench(hasty, legal);
    const { events, summary } = record(host, hasty, 0);
    expect(summary).toMatchObject({ underruns: 2, errorCode: 0, pulses: 4 });
    expect(events.map((event) => [event.clock, 'fires' in event && event.fires])).toEqual([
      [0, true],
      [1, false],
      [3, true],
      [7, true],
      [8, false],
      [10, true],
      [14, false],
    ]);
  });
});
